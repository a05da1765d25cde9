// The first rows as they were read, with the chosen columns marked.

import { useStudio, type TableView } from "../../studio";
import { PanelHeading } from "../controls/controls";
import { many } from "../controls/numbers";
import "./PreviewPanel.css";

export function PreviewPanel() {
  const table = useStudio((s) => s.table);
  if (!table) return null;
  const shown = Math.min(table.preview.length, 25);
  return (
    <section aria-label="Table" className="panel preview">
      <PanelHeading
        aside={
          <span className="note">
            {shown < table.rows
              ? `the first ${shown} of ${many(table.rows, "row")}`
              : many(table.rows, "row")}
          </span>
        }
      >
        Preview
      </PanelHeading>
      <PreviewTable table={table} rows={shown} />
    </section>
  );
}

export function PreviewTable({
  table,
  rows,
}: {
  table: TableView;
  rows: number;
}) {
  const mapping = useStudio((s) => s.mapping);
  const roleOf = (name: string) =>
    name === mapping?.text
      ? "text"
      : name === mapping?.label
        ? "label"
        : name === mapping?.textB
          ? "second text"
          : null;
  return (
    <div
      className="preview-scroll"
      tabIndex={0}
      role="group"
      aria-label="Preview, scrolls"
    >
      <table aria-label="Preview">
        <thead>
          <tr>
            {table.columns.map((name) => {
              const role = roleOf(name);
              return (
                <th key={name} scope="col" className={role?.replace(" ", "-")}>
                  <bdi>{name}</bdi>
                  {role && <span className="role">{role}</span>}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {table.preview.slice(0, rows).map((cells, row) => (
            <tr key={row}>
              {table.columns.map((name, column) => (
                <td key={name} className={roleOf(name)?.replace(" ", "-")}>
                  <div dir="auto" title={hint(cells[column])}>
                    {cells[column]}
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What two lines may cut; a reader has the whole of it anyway. */
function hint(text: string | undefined): string | undefined {
  return text && text.length > 24 ? text.slice(0, 1000) : undefined;
}
