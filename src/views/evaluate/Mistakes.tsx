// What the model got wrong, the most confident errors first: they show either
// what it has not learnt or what is labelled wrongly.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { say } from "../../say";
import type { EvaluationProgress, TextInput } from "../../studio";
import { classColour } from "../controls/classColour";
import type { Pair } from "./pair";
import "./Mistakes.css";
import { percent } from "../controls/numbers";
import { Gap } from "../controls/ShowAsTable";

export type Mistake = EvaluationProgress["mistakes"][number];

/** Characters shown before all are asked for. */
const short = 160;

export function Mistakes({
  mistakes,
  labels,
  only,
  onWatch,
}: {
  mistakes: Mistake[];
  labels: string[];
  only: Pair | null;
  onWatch?(input: TextInput): void;
}) {
  const shown = useMemo(
    () =>
      only
        ? mistakes.filter(
            ({ label, predicted }) =>
              label === only.label && predicted === only.predicted,
          )
        : mistakes,
    [mistakes, only],
  );
  const [opened, setOpened] = useState<ReadonlySet<Mistake>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    overscan: 6,
    initialRect: { width: 600, height: 400 },
    getItemKey: (index) => {
      const { text, label, predicted } = shown[index]!;
      return `${index} ${label} ${predicted} ${text.slice(0, 40)}`;
    },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const toggle = (mistake: Mistake) =>
    setOpened((now) => {
      const next = new Set(now);
      if (!next.delete(mistake)) next.add(mistake);
      return next;
    });

  return (
    <div
      className="mistakes"
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={say("mistakes.scrolls")}
    >
      <table aria-label={say("mistakes.name")} aria-rowcount={shown.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{say("mistakes.text")}</th>
            <th scope="col">{say("mistakes.label")}</th>
            <th scope="col">{say("mistakes.predicted")}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} columns={3} />}
          {items.map(({ index, key }) => {
            const mistake = shown[index]!;
            const isOpen = opened.has(mistake);
            const { text, textB, label, predicted } = mistake;
            const isLong = text.length + (textB?.length ?? 0) > short;
            return (
              <tr
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
              >
                <td className="text">
                  <p dir="auto">{isOpen ? text : cut(text)}</p>
                  {textB !== null && (
                    <p dir="auto" className="second">
                      {isOpen ? textB : cut(textB)}
                    </p>
                  )}
                  {(isLong || onWatch) && (
                    <span className="more">
                      {isLong && (
                        <button
                          type="button"
                          aria-expanded={isOpen}
                          onClick={() => toggle(mistake)}
                        >
                          {isOpen ? say("mistakes.less") : say("mistakes.more")}
                        </button>
                      )}
                      {onWatch && (
                        <button
                          type="button"
                          className="watch"
                          title={say("mistakes.watch explained")}
                          onClick={() => onWatch({ text, textB })}
                        >
                          {say("mistakes.watch")}
                        </button>
                      )}
                    </span>
                  )}
                </td>
                <Judgement
                  label={labels[label] ?? ""}
                  index={label}
                  probability={mistake.probabilityOfLabel}
                />
                <Judgement
                  label={labels[predicted] ?? ""}
                  index={predicted}
                  probability={mistake.confidence}
                />
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} columns={3} />}
        </tbody>
      </table>
    </div>
  );
}

function Judgement({
  label,
  index,
  probability,
}: {
  label: string;
  index: number;
  probability: number;
}) {
  return (
    <td className="judgement">
      <span className="head" title={label}>
        <i style={{ background: classColour(index) }} />
        <bdi>{label}</bdi>
      </span>
      <span className="probability">{percent(probability)}</span>
    </td>
  );
}

function cut(text: string): string {
  return text.length > short ? `${text.slice(0, short - 1)}…` : text;
}
