// What is odd about the rows that judge a model: without labels, with others than
// those trained on, with texts that it has learned.

import { commas, listed, said, shown, type Value } from "../../said";
import { countLabels, textKey, type Rows } from "../rows";
import type { Check } from "../protocol";
import type { Table } from "../table/shape";
import type { DataTask, Target } from "../tasks/task";
import { error, warning } from "./found";

export function partChecks<T extends Target>(
  { labelsOf }: DataTask<T>,
  table: Table,
  train: Rows<T>,
  part: Rows<T>,
  role: "validation" | "test",
): Check[] {
  const files = table.files.filter((file) => file.role === role);
  // A column may say which rows these are.
  if (files.length === 0 && part.targets.length === 0) return [];
  const name: Value =
    files.length > 0
      ? commas(files.map((file) => file.name))
      : said("rows of a part", { role });
  if (part.targets.length === 0)
    return [warning("part has no usable row", { part: name, role })];
  const found: Check[] = [];
  const labels = new Set(train.targets.flatMap(labelsOf));
  const news = part.targets
    .map((target) => labelsOf(target).filter((label) => !labels.has(label)))
    .filter((labels) => labels.length > 0);
  const unknown = countLabels(news.flat());
  const rows = news.length;
  const others = listed(unknown.map(({ label }) => label));
  if (rows === part.targets.length) {
    const finding = role === "validation" ? error : warning;
    return [
      unknown.length === 1 && /^(-1|\W{1,3})$/.test(unknown[0]!.label)
        ? finding("part without labels", {
            part: name,
            label: shown(unknown[0]!.label),
            role,
          })
        : finding("part of other labels", { part: name, labels: others }),
    ];
  }
  if (rows > 0)
    found.push(
      warning("part with unknown labels", { part: name, rows, labels: others }),
    );
  const known = new Set<string>();
  for (let i = 0; i < train.texts.length; i++) known.add(textKey(train, i));
  let shared = 0;
  for (let i = 0; i < part.texts.length; i++)
    if (known.has(textKey(part, i))) shared++;
  if (shared > 0)
    found.push(
      files.length > 0
        ? warning("files share texts", { count: shared, part: name })
        : warning("rows share texts", { count: shared, role }),
    );
  return found;
}
