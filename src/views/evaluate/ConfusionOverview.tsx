// The confusion of more labels than a square of cells can show: a picture of the
// whole, and the pairs as a table, the most confused ones first.

import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { say } from "../../say";
import {
  confusionCells,
  type Confusion,
  type ConfusionCell,
} from "../../studio";
import { ClassName } from "../controls/ClassName";
import { cut, type Pair } from "./pair";
import "./ConfusionOverview.css";
import { drawConfusion } from "./drawConfusion";
import { useTheme } from "../controls/ramp";
import { Say } from "../controls/Said";
import { useRows } from "../data/rows";
import { Gap } from "../controls/ShowAsTable";
import { useWidth } from "../controls/useWidth";

const rowHeight = 28;
const tableHeight = 330;
/** The picture's largest side. */
const largest = 330;

export function ConfusionOverview({
  labels,
  confusion,
  chosen,
  onChoose,
  find = "",
}: {
  labels: string[];
  confusion: Confusion;
  chosen: Pair | null;
  onChoose(pair: Pair | null): void;
  find?: string;
}) {
  const { cells, totals } = useMemo(() => read(confusion), [confusion]);
  const words = find.trim().toLowerCase();
  const shown = useMemo(() => {
    const has = labels.map((label) => label.toLowerCase().includes(words));
    return words === ""
      ? cells
      : cells.filter(({ label, predicted }) => has[label] || has[predicted]);
  }, [cells, labels, words]);
  const press = (pair: Pair) => onChoose(isSame(chosen, pair) ? null : pair);
  const wrong = cells.filter(({ label, predicted }) => label !== predicted);
  return (
    <div className="confusion-overview">
      <Picture
        labels={labels}
        cells={cells}
        totals={totals}
        chosen={chosen}
        onPress={press}
      />
      <div className="pairs-block">
        <p className="note" role="status">
          {words === ""
            ? say("confusion.pairs", { count: wrong.length })
            : say("confusion.pairs found", {
                count: shown.length,
                words: cut(find.trim()),
              })}
        </p>
        <Pairs
          labels={labels}
          cells={shown}
          totals={totals}
          chosen={chosen}
          onPress={press}
        />
      </div>
    </div>
  );
}

/** Confused pairs first, the most frequent of them first. */
function read(confusion: Confusion) {
  const cells = confusionCells(confusion);
  const totals = new Float64Array(confusion.labels);
  for (const { label, count } of cells) totals[label]! += count;
  const isRight = (cell: ConfusionCell) =>
    Number(cell.label === cell.predicted);
  cells.sort(
    (a, b) =>
      isRight(a) - isRight(b) ||
      b.count - a.count ||
      b.count / totals[b.label]! - a.count / totals[a.label]! ||
      a.label - b.label,
  );
  return { cells, totals };
}

interface Parts {
  labels: string[];
  cells: ConfusionCell[];
  /** Examples of each label. */
  totals: Float64Array;
  chosen: Pair | null;
  onPress(pair: Pair): void;
}

function Pairs({ labels, cells, totals, chosen, onPress }: Parts) {
  const { scroller, indices, before, after } = useRows(
    cells.length,
    rowHeight,
    tableHeight,
  );
  return (
    <div
      className="pairs"
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={say("confusion.scrolls")}
    >
      <table
        aria-label={say("confusion.heading")}
        aria-rowcount={cells.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{say("confusion.label")}</th>
            <th scope="col">{say("confusion.predicted")}</th>
            <th scope="col">{say("confusion.examples")}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} columns={3} />}
          {indices.map((index) => {
            const cell = cells[index]!;
            const { label, predicted, count } = cell;
            return (
              <tr key={`${label} ${predicted}`} aria-rowindex={index + 2}>
                <th scope="row">
                  <ClassName
                    label={labels[label]!}
                    index={label}
                    stops={false}
                  />
                </th>
                <td>
                  {label === predicted ? (
                    <span className="same">{say("confusion.same")}</span>
                  ) : (
                    <ClassName
                      label={labels[predicted]!}
                      index={predicted}
                      stops={false}
                    />
                  )}
                </td>
                <td>
                  <button
                    type="button"
                    className="button quiet small"
                    aria-pressed={isSame(chosen, cell)}
                    title={say("confusion.show")}
                    onClick={() => onPress(cell)}
                  >
                    {say("confusion.share", {
                      count,
                      total: totals[label]!,
                    })}
                  </button>
                </td>
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} columns={3} />}
        </tbody>
      </table>
    </div>
  );
}

/** One canvas, however many labels; what it shows is in the table as well. */
function Picture({ labels, cells, totals, chosen, onPress }: Parts) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, width] = useWidth<HTMLDivElement>();
  const theme = useTheme();
  const side = Math.min(largest, Math.floor(width));
  const [near, setNear] = useState<ConfusionCell | null>(null);
  useEffect(() => {
    if (canvas.current && side > 0)
      drawConfusion(canvas.current, side, labels.length, cells, totals, {
        theme,
        marked: near ?? chosen,
      });
  }, [side, labels.length, cells, totals, theme, near, chosen]);
  const at = (event: PointerEvent | React.MouseEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const scale = labels.length / Math.max(1, side);
    return nearest(
      cells,
      (event.clientY - top) * scale - 0.5,
      (event.clientX - left) * scale - 0.5,
      Math.max(0.5, 8 * scale),
    );
  };
  return (
    <div className="picture" ref={box}>
      <p className="axes" aria-hidden="true">
        {say("confusion.axes")}
      </p>
      <canvas
        ref={canvas}
        role="img"
        aria-label={say("confusion.picture", { labels: labels.length })}
        onPointerMove={(event) => setNear(at(event))}
        onPointerLeave={() => setNear(null)}
        onClick={(event) => {
          const cell = at(event);
          if (cell) onPress(cell);
        }}
      />
      <p className="readout" aria-hidden="true">
        {near && (
          <Say
            code={
              near.label === near.predicted
                ? "confusion.right"
                : "confusion.wrong"
            }
            values={{
              count: near.count,
              total: totals[near.label]!,
              label: <bdi>{cut(labels[near.label]!)}</bdi>,
              predicted: <bdi>{cut(labels[near.predicted]!)}</bdi>,
            }}
          />
        )}
      </p>
    </div>
  );
}

function nearest(
  cells: ConfusionCell[],
  row: number,
  column: number,
  within: number,
): ConfusionCell | null {
  let best: ConfusionCell | null = null;
  let least = within;
  for (const cell of cells) {
    const distance = Math.max(
      Math.abs(cell.label - row),
      Math.abs(cell.predicted - column),
    );
    if (distance >= least) continue;
    least = distance;
    best = cell;
  }
  return best;
}

function isSame(a: Pair | null, b: Pair): boolean {
  return a?.label === b.label && a.predicted === b.predicted;
}
