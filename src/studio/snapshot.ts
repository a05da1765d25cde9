// `window.attune.snapshot()`: what scripts may read. A plain copy; changing it
// changes nothing.

import type { HistoryRow } from "../metrics";
import type { Text } from "../said";
import { asText } from "../say";
import { metricsOf, type Task } from "../task";
import type { DeviceReport, State } from "./state";

export interface Snapshot {
  phase: string;
  executor: string | null;
  device: unknown;
  model: unknown;
  options: Record<string, unknown>;
  /** Of the data that is open, else of the run; null before either. */
  task: Task | null;
  step: number;
  steps: number;
  epoch: number;
  /** Latest validation figures; empty before the first evaluation. */
  metrics: Record<string, number>;
  history: HistoryRow[];
  run: string | null;
  baselines: unknown;
  problem: string | null;
  /** What is known of the data; null before there is a table. */
  data: DataSnapshot | null;
}

export interface DataSnapshot {
  /** Rows of the training files. */
  rows: number;
  /** Rows to train on, and rows of all files that are of no use. */
  usable: number;
  setAside: number;
  /** Most frequent first. */
  labels: string[];
  /** Every text a person sees about the data, the gravest first. */
  notices: string[];
}

export function snapshot(state: State): Snapshot {
  const { phase, device, model, options, runOn, run, step, notices } = state;
  const evaluation = run?.validation ?? null;
  const summary = run?.summary ?? null;
  const rows = state.history.rows();
  const last = rows.at(-1);
  const fresh = phase === "loading" && step === null;
  const problem = notices.findLast(({ level }) => level === "error");
  const taken: Snapshot = {
    phase,
    executor: (run?.executor ?? device?.chosen) || null,
    device: device && worded(device),
    model: model && { ...model, notes: model.notes.map(asText) },
    options: { ...options, runOn },
    task: state.mapping?.task ?? run?.dataset.task ?? state.chosenTask,
    step: fresh ? 0 : (summary?.step ?? last?.step ?? 0),
    steps: fresh ? 0 : (summary?.steps ?? step?.steps ?? 0),
    epoch: fresh ? 0 : (last?.epoch ?? 0),
    metrics:
      evaluation && !fresh
        ? { loss: evaluation.loss, ...metricsOf(evaluation) }
        : {},
    history: fresh ? [] : rows,
    run: run?.name ?? null,
    baselines: run?.baselines ?? state.baselines,
    problem: asText(problem?.message ?? null),
    data: dataOf(state),
  };
  return structuredClone(taken);
}

function dataOf({
  table,
  overview,
  advice,
  notices,
}: State): DataSnapshot | null {
  if (!table) return null;
  const told = [
    ...notices.filter(({ topic }) => topic === "data"),
    ...table.files.flatMap(({ warnings }) => warnings.map(warned)),
    ...(overview?.checks ?? []),
    ...advice,
    ...table.files.flatMap(({ problems }) => problems.map(remarked)),
  ];
  const levels = ["error", "warning", "info"];
  return {
    rows: table.rows,
    usable: overview?.usable ?? 0,
    setAside: (overview?.setAside ?? []).reduce(
      (sum, { count }) => sum + count,
      0,
    ),
    labels: (overview?.labels ?? []).map(({ label }) => label),
    notices: told
      .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
      .map(({ message }) => asText(message)),
  };
}

const worded = (device: DeviceReport) => ({
  ...device,
  reason: asText(device.reason),
  executors: device.executors.map((executor) => ({
    ...executor,
    detail: asText(executor.detail),
    problem: asText(executor.problem),
  })),
});

const warned = (message: Text) => ({ level: "warning" as const, message });
const remarked = (message: Text) => ({ level: "info" as const, message });
