// Every picture's other half: the same numbers as an HTML table.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import { say } from "../../say";
import "./ShowAsTable.css";

/** The button; what it shows is its owner's to swap. */
export function ShowAsTable({
  pressed,
  onPress,
}: {
  pressed: boolean;
  onPress(pressed: boolean): void;
}) {
  return (
    <button
      type="button"
      className="show-as-table"
      aria-label={say("controls.show as table")}
      title={
        pressed
          ? say("controls.show as picture")
          : say("controls.show as table")
      }
      aria-pressed={pressed}
      onClick={() => onPress(!pressed)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path
          d="M2 3.5h12v9H2zM2 6.5h12M2 9.5h12M6.5 3.5v9"
          fill="none"
          stroke="currentColor"
        />
      </svg>
    </button>
  );
}

/**
 * A table of any length: only the rows in sight are in the document, and each
 * says which row it is.
 */
export function FigureTable({
  name,
  note,
  headings,
  rows,
  cell,
  height,
  words = 1,
  startAtEnd = false,
}: {
  name: string;
  /** A sentence under the table's name, for what is not in its cells. */
  note?: ReactNode;
  headings: string[];
  rows: number;
  cell(row: number, column: number): ReactNode;
  height: number;
  /** How many of the first columns hold words, not numbers. */
  words?: number;
  startAtEnd?: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = 24;
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: startAtEnd ? rows * rowHeight : 0,
    initialRect: { width: 300, height },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const kind = (column: number) => (column < words ? "words" : undefined);
  return (
    <div
      className="figure-table"
      ref={scroller}
      style={{ height }}
      tabIndex={0}
      role="group"
      aria-label={say("controls.scrolls", { name })}
    >
      <table
        aria-rowcount={rows + 1}
        aria-label={say("controls.as table", { name })}
      >
        {note && <caption>{note}</caption>}
        <thead>
          <tr aria-rowindex={1}>
            {headings.map((heading, column) => (
              <th key={heading} scope="col" className={kind(column)}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} columns={headings.length} />}
          {items.map(({ index, key }) => (
            <tr key={key} aria-rowindex={index + 2}>
              {headings.map((heading, column) =>
                column === 0 ? (
                  <th key={heading} scope="row">
                    {cell(index, column)}
                  </th>
                ) : (
                  <td key={heading} className={kind(column)}>
                    {cell(index, column)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {after > 0 && <Gap height={after} columns={headings.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows out of sight. */
export function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true" className="gap">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
