// The two figures of a task that stand large, each beside what it must beat, and
// the others of it.

import { say } from "../../say";
import { wilson } from "../../statistics";
import type { Baselines, EvaluationProgress } from "../../studio";
import { figuresOf, lowerIsBetter, type Metric } from "../../task";
import { Headline } from "../app/Headline";
import { metricFigure } from "../controls/numbers";
import { Facts } from "./Facts";

export interface FiguresProps<E extends EvaluationProgress> {
  evaluation: E;
  /** Of the validation part. */
  baselines: Baselines | null;
}

export function Headlines({
  evaluation,
  baselines,
}: FiguresProps<EvaluationProgress>) {
  const { task, count, step } = evaluation;
  const { headlines, metrics } = figuresOf[task];
  // None are computed for what was not trained here.
  const none = step === 0 && !baselines;
  const beside = (metric: Metric) =>
    none
      ? []
      : baselines && [
          {
            name: say(`baseline.${task}`),
            value: baselines.majority[metric] ?? 0,
          },
          {
            name: say(`learned.${task}`),
            value: baselines.bagOfWords[metric] ?? 0,
          },
        ];
  const interval =
    count > 0 && evaluation.accuracy !== undefined
      ? wilson(evaluation.accuracy, count)
      : undefined;
  const others = metrics.filter((metric) => !headlines.includes(metric));
  return (
    <div className="headlines">
      {headlines.map((metric) => (
        <Headline
          key={metric}
          name={say(`metric.${metric}`)}
          explain={say(`metric.${metric} explained`)}
          value={evaluation[metric] ?? 0}
          baselines={beside(metric)}
          lower={lowerIsBetter(metric)}
          interval={metric === "accuracy" ? interval : undefined}
        />
      ))}
      {others.length > 0 && (
        <dl className="other-figures">
          {others.map((metric) => (
            <div key={metric} title={say(`metric.${metric} explained`)}>
              <dt>{say(`metric.${metric}`)}</dt>
              <dd>{metricFigure(metric, evaluation[metric] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Facts {...{ evaluation, count, baselines, interval }} />
    </div>
  );
}
