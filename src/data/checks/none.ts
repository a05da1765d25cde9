// What stops training whatever the task: no row, nothing to validate on.

import { commas, said, shown, type Said } from "../../said";
import type { Check, Mapping, SetAside } from "../protocol";
import { textKey, type Examples } from "../rows";
import { error } from "./found";

const WITHOUT = {
  "no text": "count with no text",
  "no label": "count with no label",
  "several labels": "count with several labels",
  "no number": "count with no number",
  "no tags": "count with no tags",
  "no predicate": "count with no predicate",
  rejected: "count rejected",
  ragged: "count with too many columns",
} as const satisfies Record<SetAside["reason"], Said["code"]>;

/** Null where there are usable rows to train on. */
export function noUsableRow<T>(
  { label, text }: Mapping,
  { parts, setAside }: Examples<T>,
): Check | null {
  if (parts.train.texts.length > 0) return null;
  const columns = { text: shown(text), label: shown(label) };
  const reasons = setAside.map(({ reason, count }) =>
    said(WITHOUT[reason], { count }),
  );
  return reasons.length > 0
    ? error("no usable row for reasons", {
        ...columns,
        reasons: commas(reasons),
      })
    : error("no usable row", columns);
}

/** Null where there are rows to judge by, given or to be drawn: texts that differ. */
export function nothingToJudgeBy<T>(
  { parts, validationGiven }: Examples<T>,
  classes: number,
): Check | null {
  if (validationGiven)
    return parts.validation.texts.length > 0
      ? null
      : error("no usable validation row");
  const rows = parts.train.texts.length;
  const texts = new Set<string>();
  for (let i = 0; i < rows && texts.size <= classes; i++)
    texts.add(textKey(parts.train, i));
  return texts.size < 3
    ? error("too few texts", { texts: texts.size, rows })
    : null;
}
