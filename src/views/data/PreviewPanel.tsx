// The first rows as they were read, with the chosen columns marked.

import { byName, spansInCells } from "../../data";
import { say, type Code } from "../../say";
import { useStudio, type Mapping, type TableView } from "../../studio";
import { PanelHeading } from "../controls/controls";
import { MarkedText } from "../spans/MarkedText";
import "./PreviewPanel.css";

export function PreviewPanel() {
  const table = useStudio((s) => s.table);
  if (!table) return null;
  const shown = Math.min(table.preview.length, 25);
  return (
    <section aria-label={say("preview.table")} className="panel preview">
      <PanelHeading
        aside={
          <span className="note">
            {shown < table.rows
              ? say("preview.first of", { shown, rows: table.rows })
              : say("preview.rows", { rows: table.rows })}
          </span>
        }
      >
        {say("preview.name")}
      </PanelHeading>
      <PreviewTable table={table} rows={shown} />
    </section>
  );
}

const roles = {
  text: "preview.text",
  label: "preview.label",
  "second-text": "preview.second text",
} as const satisfies Record<string, Code>;

export function PreviewTable({
  table,
  rows,
}: {
  table: TableView;
  rows: number;
}) {
  const mapping = useStudio((s) => s.mapping);
  const isLabel = (name: string) =>
    mapping !== null &&
    (mapping.labels.length > 0
      ? mapping.labels.includes(name)
      : name === mapping.label);
  const roleOf = (name: string) =>
    name === mapping?.text
      ? "text"
      : isLabel(name)
        ? "label"
        : name === mapping?.textB
          ? "second-text"
          : null;
  const shown = table.preview.slice(0, rows);
  const marked = useMarked(table, shown, mapping);
  return (
    <div
      className="preview-scroll"
      tabIndex={0}
      role="group"
      aria-label={say("controls.scrolls", { name: say("preview.name") })}
    >
      <table aria-label={say("preview.name")}>
        <thead>
          <tr>
            {table.columns.map((name) => {
              const role = roleOf(name);
              return (
                <th key={name} scope="col" className={role ?? undefined}>
                  <bdi>{name}</bdi>
                  {role && <span className="role">{say(roles[role])}</span>}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells, row) => (
            <tr key={row}>
              {table.columns.map((name, column) => (
                <td key={name} className={roleOf(name) ?? undefined}>
                  {marked && name === mapping?.text && marked.rows[row] ? (
                    <MarkedText
                      text={marked.rows[row].text}
                      marks={marked.rows[row].spans}
                      types={marked.types}
                    />
                  ) : (
                    <div dir="auto" title={hint(cells[column])}>
                      {cells[column]}
                    </div>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of texts with spans or roles, the spans of each row; null of other tasks. */
function useMarked(
  table: TableView,
  shown: string[][],
  mapping: Mapping | null,
) {
  const overview = useStudio((s) => s.overview);
  if (mapping?.task !== "spans" && mapping?.task !== "roles") return null;
  const text = table.columns.indexOf(mapping.text);
  const label = table.columns.indexOf(mapping.label);
  if (text < 0 || label < 0) return null;
  const rows = spansInCells(
    shown.map((cells) => ({
      text: cells[text] ?? "",
      label: cells[label] ?? "",
    })),
  );
  const types = (overview?.labels ?? []).map(({ label }) => label);
  return { rows, types: types.sort(byName) };
}

/** What two lines may cut; a reader has the whole of it anyway. */
function hint(text: string | undefined): string | undefined {
  return text && text.length > 24 ? text.slice(0, 1000) : undefined;
}
