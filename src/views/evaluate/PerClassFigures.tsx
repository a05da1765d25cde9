import { useMemo, useState, type ReactNode } from "react";
import type { Said } from "../../said";
import { say } from "../../say";
import type { ManyLabelsEvaluation, OneLabelEvaluation } from "../../studio";
import { ClassName } from "../controls/ClassName";
import { score } from "../controls/numbers";
import "./PerClassFigures.css";
import { useRows } from "../data/rows";
import { Gap } from "../controls/ShowAsTable";

type Figures = OneLabelEvaluation["perClass"][number];
type LabelFigures = ManyLabelsEvaluation["perLabel"][number];
type Column = keyof LabelFigures;

interface Heading {
  key: Column;
  heading: Said["code"];
  explain: Said["code"];
}

const columns: Heading[] = [
  {
    key: "label",
    heading: "classes.label",
    explain: "classes.label explained",
  },
  {
    key: "precision",
    heading: "classes.precision",
    explain: "classes.precision explained",
  },
  {
    key: "recall",
    heading: "classes.recall",
    explain: "classes.recall explained",
  },
  {
    key: "f1",
    heading: "classes.F1",
    explain: "classes.F1 explained",
  },
  {
    key: "support",
    heading: "classes.support",
    explain: "classes.support explained",
  },
];
const ofMany: Heading[] = [
  ...columns.slice(0, 4),
  {
    key: "averagePrecision",
    heading: "classes.average precision",
    explain: "classes.average precision explained",
  },
  {
    key: "threshold",
    heading: "classes.threshold",
    explain: "classes.threshold explained",
  },
  ...columns.slice(4),
];

/** Precision, recall, F1 and support of each class; a heading sorts. */
export const PerClassFigures = (
  given: Omit<TableProps<Figures>, "columns" | "more">,
) => <FiguresTable {...given} columns={columns} />;

/** As of one label, with the ranking's figure and the threshold of each; a label chooses its mistakes. */
export const PerLabelFigures = (
  given: Omit<TableProps<LabelFigures>, "columns" | "more">,
) => (
  <FiguresTable
    {...given}
    columns={ofMany}
    more={({ averagePrecision, threshold }) => (
      <>
        <td>{score(averagePrecision)}</td>
        <td>{score(threshold)}</td>
      </>
    )}
  />
);

interface TableProps<F extends Figures> {
  perClass: F[];
  columns: Heading[];
  /** Cells between F1 and support. */
  more?(figures: F): ReactNode;
  /** Words that a label must have. */
  find?: string;
  /** The label whose mistakes are shown. */
  chosen?: number | null;
  onChoose?(label: number | null): void;
}

function FiguresTable<F extends Figures>({
  perClass,
  columns,
  more,
  find = "",
  chosen = null,
  onChoose,
}: TableProps<F>) {
  const [sort, setSort] = useState<{ by: Column; up: boolean } | null>(null);
  const rows = useMemo(() => {
    const words = find.trim().toLowerCase();
    const all = perClass
      .map((figures, index) => ({ ...figures, index }))
      .filter(({ label }) => label.toLowerCase().includes(words));
    if (!sort) return all;
    const { by, up } = sort;
    return all.sort((a, b) => {
      const order =
        by === "label"
          ? a.label.localeCompare(b.label, undefined, { numeric: true })
          : valueOf(a, by) - valueOf(b, by);
      return up ? order : -order;
    });
  }, [perClass, sort, find]);
  const { scroller, indices, before, after } = useRows(rows.length, 27, 400);

  return (
    <div
      className="per-class"
      ref={scroller}
      role="group"
      aria-label={say("classes.scrolls")}
      tabIndex={perClass.length > 12 ? 0 : undefined}
    >
      <table
        aria-label={say("classes.figures")}
        aria-rowcount={rows.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ key, heading, explain }) => {
              const up = sort?.by === key ? sort.up : null;
              return (
                <th
                  key={key}
                  scope="col"
                  aria-sort={
                    up === null ? undefined : up ? "ascending" : "descending"
                  }
                >
                  <button
                    type="button"
                    title={say(explain)}
                    onClick={() =>
                      setSort({
                        by: key,
                        // Names from A, numbers from the one to worry about.
                        up: up === null ? key !== "support" : !up,
                      })
                    }
                  >
                    {say(heading)}
                    <span aria-hidden="true" className="arrow">
                      {up === null ? "" : up ? "↑" : "↓"}
                    </span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} columns={columns.length} />}
          {indices.map((at) => {
            const figures = rows[at]!;
            const { index, label, precision, recall, f1, support } = figures;
            return (
              <tr key={index} aria-rowindex={at + 2}>
                <th scope="row">
                  {onChoose ? (
                    <button
                      type="button"
                      className="choose"
                      aria-pressed={chosen === index}
                      title={say("classes.choose")}
                      onClick={() => onChoose(chosen === index ? null : index)}
                    >
                      <ClassName label={label} index={index} stops={false} />
                    </button>
                  ) : (
                    <ClassName label={label} index={index} />
                  )}
                </th>
                <td>{score(precision)}</td>
                <td>{score(recall)}</td>
                <td className="f1">
                  <i
                    aria-hidden="true"
                    style={{ width: `${Math.round(f1 * 100)}%` }}
                  />
                  <span>{score(f1)}</span>
                </td>
                {more?.(figures)}
                <td>{support}</td>
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

const valueOf = (figures: Figures & Partial<LabelFigures>, by: Column) =>
  Number(figures[by]);
