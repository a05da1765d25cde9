// Mistakes of any task, a row each: only those in sight are in the document.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type ReactNode } from "react";
import { say } from "../../say";
import type { TextInput } from "../../studio";
import { Gap } from "../controls/ShowAsTable";
import "./Mistakes.css";

/** Characters shown before all are asked for. */
const short = 160;

export function MistakeTable<M extends TextInput>({
  mistakes,
  heads,
  row,
}: {
  mistakes: M[];
  heads: string[];
  /** The cells of a row. */
  row(mistake: M): ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: mistakes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    overscan: 6,
    initialRect: { width: 600, height: 400 },
    getItemKey: (index) => `${index} ${mistakes[index]!.text.slice(0, 40)}`,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      className="mistakes"
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={say("mistakes.scrolls")}
    >
      <table
        aria-label={say("mistakes.name")}
        aria-rowcount={mistakes.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} columns={heads.length} />}
          {items.map(({ index, key }) => (
            <tr
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
            >
              {row(mistakes[index]!)}
            </tr>
          ))}
          {after > 0 && <Gap height={after} columns={heads.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** The text or pair, cut where it is long, and a button to watch it. */
export function TextCell({
  mistake: { text, textB },
  onWatch,
}: {
  mistake: TextInput;
  onWatch?(input: TextInput): void;
}) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length + (textB?.length ?? 0) > short;
  return (
    <td className="text">
      <p dir="auto">{isOpen ? text : cut(text)}</p>
      {textB !== null && (
        <p dir="auto" className="second">
          {isOpen ? textB : cut(textB)}
        </p>
      )}
      <TextButtons
        isOpen={isOpen}
        onToggle={isLong ? () => setOpen(!isOpen) : undefined}
        onWatch={onWatch && (() => onWatch({ text, textB }))}
      />
    </td>
  );
}

/** More of a long text or less of it, and the text to watch: what is given. */
export function TextButtons({
  isOpen,
  onToggle,
  onWatch,
}: {
  isOpen: boolean;
  onToggle: (() => void) | undefined;
  onWatch: (() => void) | undefined;
}) {
  if (!onToggle && !onWatch) return null;
  return (
    <span className="more">
      {onToggle && (
        <button type="button" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? say("mistakes.less") : say("mistakes.more")}
        </button>
      )}
      {onWatch && (
        <button
          type="button"
          className="watch"
          title={say("mistakes.watch explained")}
          onClick={onWatch}
        >
          {say("mistakes.watch")}
        </button>
      )}
    </span>
  );
}

function cut(text: string): string {
  return text.length > short ? `${text.slice(0, short - 1)}…` : text;
}
