// A chart's numbers as a table: one row for each step that any line has.

import { useMemo } from "react";
import { say } from "../../say";
import { mergedRows, type Mark } from "./marks";
import type { Rule } from "./Plot";
import { FigureTable } from "../controls/ShowAsTable";

export function ChartTable({
  title,
  marks,
  rules,
  format,
  height,
  version,
}: {
  title: string;
  marks: Mark[];
  rules: Rule[];
  format(value: number): string;
  height: number;
  version: number;
}) {
  const rows = useMemo(
    () => mergedRows([...new Set(marks.map(({ series }) => series))]),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [marks, version],
  );
  return (
    <FigureTable
      name={title}
      note={rules
        .map(({ name, y }) => `${name} ${format(y)}`)
        .join(say("list.comma"))}
      headings={[say("chart.table step"), ...marks.map(({ name }) => name)]}
      rows={rows.length}
      startAtEnd
      height={height}
      cell={(row, column) => {
        const { step, index } = rows[row]!;
        const mark = marks[column - 1];
        if (!mark) return step;
        const at = index.get(mark.series);
        if (at === undefined) return "";
        const value = mark.series.at(mark.column, at);
        return Number.isNaN(value) ? "" : format(value);
      }}
    />
  );
}
