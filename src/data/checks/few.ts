// So little of something that little can be learned of it.

import { listed } from "../../said";
import type { Check } from "../protocol";
import { info, warning } from "./found";

/** Labels with one row, which cannot be judged, and with so few that they hardly can. */
export function rareLabels(counts: { label: string; rows: number }[]): Check[] {
  const of = (rare: (rows: number) => boolean) => {
    const labels = counts.filter(({ rows }) => rare(rows));
    return {
      count: labels.length,
      labels: listed(labels.map(({ label }) => label)),
    };
  };
  const single = of((rows) => rows === 1);
  const few = of((rows) => rows > 1 && rows < 8);
  return [
    ...(single.count > 0 ? [warning("labels with one row", single)] : []),
    ...(few.count > 0 ? [info("labels with few rows", few)] : []),
  ];
}

export const fewRows = (rows: number): Check[] =>
  rows < 50 ? [info("few usable rows", { rows })] : [];
