// Any number of columns out of many: a listbox in which a press, or the space bar,
// chooses and lets go.

import { useId, useRef, useState, type KeyboardEvent } from "react";
import { say } from "../../say";
import { Explain } from "../controls/controls";
import "./ColumnList.css";

export function ColumnList({
  columns,
  chosen,
  locked,
  onChange,
}: {
  columns: string[];
  chosen: string[];
  locked: boolean;
  onChange(chosen: string[]): void;
}) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const active = Math.min(at, columns.length - 1);
  const toggle = (name: string) => {
    if (locked) return;
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    // In the order of the table, whatever was pressed first.
    onChange(columns.filter((column) => next.has(column)));
  };
  const go = (to: number) => {
    const next = Math.max(0, Math.min(columns.length - 1, to));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(columns.length - 1),
      " ": () => toggle(columns[active]!),
      Enter: () => toggle(columns[active]!),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="field column-list">
      <div className="field-label">
        <span id={id}>{say("data.label columns")}</span>
        <Explain about={say("data.label columns")}>
          {say("data.label columns explained")}
        </Explain>
      </div>
      <ul
        ref={list}
        role="listbox"
        aria-labelledby={id}
        aria-multiselectable
        aria-disabled={locked}
        aria-activedescendant={`${id}-${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {columns.map((name, i) => (
          <li
            key={name}
            id={`${id}-${i}`}
            role="option"
            aria-selected={chosen.includes(name)}
            className={i === active ? "active" : undefined}
            onClick={() => {
              setAt(i);
              toggle(name);
            }}
          >
            <span dir="auto">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
