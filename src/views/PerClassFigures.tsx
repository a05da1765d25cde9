import { useMemo, useState } from "react";
import type { EvaluationProgress } from "../studio";
import { classColour } from "./classColour";
import { score } from "./numbers";
import "./PerClassFigures.css";

type Figures = EvaluationProgress["perClass"][number];
type Column = "label" | "precision" | "recall" | "f1" | "support";

const columns: { key: Column; heading: string; explain: string }[] = [
  { key: "label", heading: "Label", explain: "As in your file" },
  {
    key: "precision",
    heading: "Precision",
    explain: "Of those predicted so, the share that was right",
  },
  {
    key: "recall",
    heading: "Recall",
    explain: "Of those labelled so, the share that was found",
  },
  {
    key: "f1",
    heading: "F1",
    explain: "Harmonic mean of precision and recall",
  },
  {
    key: "support",
    heading: "Support",
    explain: "How many examples have this label",
  },
];

/** Precision, recall, F1 and support of each class; a heading sorts. */
export function PerClassFigures({ perClass }: { perClass: Figures[] }) {
  const [sort, setSort] = useState<{ by: Column; up: boolean } | null>(null);
  const rows = useMemo(() => {
    const all = perClass.map((figures, index) => ({ ...figures, index }));
    if (!sort) return all;
    const { by, up } = sort;
    return all.sort((a, b) => {
      const order =
        by === "label"
          ? a.label.localeCompare(b.label, undefined, { numeric: true })
          : a[by] - b[by];
      return up ? order : -order;
    });
  }, [perClass, sort]);

  return (
    <div
      className="per-class"
      role="group"
      aria-label="Per-class figures, scrolls"
      tabIndex={perClass.length > 12 ? 0 : undefined}
    >
      <table aria-label="Per-class figures">
        <thead>
          <tr>
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
                    title={explain}
                    onClick={() =>
                      setSort({
                        by: key,
                        // Names from A, numbers from the one to worry about.
                        up: up === null ? key !== "support" : !up,
                      })
                    }
                  >
                    {heading}
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
          {rows.map(({ index, label, precision, recall, f1, support }) => (
            <tr key={index}>
              <th scope="row" title={label}>
                <span className="head">
                  <i style={{ background: classColour(index) }} />
                  <bdi>{label}</bdi>
                </span>
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
              <td>{support}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
