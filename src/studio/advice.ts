// Advice that needs both sides: the data and the model that is to read it.

import { foreignScript, latinLanguage } from "./languages";
import type { Check, Mapping, ModelReport, Options, TableView } from "./state";

/** Below this share of rows, another language is an odd row out. */
const worthSaying = 0.05;

/** How many of the previewed rows are in which other script or language, most frequent first. */
export function foreignRows(
  table: TableView,
  mapping: Mapping,
): { rows: number; found: { what: string; rows: number }[] } {
  const columns = [mapping.text, mapping.textB]
    .map((name) => (name === null ? -1 : table.columns.indexOf(name)))
    .filter((index) => index >= 0);
  const counts = new Map<string, number>();
  for (const row of table.preview) {
    const text = columns.map((index) => row[index] ?? "").join(" ");
    const script = foreignScript(text);
    const language = script === null ? latinLanguage(text) : null;
    const what = script ? `are ${script}` : language && `look like ${language}`;
    if (what) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const found = [...counts]
    .map(([what, rows]) => ({ what, rows }))
    .sort((a, b) => b.rows - a.rows);
  return { rows: table.preview.length, found };
}

/** "15 of 90 rows, 17 % of them, are in Arabic script; 9 (10 %) look like French" */
function sharesOf(
  { rows, found }: ReturnType<typeof foreignRows>,
  all: number,
): string | null {
  const counted = rows === 1 ? "1 row" : `${rows} rows`;
  const of = rows < all ? `the first ${counted}` : counted;
  const said = found
    .filter((each) => each.rows >= Math.max(2, worthSaying * rows))
    .slice(0, 3)
    .map((each, i) => {
      const share = `${Math.round((100 * each.rows) / rows)} %`;
      return i === 0
        ? `${each.rows} of ${of}, ${share} of them, ${each.what}`
        : `${each.rows} (${share}) ${each.what}`;
    });
  return said.length > 0 ? said.join("; ") : null;
}

export function adviseOn(
  table: TableView | null,
  mapping: Mapping | null,
  model: ModelReport | null,
  options: Options,
): Check[] {
  if (!table || !mapping || !model) return [];
  const advice: Check[] = [];
  const foreign = foreignRows(table, mapping);
  const shares = sharesOf(foreign, table.rows);
  if (model.english && shares) {
    const spelled = foreign.found.every(({ what }) => what.startsWith("look"));
    const most =
      2 * foreign.found.reduce((sum, each) => sum + each.rows, 0) >
      foreign.rows;
    advice.push({
      level: "warning",
      about: "language",
      message:
        `${shares}, and ${model.name} knows English: ` +
        (spelled
          ? "it reads those words as bits without meaning, "
          : "what it cannot spell becomes [UNK], ") +
        (most
          ? "so the scores will be poor whatever the options. "
          : "so its answers on those rows will be poor whatever the options. ") +
        "Drop the folder of a BERT made for this language to use it instead.",
    });
  }
  if (options.fineTune === "all layers" && options.learningRate > 2e-3)
    advice.push({
      level: "warning",
      message: `A learning rate of ${options.learningRate} usually destroys what a pretrained model knows: for all layers choose 0.00002 to 0.001.`,
    });
  return advice;
}
