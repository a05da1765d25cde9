// The lines of a chart as numbers: what each says at a step, and which steps
// there are. Pure.

import type { SeriesView } from "../../metrics";
import type { Curve } from "./Plot";

/** A line of a chart: which column of which series, and how it is drawn. */
export interface Mark {
  name: string;
  kind: Curve["kind"];
  colour: string;
  series: SeriesView;
  column: string;
  /** A few letters where the whole name has no room. */
  short?: string;
}

/** Each mark's value at a step or the last one before it. */
export function valuesAt(
  marks: Mark[],
  step: number,
): { mark: Mark; at: number; value: number }[] {
  return marks.flatMap((mark) => {
    const { series, column } = mark;
    let i = step === Infinity ? series.length - 1 : series.nearest(step);
    if (i >= 0 && series.at("step", i) > step) i--;
    if (i < 0) return [];
    const value = series.at(column, i);
    return Number.isNaN(value)
      ? []
      : [{ mark, at: series.at("step", i), value }];
  });
}

/** Of the finest series: the recorded step nearest to `step`. */
export function nearestStep(marks: Mark[], step: number): number | null {
  const series = finest(marks);
  return series && series.length > 0
    ? series.at("step", series.nearest(step))
    : null;
}

function finest(marks: Mark[]): SeriesView | undefined {
  return marks
    .map(({ series }) => series)
    .reduce((a, b) => (b.length > a.length ? b : a), marks[0]!.series);
}

/** Where a key leads: a step, null for nowhere, undefined when it is not ours. */
export function stepForKey(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  marks: Mark[],
  from: number | null,
): number | null | undefined {
  const series = finest(marks);
  if (!series || series.length === 0) return undefined;
  const last = series.length - 1;
  const index = from === null ? last : series.nearest(from);
  // Of a long series one press moves about a pixel; the table has every step.
  const stride = Math.max(1, Math.round(series.length / 500));
  const by = shiftKey ? 10 * stride : stride;
  const to = {
    ArrowLeft: from === null ? last : index - by,
    ArrowRight: from === null ? 0 : index + by,
    PageUp: index - 10 * stride,
    PageDown: index + 10 * stride,
    Home: 0,
    End: last,
  }[key];
  if (key === "Escape") return null;
  if (to === undefined) return undefined;
  return series.at("step", Math.min(last, Math.max(0, to)));
}

interface MergedRow {
  step: number;
  /** Row of each series that has this step. */
  index: Map<SeriesView, number>;
}

/** All steps that any series has, in order. */
export function mergedRows(all: SeriesView[]): MergedRow[] {
  const rows: MergedRow[] = [];
  const next = new Map(all.map((series) => [series, 0]));
  for (;;) {
    let step = Infinity;
    for (const [series, i] of next)
      if (i < series.length) step = Math.min(step, series.at("step", i));
    if (step === Infinity) return rows;
    const index = new Map<SeriesView, number>();
    for (const [series, i] of next) {
      if (i >= series.length || series.at("step", i) !== step) continue;
      index.set(series, i);
      next.set(series, i + 1);
    }
    rows.push({ step, index });
  }
}
