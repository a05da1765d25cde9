// Whose results are on screen: a run outlives the table it learned from.

import type { Mapping, Run, Source, State, TableView } from "./state";

export function sourceOf(table: TableView | null, mapping: Mapping): Source {
  const names = table?.files.map(({ name }) => name) ?? [];
  return {
    files:
      names.length > 2
        ? `${names.length} files`
        : names.join(" and ") || "data",
    columns: `${[mapping.text, mapping.textB].filter((name) => name !== null).join(" + ")} → ${mapping.label}`,
  };
}

/** The run's name and data where what is open now is something else; else null. */
export function formerResults(state: State): string | null {
  const { run, table, mapping } = state;
  if (!run?.source || !table || !mapping) return null;
  const present = sourceOf(table, mapping);
  const { files, columns } = run.source;
  const rows = table.rows === run.rows;
  if (files !== present.files) return `${run.name} (${files})`;
  if (columns !== present.columns) return `${run.name} (${files}, ${columns})`;
  return rows ? null : `${run.name} (${files} as it was before)`;
}

/** Weights that closing the page would lose. */
export function isUnsaved({ run, runUsable }: State): boolean {
  return runUsable && run !== null && !run.exported;
}

export const exportedRun = (run: Run): Run => ({ ...run, exported: true });
