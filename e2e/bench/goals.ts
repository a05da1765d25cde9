// What was promised, held against what was measured. A goal that this run did not
// measure is not judged.

import { best, together } from "./products.ts";
import { find, memoryShare, type Report } from "./report.ts";
import { processorEngines, titles } from "./table.ts";

export interface Goal {
  what: string;
  /** null: not measured in this run. */
  value: number | null;
  limit: number;
  /** The value must stay below the limit, or reach it. */
  atMost: boolean;
  met: boolean | null;
}

const judge = (
  what: string,
  value: number | null | undefined,
  limit: number,
  atMost = true,
): Goal => {
  const known = value ?? null;
  return {
    what,
    value: known,
    limit,
    atMost,
    met: known === null ? null : atMost ? known <= limit : known >= limit,
  };
};

/** Ours over theirs, by the medians; null where one is missing or theirs is hobbled. */
function ratio(
  report: Report,
  model: string,
  batch: string,
  ours: string,
  theirs: string,
): number | null {
  const [a, b] = [ours, theirs].map((name) => find(report, model, batch, name));
  // PyTorch without a real BLAS is no measure of anything.
  if (!a || !b || /reference BLAS/.test(b.detail)) return null;
  return a.median / b.median;
}

export function goals(report: Report): Goal[] {
  const against = (
    model: string,
    ours: string,
    theirs: string,
    limit: number,
    names: string,
  ) =>
    judge(
      `${names}, ${model} 16x64: share of the time per step`,
      ratio(report, model, "16x64", ours, theirs),
      limit,
    );
  const list = [
    against("tiny", "cpu", "torch", 0.8, "CPU against PyTorch"),
    against("tiny", "cpu", "jax-wasm", 0.7, "CPU against jax-js wasm"),
    against("MiniLM", "cpu", "torch", 1.5, "CPU against PyTorch"),
    against(
      "tiny",
      "webgpu",
      "tfjs-webgpu",
      1 / 15,
      "WebGPU against stock TensorFlow.js",
    ),
    against("tiny", "webgpu", "jax-webgpu", 0.7, "WebGPU against jax-js"),
  ];
  for (const { set, mean, ratio, difference } of report.lengths)
    list.push(
      judge(
        // Work that is linear in tokens cannot gain more than the share of padding.
        `packed against padded to 128, ${set}: times the text per second (${mean.toFixed(0)} tokens a text, so about ${(128 / mean).toFixed(1)} to be had)`,
        ratio,
        2.5,
        false,
      ),
      judge(
        `packed against padded to 128, ${set}: losses apart`,
        difference,
        1e-4,
      ),
    );
  for (const {
    model,
    layers,
    dispatches,
    scriptMicroseconds,
  } of report.dispatched)
    list.push(
      judge(`dispatches per step, ${model}`, dispatches, 21 * layers + 12),
      judge(`µs of JavaScript per dispatch, ${model}`, scriptMicroseconds, 8),
    );
  for (const measured of report.workloads)
    for (const result of measured.results)
      if (["cpu", "webgpu"].includes(result.engine) && !result.failure)
        list.push(
          judge(
            `memory of ${result.engine}, ${measured.workload.model} ${measured.batch}: times parameters · 16 B + activations`,
            memoryShare(measured, result),
            1.3,
          ),
        );
  return list;
}

const figure = (value: number): string =>
  value >= 100
    ? value.toFixed(0)
    : value >= 0.01
      ? value.toPrecision(3)
      : value.toExponential(1);

export function goalLine({ what, value, limit, atMost, met }: Goal): string {
  const measured = value === null ? "not measured" : figure(value);
  const verdict = met === null ? "not judged" : met ? "met" : "not met";
  return `goal ${what}: ${measured} (${atMost ? "at most" : "at least"} ${figure(limit)}) ${verdict}`;
}

/**
 * Near the best product measured: no limit was set, so this is told, not judged.
 * Of the page's engine and of Node's apart: Node 20 multiplies and adds in two
 * instructions, the browser in one.
 */
export const productLines = (report: Report, model: string): string[] =>
  ["cpu", "cpu-node"].flatMap((engine) => {
    const own = together(report.products, model, engine);
    if (!own) return [];
    const top = best(report.products, processorEngines);
    return `products of a step, ${model}, ${titles[engine]}: ${own.toFixed(0)} GFLOP/s, ${((100 * own) / top).toFixed(0)} % of the best measured (${top.toFixed(0)})`;
  });
