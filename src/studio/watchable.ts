// A sentence to watch while training, before a person types one.

import { spansInCells, type TextInput } from "../data";
import type { Mapping, State, TableView } from "./state";

/** A previewed text of middling length. */
export function typicalText({
  table,
  mapping,
}: Pick<State, "table" | "mapping">): TextInput | null {
  if (!table || !mapping) return null;
  return (
    previewed(table, mapping)
      .filter(({ text }) => text.trim() !== "")
      .sort((a, b) => oddity(a.text) - oddity(b.text))[0] ?? null
  );
}

const oddity = (text: string) => Math.abs(text.length - 60);

/** The texts of the first rows, as they are read. */
function previewed(table: TableView, mapping: Mapping): TextInput[] {
  const { task, text, textB, label } = mapping;
  const [at, atB, atLabel] = [text, textB ?? "", label].map((column) =>
    table.columns.indexOf(column),
  ) as [number, number, number];
  if (task !== "spans" && task !== "roles")
    return table.preview.map((row) => ({
      text: row[at] ?? "",
      textB: atB < 0 ? null : (row[atB] ?? ""),
    }));
  // A list of words is not what anybody would watch.
  const read = spansInCells(
    table.preview.map((row) => ({
      text: row[at] ?? "",
      label: row[atLabel] ?? "",
    })),
  );
  return read
    .filter((each) => each !== null)
    .map(({ text, spans }) => {
      const predicate = spans.find(({ label }) => label === "V");
      return {
        text,
        textB:
          task === "spans"
            ? null
            : text.slice(predicate?.start ?? 0, predicate?.end ?? 0),
      };
    });
}
