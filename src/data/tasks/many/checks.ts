// What there is to say of texts with several labels each.

import { listed, shown } from "../../../said";
import { fewRows, rareLabels } from "../../checks/few";
import { error, notice, warning } from "../../checks/found";
import type { Check, Mapping } from "../../protocol";
import { countLabels, type Examples } from "../../rows";

/** Beyond this a table of figures is no figure. */
const MOST_LABELS = 1000;

function fatal(
  { label }: Mapping,
  { parts }: Examples<string[]>,
): Check | null {
  const counts = countLabels(parts.train.targets.flat());
  const rows = parts.train.targets.length;
  if (counts.length === 0) return error("many labels: none at all", { rows });
  if (counts.length === 1 && counts[0]!.rows === rows)
    return error("one label only", { label: shown(counts[0]!.label) });
  if (counts.length > MOST_LABELS)
    return error("too many labels", {
      column: shown(label),
      count: counts.length,
      most: MOST_LABELS,
    });
  return null;
}

function findings({ parts }: Examples<string[]>): Check[] {
  const { targets } = parts.train;
  const counts = countLabels(targets.flat());
  const found: Check[] = [];
  const none = targets.filter((labels) => labels.length === 0).length;
  if (none > 0)
    found.push(notice("many labels: rows with none", { count: none }));
  const everywhere = counts.filter(({ rows }) => rows === targets.length);
  if (everywhere.length > 0)
    found.push(
      warning("many labels: in every row", {
        count: everywhere.length,
        labels: listed(everywhere.map(({ label }) => label)),
      }),
    );
  return [...found, ...rareLabels(counts), ...fewRows(targets.length)];
}

export const manyChecks = { fatal, findings };
