// Advice that needs both sides: the data and the model that is to read it.

import { said, type Said } from "../said";
import { foreignScript, latinLanguage } from "./languages";
import type { Check, Mapping, ModelReport, Options, TableView } from "./state";

/** Below this share of rows, another language is an odd row out. */
const worthSaying = 0.05;

interface Foreign {
  language: Said["code"];
  /** In Latin script, so that a guess by its words is all there is. */
  latin: boolean;
  rows: number;
}

/** How many of the previewed rows are in which other script or language, most frequent first. */
function foreignRows(
  table: TableView,
  mapping: Mapping,
): { rows: number; found: Foreign[] } {
  const columns = [mapping.text, mapping.textB]
    .map((name) => (name === null ? -1 : table.columns.indexOf(name)))
    .filter((index) => index >= 0);
  const counts = new Map<Said["code"], Foreign>();
  for (const row of table.preview) {
    const text = columns.map((index) => row[index] ?? "").join(" ");
    const script = foreignScript(text);
    const latin = script === null;
    const language = script ?? latinLanguage(text);
    if (language === null) continue;
    const rows = (counts.get(language)?.rows ?? 0) + 1;
    counts.set(language, { language, latin, rows });
  }
  const found = [...counts.values()].sort((a, b) => b.rows - a.rows);
  return { rows: table.preview.length, found };
}

/** "15 of 90 rows, 17 % of them, are in Arabic script; 9 (10 %) look like French" */
function sharesOf(
  { rows, found }: ReturnType<typeof foreignRows>,
  all: number,
): Said | null {
  const shares = found
    .filter((each) => each.rows >= Math.max(2, worthSaying * rows))
    .slice(0, 3)
    .map(({ language, latin, rows: its }, i) => {
      const values = {
        rows: its,
        share: `${Math.round((100 * its) / rows)} %`,
        language: said(language),
      };
      if (i > 0)
        return said(latin ? "more rows look like" : "more rows are in", values);
      const first = latin
        ? rows < all
          ? "first rows look like"
          : "rows look like"
        : rows < all
          ? "first rows are in"
          : "rows are in";
      return said(first, { ...values, all: rows });
    });
  return shares.reduce<Said | null>(
    (item, next) => (item ? said("item; next", { item, next }) : next),
    null,
  );
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
    const spelled = foreign.found.every(({ latin }) => latin);
    const most =
      2 * foreign.found.reduce((sum, each) => sum + each.rows, 0) >
      foreign.rows;
    const code = spelled
      ? most
        ? "most rows of unknown words"
        : "few rows of unknown words"
      : most
        ? "most rows of unknown letters"
        : "few rows of unknown letters";
    advice.push({
      level: "warning",
      about: "language",
      message: said(code, { shares, model: model.name }),
    });
  }
  if (options.fineTune === "all layers" && options.learningRate > 2e-3)
    advice.push({
      level: "warning",
      message: said("learning rate destroys", {
        rate: String(options.learningRate),
      }),
    });
  return advice;
}
