// Which word looks at which, in two views of one square: a heat map on a canvas,
// for 512 tokens as for five, and the words in a row, shaded by how much one of
// them looks at the others. Both are read with a pointer or with arrow keys.

import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from "react";
import { said, type Said } from "../../said";
import { say } from "../../say";
import { direction, strongest, transposed, type Square } from "./attention";
import "./AttentionMap.css";
import { drawSquare, layOut } from "./drawSquare";
import { percent } from "../controls/numbers";
import { useTheme } from "../controls/ramp";
import { Say } from "../controls/Said";
import { FigureTable } from "../controls/ShowAsTable";
import { useWidth } from "../controls/useWidth";

interface Cell {
  row: number;
  column: number;
}

/** The heat map. Rows look, columns are looked at. */
export function AttentionMap({
  square,
  maxHeight,
}: {
  square: Square;
  maxHeight: number;
}) {
  const [box, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const [cursor, setCursor] = useState<Cell | null>(null);
  const [spoken, setSpoken] = useState<Said | null>(null);
  const hint = useId();
  const { size, labels, values } = square;

  const layout = useMemo(
    () => (width > 0 ? layOut(labels, width, maxHeight) : null),
    [labels, width, maxHeight],
  );
  // The sentence may have become shorter.
  const cell =
    cursor && cursor.row < size && cursor.column < size ? cursor : null;

  useEffect(() => {
    if (!canvas.current || !layout) return;
    drawSquare(canvas.current, square, layout, theme, cell);
  }, [square, layout, theme, cell]);

  const sentence = ({ row, column }: Cell) =>
    said("attention.pair spoken", {
      row: labels[row]!,
      column: labels[column]!,
      share: percent(values[row * size + column]!),
    });

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.shiftKey ? 10 : 1;
    const { row, column } = cell ?? { row: 0, column: 0 };
    const within = (i: number) => Math.min(size - 1, Math.max(0, i));
    const to = {
      ArrowUp: { row: within(row - by), column },
      ArrowDown: { row: within(row + by), column },
      ArrowLeft: { row, column: within(column - by) },
      ArrowRight: { row, column: within(column + by) },
      Home: { row, column: 0 },
      End: { row, column: size - 1 },
    }[event.key];
    if (event.key === "Escape") setCursor(null);
    if (!to) return;
    event.preventDefault();
    setCursor(cell ? to : { row: 0, column: 0 });
    setSpoken(sentence(cell ? to : { row: 0, column: 0 }));
  };

  return (
    <div className="attention-map" ref={box}>
      {layout && (
        <div
          className="matrix"
          role="application"
          aria-label={say("attention.matrix", { size })}
          aria-describedby={hint}
          tabIndex={0}
          style={{ height: layout.height }}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => {
            const { left, top } = event.currentTarget.getBoundingClientRect();
            const column = Math.floor(
              (event.clientX - left - layout.left) / layout.cell,
            );
            const row = Math.floor(
              (event.clientY - top - layout.top) / layout.cell,
            );
            const inside =
              row >= 0 && row < size && column >= 0 && column < size;
            setCursor(inside ? { row, column } : null);
          }}
          onPointerLeave={() => setCursor(null)}
        >
          <canvas ref={canvas} aria-hidden="true" />
        </div>
      )}
      <span className="unseen" id={hint}>
        {say("attention.keys")}
      </span>
      <p
        className="cell"
        aria-hidden="true"
        style={layout ? { maxWidth: layout.left + layout.cell * size } : {}}
      >
        {cell ? (
          <Say
            code="attention.pair"
            values={{
              row: <bdi>{labels[cell.row]}</bdi>,
              column: <bdi>{labels[cell.column]}</bdi>,
              share: <b>{percent(values[cell.row * size + cell.column]!)}</b>,
            }}
          />
        ) : (
          <span className="quiet">{say("attention.rows and columns")}</span>
        )}
        <span className="scale">
          0 <i /> {percent(square.max)}
        </span>
      </p>
      <span className="unseen" role="log" aria-live="polite">
        {spoken && say(spoken)}
      </span>
    </div>
  );
}

/** The words in a row: one is chosen, the others are shaded. */
export function AttentionWords({ square }: { square: Square }) {
  const [wanted, setWanted] = useState(0);
  const [turned, setTurned] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = useMemo(
    () => (turned ? transposed(square) : square),
    [square, turned],
  );
  const { size, labels, special } = shown;
  const chosen = Math.min(wanted, size - 1);
  const row = shown.values.subarray(chosen * size, (chosen + 1) * size);
  const top = row.reduce((a, b) => Math.max(a, b), 0) || 1;
  const first = strongest(shown, chosen).slice(0, 3);

  const onKeyDown = (event: KeyboardEvent) => {
    const forward = direction(square) === "rtl" ? -1 : 1;
    const to = {
      ArrowLeft: chosen - forward,
      ArrowRight: chosen + forward,
      ArrowUp: chosen - 1,
      ArrowDown: chosen + 1,
      Home: 0,
      End: size - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(size - 1, Math.max(0, to));
    setWanted(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };

  if (size === 0) return <p className="quiet">{say("attention.no words")}</p>;
  return (
    <div className="attention-words">
      <div
        className="words"
        ref={list}
        role="listbox"
        aria-label={say("attention.words")}
        aria-activedescendant={`${id}-${chosen}`}
        aria-describedby={`${id}-says`}
        tabIndex={0}
        dir={direction(square)}
        onKeyDown={onKeyDown}
      >
        {labels.map((label, i) => (
          <span
            key={i}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            className={special[i] ? "word special" : "word"}
            title={`${label}: ${percent(row[i]!)}`}
            style={{ "--share": (row[i]! / top).toFixed(3) } as object}
            onClick={() => setWanted(i)}
          >
            {label}
          </span>
        ))}
      </div>
      <p className="says" id={`${id}-says`}>
        <Say
          code="attention.word and others"
          values={{
            word: <bdi className="subject">{labels[chosen]}</bdi>,
            turn: (
              <button
                type="button"
                className="turn"
                aria-pressed={turned}
                title={say("attention.turn")}
                onClick={() => setTurned(!turned)}
              >
                {turned
                  ? say("attention.is looked at by")
                  : say("attention.looks at")}
              </button>
            ),
            others: (
              <>
                {first.map((i, n) => (
                  <span key={i}>
                    {n > 0 && say("list.comma")}
                    <bdi>{labels[i]}</bdi> <b>{percent(row[i]!)}</b>
                  </span>
                ))}
              </>
            ),
          }}
        />
      </p>
    </div>
  );
}

/** Every pair, each word's strongest first. */
export function AttentionTable({
  square,
  height,
}: {
  square: Square;
  height: number;
}) {
  const { size, labels, values } = square;
  // Sorted row by row, when a row comes into sight.
  const orders = useMemo(() => {
    const known = new Map<number, number[]>();
    return (row: number) => {
      const order = known.get(row) ?? strongest(square, row);
      known.set(row, order);
      return order;
    };
  }, [square]);
  return (
    <FigureTable
      name={say("attention.map")}
      headings={[
        say("attention.table word"),
        say("attention.table looks at"),
        say("attention.table share"),
      ]}
      words={2}
      rows={size * size}
      height={height}
      cell={(index, column) => {
        const row = Math.floor(index / size);
        const key = orders(row)[index % size]!;
        if (column === 0) return <bdi>{labels[row]}</bdi>;
        if (column === 1) return <bdi>{labels[key]}</bdi>;
        return values[row * size + key]!.toFixed(4);
      }}
    />
  );
}
