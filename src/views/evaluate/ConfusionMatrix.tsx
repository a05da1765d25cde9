// Which label was taken for which. A real table: every cell has its row and its
// column header, up to 40 labels; more are a picture and a list of pairs.

import { memo, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { say } from "../../say";
import { denseConfusion, useStudio, type Confusion } from "../../studio";
import { standsUpright } from "../attention/attention";
import { classColour } from "../controls/classColour";
import "./ConfusionMatrix.css";
import { ConfusionOverview } from "./ConfusionOverview";
import { cut, type Pair } from "./pair";
import { manyLabels } from "../data/rows";

interface Shown {
  labels: string[];
  confusion: Confusion;
  chosen: Pair | null;
  onChoose(pair: Pair | null): void;
  /** Words that a pair's labels must have; only where there are many. */
  find?: string;
}

export const ConfusionMatrix = memo(function ConfusionMatrix(shown: Shown) {
  // Memoised, and yet drawn anew in another language.
  useStudio(({ language }) => language);
  return shown.labels.length > manyLabels ? (
    <ConfusionOverview {...shown} />
  ) : (
    <ConfusionSquare {...shown} />
  );
});

function ConfusionSquare({
  labels,
  confusion: cells,
  chosen,
  onChoose,
}: Shown) {
  const table = useRef<HTMLTableElement>(null);
  const count = labels.length;
  const confusion = useMemo(() => denseConfusion(cells), [cells]);
  // One cell is in the tab order; arrow keys lead to the others.
  const [entry, setEntry] = useState<string | null>(null);
  const density = count <= 8 ? "roomy" : count <= 24 ? "close" : "dense";

  const totals = labels.map((_, row) =>
    confusion
      .slice(row * count, (row + 1) * count)
      .reduce((sum, value) => sum + value, 0),
  );
  const firstFilled = confusion.findIndex((value) => value > 0);
  const entryKey =
    entry ?? `${Math.floor(firstFilled / count)},${firstFilled % count}`;

  const pairOf = (target: EventTarget): Pair | null => {
    const cell = (target as Element).closest?.("button[data-cell]");
    const [label, predicted] =
      cell?.getAttribute("data-cell")?.split(",").map(Number) ?? [];
    return label === undefined || predicted === undefined
      ? null
      : { label, predicted };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = pairOf(event.target);
    const by = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    }[event.key];
    if (!from || !by) return;
    event.preventDefault();
    // The next cell in that direction that holds anything.
    let { label, predicted } = from;
    for (;;) {
      label += by[0]!;
      predicted += by[1]!;
      const inside =
        label >= 0 && predicted >= 0 && label < count && predicted < count;
      if (!inside) return;
      if (confusion[label * count + predicted]) break;
    }
    const key = `${label},${predicted}`;
    setEntry(key);
    table.current
      ?.querySelector<HTMLButtonElement>(`[data-cell="${key}"]`)
      ?.focus();
  };

  return (
    <div
      className={`confusion ${density}`}
      role="group"
      aria-label={say("confusion.scrolls")}
      style={{ "--count": count } as object}
      tabIndex={density === "dense" ? 0 : undefined}
    >
      <table
        ref={table}
        aria-label={say("confusion.heading")}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const pair = pairOf(event.target);
          if (!pair) return;
          setEntry(`${pair.label},${pair.predicted}`);
          const again =
            chosen?.label === pair.label && chosen.predicted === pair.predicted;
          onChoose(again ? null : pair);
        }}
      >
        <thead>
          <tr>
            <td className="corner">
              <span className="axes" aria-hidden="true">
                {say("confusion.predicted axis")}
                <br />
                {say("confusion.label axis")}
              </span>
            </td>
            {labels.map((label, i) => (
              <th key={i} scope="col" title={label}>
                <span
                  dir="auto"
                  className={standsUpright(label) ? "turned upright" : "turned"}
                >
                  {label}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, row) => (
            <tr key={row}>
              <th scope="row" title={label}>
                <span className="head">
                  <i style={{ background: classColour(row) }} />
                  <bdi>{label}</bdi>
                </span>
              </th>
              {labels.map((predicted, column) => {
                const value = confusion[row * count + column] ?? 0;
                if (value === 0)
                  return (
                    <td
                      key={column}
                      className={row === column ? "zero right" : "zero"}
                    >
                      <span>0</span>
                    </td>
                  );
                const key = `${row},${column}`;
                const isChosen =
                  chosen?.label === row && chosen.predicted === column;
                return (
                  <td key={column} className={row === column ? "right" : ""}>
                    <button
                      type="button"
                      data-cell={key}
                      tabIndex={key === entryKey ? 0 : -1}
                      aria-pressed={isChosen}
                      title={say("confusion.cell", {
                        count: value,
                        total: totals[row]!,
                        label: cut(label),
                        predicted: cut(predicted),
                      })}
                      style={
                        { "--share": shade(value / totals[row]!) } as object
                      }
                    >
                      <span>{value}</span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A single example is still seen: the ramp starts a little above nothing. */
function shade(share: number): string {
  return (0.16 + 0.84 * share).toFixed(3);
}
