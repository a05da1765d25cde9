// A head that answers for every token: the fallback gives what the program gives.

import { beforeAll, expect, test } from "vitest";
import { batches, setup } from "../fixtures/classifier";
import { createInNode } from "../program/node";
import { useBackend } from "../oracle/backends";
import { openProgram } from "./program";
import { openTensorFlow } from "./tensorflow";

beforeAll(() => useBackend("cpu"));

test("losses and logits of tokens agree, whatever is padded", async () => {
  const tokens = { ...setup({ dropout: 0 }), head: "tokens" as const };
  const ours = await openProgram(tokens, (program) => createInNode(program, 1));
  const other = openTensorFlow(tokens);
  for (const each of batches) {
    const labels = Int32Array.from(each.ids, (id) => (id % 4) - 1);
    ours.train({ ...each, labels }, 5e-3);
    other.train({ ...each, labels }, 5e-3);
  }
  const [a, b] = [await ours.figures(), await other.figures()];
  a.forEach(({ loss }, i) => expect(loss).toBeCloseTo(b[i]!.loss, 4));
  const [x, y] = [
    await ours.predict(batches[0]!),
    await other.predict(batches[0]!),
  ];
  expect(x.length).toBe(3 * batches[0]!.ids.length);
  expect(y.length).toBe(x.length);
  x.forEach((value, i) => expect(Math.abs(value - y[i]!)).toBeLessThan(1e-3));
  expect([...(await ours.read()).keys()]).toEqual([
    ...(await other.read()).keys(),
  ]);
});
