// What the model says of a text: its labels, most likely first, its
// score, or its spans.

import { useMemo, useState } from "react";
import { say } from "../../say";
import type { Prediction } from "../../studio";
import { classColour } from "../controls/classColour";
import { figure, percent } from "../controls/numbers";
import { Fillings } from "./Fillings";
import { RowList } from "../controls/RowList";
import { manyLabels } from "../data/rows";
import { PredictedSpans } from "./PredictedSpans";

/** Rows shown before all are asked for. */
const atFirst = 6;

export function Predictions({
  text,
  predicate = null,
  labels,
  prediction,
}: {
  /** What it says this of. */
  text: string;
  /** Of roles: whose they are. */
  predicate?: string | null;
  labels: string[];
  prediction: Prediction;
}) {
  const [all, setAll] = useState(false);
  const { thresholds, score, spans } = prediction;
  const order = useMemo(
    () =>
      prediction.probabilities
        .map((probability, index) => ({ probability, index }))
        .sort((a, b) => b.probability - a.probability),
    [prediction],
  );
  const hidden = order.slice(atFirst);
  const item = (at: number) => {
    const { probability, index } = order[at]!;
    return (
      <>
        <bdi className="label" title={labels[index]}>
          {labels[index]}
        </bdi>
        <i className="bar" aria-hidden="true">
          <i
            style={{
              width: `${(probability * 100).toFixed(1)}%`,
              background: classColour(index),
            }}
          />
          {thresholds && (
            <i
              className="threshold"
              title={say("try.given", {
                threshold: percent(thresholds[index] ?? 0),
              })}
              style={{ left: `${100 * (thresholds[index] ?? 0)}%` }}
            />
          )}
        </i>
        <span className="probability">{percent(probability)}</span>
      </>
    );
  };
  if (spans) return <PredictedSpans {...{ text, predicate, spans, labels }} />;
  if (score !== undefined)
    return (
      <ol aria-label={say("try.predictions")} className="predictions">
        <li>
          <bdi className="label">{labels[0] ?? say("try.score")}</bdi>
          <span className="score">{figure(score)}</span>
        </li>
      </ol>
    );
  if (prediction.fillings) return <Fillings fillings={prediction.fillings} />;
  const given = (index: number) =>
    (prediction.probabilities[index] ?? 0) >= (thresholds?.[index] ?? Infinity);
  return (
    <>
      {thresholds && !order.some(({ index }) => given(index)) && (
        <p className="note" role="status">
          {say("try.none given")}
        </p>
      )}
      {all && order.length > manyLabels ? (
        <RowList
          name={say("try.predictions")}
          className="predictions"
          count={order.length}
          rowHeight={24}
          height={360}
          item={item}
        />
      ) : (
        <ol
          aria-label={say("try.predictions")}
          className={thresholds ? "predictions many" : "predictions"}
        >
          {(all ? order : order.slice(0, atFirst)).map(({ index }, at) => (
            <li key={index} className={given(index) ? "given" : undefined}>
              {item(at)}
            </li>
          ))}
        </ol>
      )}
      {hidden.length > 0 && (
        <button
          type="button"
          className="button quiet small"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all
            ? say("try.fewer")
            : thresholds
              ? say("try.more labels", { count: hidden.length })
              : say("try.more", {
                  count: hidden.length,
                  share: percent(
                    hidden.reduce(
                      (sum, { probability }) => sum + probability,
                      0,
                    ),
                  ),
                })}
        </button>
      )}
    </>
  );
}
