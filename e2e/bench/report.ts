// Everything one run measured; what --json writes, and tables and goals are made of.

import type { Workload } from "./engine.ts";
import type { MixResult } from "./lengths.ts";
import type { Machine } from "./machine.ts";
import type { Result } from "./measure.ts";
import type { ProductSpeed } from "./products.ts";
import type { Program } from "../../src/engine/program.ts";

export interface Measured {
  workload: Workload;
  batch: string;
  parameters: number;
  /** Parameters · 16 bytes, and the activations as the program lays them. */
  plannedBytes: number;
  flops: number;
  results: Result[];
}

export interface Dispatched {
  model: string;
  layers: number;
  dispatches: number;
  /** Microseconds of JavaScript for each, the median of the steps. */
  scriptMicroseconds: number;
}

export interface Report {
  date: string;
  machine: Machine;
  adapter: string;
  software: boolean;
  workloads: Measured[];
  dispatched: Dispatched[];
  products: ProductSpeed[];
  lengths: MixResult[];
}

export function planOf(
  program: Program,
): Pick<Measured, "parameters" | "plannedBytes" | "flops"> {
  const all = [...program.parameters.values()];
  const parameters = all.reduce((sum, { size }) => sum + size, 0);
  const fixed = Math.max(
    ...[...program.regions.values()].map(({ at, size }) => at + 4 * size),
  );
  const { train, update } = program.lists;
  return {
    parameters,
    plannedBytes: 16 * parameters + (program.end - fixed),
    flops: [...train, ...update].reduce((sum, { flops }) => sum + flops, 0),
  };
}

export const find = (
  report: Report,
  model: string,
  batch: string,
  engine: string,
): Result | undefined =>
  report.workloads
    .find((one) => one.workload.model === model && one.batch === batch)
    ?.results.find((one) => one.engine === engine && !one.failure);

/** Bytes an engine held at most, JavaScript's included, as a share of what the program plans. */
export function memoryShare(
  { plannedBytes }: Measured,
  { figures }: Result,
): number | null {
  return figures && (figures.bytes + (figures.heap ?? 0)) / plannedBytes;
}
