// Browsers without WebGPU and without WebAssembly's SIMD: the whole engine, in the
// page, where a test can take these away.

import { afterEach, expect, test, vi } from "vitest";
import { asText } from "../../say";
import { smallOptions } from "../fixtures/options";
import { datasetOf, easyLabels, easyRows } from "../fixtures/examples";
import { bundledModel, engineInPage } from "../fixtures/page-engine";
import type { ExecutorName, Progress, TrainingOptions } from "../protocol";

const options: TrainingOptions = {
  ...smallOptions,
  topLayers: 2,
  batchSize: 4,
  warmUp: 0,
  maxTokens: 16,
  seed: 1,
  classWeights: "balanced",
};
const rows = easyRows();
const dataset = datasetOf(easyLabels, {
  train: rows.filter((_, i) => i % 12 === 0),
  validation: rows.filter((_, i) => i % 12 === 5),
});
const input = { text: "the cherry is here", textB: null };

/** The engine's own sentence about each executor is part of what is tested. */
const withoutSimd = "no SIMD in this test";
const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, "gpu")!;

function takeAway({ webgl }: { webgl: boolean }): void {
  delete (Navigator.prototype as { gpu?: unknown }).gpu;
  vi.spyOn(WebAssembly, "compile").mockRejectedValue(
    new WebAssembly.CompileError(withoutSimd),
  );
  if (webgl) vi.stubGlobal("OffscreenCanvas", undefined);
}
afterEach(() => {
  Object.defineProperty(Navigator.prototype, "gpu", gpu);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const losses = new Map<ExecutorName, number[]>();

test.each(["webgl", "cpu"] as const)(
  "a run trains, predicts and shows attention on %s",
  async (name) => {
    takeAway({ webgl: name === "cpu" });
    const events: Progress[] = [];
    const engine = engineInPage((event) => events.push(event));
    const device = await engine.call("open", "auto", null);
    expect(device.chosen).toBe(name);
    const problemOf = (of: ExecutorName) =>
      asText(device.executors.find(({ name }) => name === of)!.problem);
    expect(problemOf("wasm")).toContain(withoutSimd);
    expect(problemOf("webgpu")).toMatch(/no WebGPU/);

    await engine.call("load", bundledModel());
    const summary = await engine.call("train", dataset, options);
    expect(summary).toMatchObject({ outcome: "finished", executor: name });
    losses.set(
      name,
      events.flatMap((e) => (e.kind === "step" ? [e.loss] : [])),
    );
    expect(losses.get(name)).toHaveLength(2);
    const [prediction] = await engine.call("predict", [input]);
    expect(
      prediction!.probabilities.reduce((sum, share) => sum + share, 0),
    ).toBeCloseTo(1, 6);
    const { tokens, weights } = await engine.call("attention", input);
    expect(weights.length).toBe(4 * 4 * tokens.length ** 2);
    engine.close("the test is over");
  },
  300_000,
);

test("both lose the same: masks are hashed, and operations are judged", () => {
  const [webgl, cpu] = [losses.get("webgl")!, losses.get("cpu")!];
  for (const [step, loss] of cpu.entries())
    expect(Math.abs(webgl[step]! - loss)).toBeLessThan(1e-4);
});
