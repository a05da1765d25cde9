import { classifierTests } from "./fixtures/classifier";
import { createInNode } from "./program/node";

classifierTests((program) => createInNode(program, 2));
