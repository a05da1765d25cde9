// Whose results are on screen: a run outlives the table it learned from.

import { said, type Said } from "../said";
import type { Mapping, Run, Source, State, TableView } from "./state";

export function sourceOf(table: TableView | null, mapping: Mapping): Source {
  const names = table?.files.map(({ name }) => name) ?? [];
  return {
    names,
    files: filesOf(names),
    columns: columnsOf(mapping),
  };
}

/** "title + body → topic"; of texts alone the text column. */
function columnsOf({ text, textB, label, labels }: Mapping): string {
  const read = textB === null ? text : `${text} + ${textB}`;
  const learned = labels.length > 0 ? labels.join(", ") : label;
  return learned === "" ? read : `${read} → ${learned}`;
}

function filesOf(names: string[]): Said {
  if (names.length > 2)
    return said("source: many files", { count: names.length });
  return names.length === 0
    ? said("source: data")
    : said("source: files", { names });
}

/** The run's name and data where what is open now is something else; else null. */
export function formerResults(state: State): Said | null {
  const { run, table, mapping } = state;
  if (!run?.source || !table || !mapping) return null;
  const present = sourceOf(table, mapping);
  const { names, files, columns } = run.source;
  if (JSON.stringify(names) !== JSON.stringify(present.names))
    return said("former: files", { run: run.name, files });
  if (columns !== present.columns)
    return said("former: columns", { run: run.name, files, columns });
  return table.rows === run.rows
    ? null
    : said("former: as before", { run: run.name, files });
}

/** Weights that closing the page would lose. */
export function isUnsaved({ run, runUsable }: State): boolean {
  return runUsable && run !== null && !run.exported;
}

export const exportedRun = (run: Run): Run => ({ ...run, exported: true });
