import { describe } from "vitest";
import { operationTests } from "../fixtures/operations";
import { createInNode } from "./node";

describe.each([1, 2])("WebAssembly, threads: %i", (threads) =>
  operationTests(async (program) => {
    const executor = await createInNode(program, threads);
    const all = new Float32Array(executor.memory.buffer);
    return {
      executor,
      write: ({ region, offset }, data) =>
        all.set(data, region.at / 4 + offset),
      read: async ({ region, offset }, size) =>
        all.slice(region.at / 4 + offset, region.at / 4 + offset + size),
    };
  }),
);
