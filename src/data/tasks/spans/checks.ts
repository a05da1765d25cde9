// What there is to say of texts with spans.

import { listed, shown } from "../../../said";
import { fewRows } from "../../checks/few";
import { error, info, notice, warning } from "../../checks/found";
import type { Check, Mapping } from "../../protocol";
import { countLabels, type Examples } from "../../rows";
import type { TaggedText } from "./cells";
import { begun } from "./tagged";

/** Each has two tags; beyond this a table of figures is no figure. */
const MOST_TYPES = 500;

function fatal(
  { label }: Mapping,
  { parts }: Examples<TaggedText>,
): Check | null {
  const types = new Set(parts.train.targets.flatMap(begun));
  const column = shown(label);
  if (types.size === 0)
    return error("spans: none at all", {
      column,
      rows: parts.train.targets.length,
    });
  if (types.size > MOST_TYPES)
    return error("spans: too many types", {
      column,
      count: types.size,
      most: MOST_TYPES,
    });
  return null;
}

/** `code` says what was found. */
function findings(
  { parts }: Examples<TaggedText>,
  code: "spans: found" | "roles: found",
): Check[] {
  const { targets } = parts.train;
  const types = countLabels(targets.flatMap(begun));
  const entities = types.reduce((sum, { rows }) => sum + rows, 0);
  const found: Check[] = [
    notice(code, {
      entities,
      rows: targets.length,
      types: listed(types.map(({ label }) => label)),
    }),
  ];
  const none = targets.filter((target) => begun(target).length === 0).length;
  if (none > 0) found.push(info("spans: rows with none", { count: none }));
  const few = types.filter(({ rows }) => rows < 8);
  if (few.length > 0)
    found.push(
      warning("spans: types with few", {
        count: few.length,
        types: listed(few.map(({ label }) => label)),
      }),
    );
  return [...found, ...fewRows(targets.length)];
}

export const spanChecks = { fatal, findings };
