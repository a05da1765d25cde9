// What was promised, held against what was measured. A goal that this run did not
// measure is not judged.

import { best, memoryShare, ratio, type Report, together } from "./report.ts";
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

/** Near the best product measured: no limit was set, so this is told, not judged. */
export function productLine(report: Report, model: string): string | null {
  const own = together(report.products, model, "cpu");
  if (!own) return null;
  const top = best(report.products, processorEngines);
  return `products of a step, ${model}, ${titles.cpu}: ${own.toFixed(0)} GFLOP/s, ${((100 * own) / top).toFixed(0)} % of the best measured (${top.toFixed(0)})`;
}
