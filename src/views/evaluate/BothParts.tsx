import { Fragment } from "react";
import { figuresOf } from "../../task";
import { wilson } from "../../statistics";
import { say } from "../../say";
import type { EvaluationProgress } from "../../studio";
import { metricFigure, whole } from "../controls/numbers";
import "./EvaluationPanel.css";

/** Both figures of the kept weights at once: the one that chose them, and the one that did not. */
export function BothParts({
  validation,
  test,
}: {
  validation: EvaluationProgress;
  test: EvaluationProgress;
}) {
  const { headlines } = figuresOf[validation.task];
  return (
    <table className="both" aria-label={say("evaluation.both")}>
      <thead>
        <tr>
          <th scope="col">
            {say("evaluation.both step", { step: test.step })}
          </th>
          <th scope="col">{say("evaluation.both texts")}</th>
          {headlines.map((metric) => (
            <Fragment key={metric}>
              <th scope="col">{say(`metric.${metric}`)}</th>
              {metric === "accuracy" && (
                <th scope="col">{say("evaluation.both interval")}</th>
              )}
            </Fragment>
          ))}
        </tr>
      </thead>
      <tbody>
        {[validation, test].map((each) => {
          return (
            <tr key={each.part}>
              <th scope="row">
                {each === test
                  ? say("evaluation.test")
                  : say("evaluation.validation")}
              </th>
              <td>{whole(each.count)}</td>
              {headlines.map((metric) => (
                <Fragment key={metric}>
                  <td>{metricFigure(metric, each[metric] ?? 0)}</td>
                  {metric === "accuracy" && <td>{interval(each)}</td>}
                </Fragment>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function interval({ accuracy = 0, count }: EvaluationProgress): string {
  if (count === 0) return "–";
  const [low, high] = wilson(accuracy, count);
  return `${low.toFixed(2)}–${high.toFixed(2)}`;
}
