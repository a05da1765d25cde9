// Every code there is. Types only, so that workers carry no sentences.

import type common from "./en/common";
import type files from "./en/files";
import type data from "./en/data";
import type engine from "./en/engine";
import type studio from "./en/studio";
import type tasks from "./en/tasks";
import type views from "./en/views";
import type results from "./en/results";

export type Code =
  | keyof typeof common
  | keyof typeof files
  | keyof typeof data
  | keyof typeof engine
  | keyof typeof studio
  | keyof typeof tasks
  | keyof typeof views
  | keyof typeof results;
