import { describe } from "vitest";
import { headTests } from "../fixtures/heads";
import { createInNode } from "./node";

describe.each([1, 2])("WebAssembly, threads: %i", (threads) =>
  headTests(async (program) => {
    const executor = await createInNode(program, threads);
    return {
      executor,
      gradients: (batch) => {
        executor.accumulate([batch]);
        return Promise.resolve(executor.region("gradients").slice());
      },
    };
  }),
);
