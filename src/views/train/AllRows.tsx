// After a run was measured: the same on all rows, for those who now want the best
// weights more than another figure. And what to say where that was done.

import { figuresOf } from "../../task";
import { say } from "../../say";
import { canTakeAllRows, useStudio } from "../../studio";
import { metricFigure } from "../controls/numbers";
import { Say } from "../controls/Said";

export function AllRows() {
  const can = useStudio(canTakeAllRows);
  const run = useStudio((s) => s.run);
  const train = useStudio((s) => s.trainOnAllRows);
  if (!run) return null;
  const { decidedBy } = run.options;
  const [metric] = figuresOf[run.dataset.task].headlines;
  if (decidedBy)
    return (
      <p className="note all-rows">
        <Say
          code={run.summary ? "all rows.has learned" : "all rows.learns"}
          values={{
            run: <bdi>{run.name}</bdi>,
            rows: run.dataset.train,
            decider: <bdi>{decidedBy.run}</bdi>,
            metric: say(`metric.${metric} short`),
            value: metricFigure(metric, decidedBy.metrics[metric] ?? 0),
            validation: decidedBy.validation,
          }}
        />
      </p>
    );
  if (!can) return null;
  const { bestStep, steps } = run.summary!;
  const epochs = (run.options.epochs * bestStep) / steps;
  return (
    <div className="all-rows">
      <button
        type="button"
        className="button"
        aria-describedby="all-rows-note"
        onClick={() => void train()}
      >
        {say("all rows.train")}
      </button>
      <span className="note" id="all-rows-note">
        {say("all rows.what", {
          rows: run.dataset.train + run.dataset.validation,
          served: Number(epochs.toFixed(1)),
          epochs: run.options.epochs,
        })}
      </span>
    </div>
  );
}
