// After a run was measured: the same on all rows, for those who now want the best
// weights more than another figure. And what to say where that was done.

import { canTakeAllRows, useStudio } from "../../studio";
import { many, score, whole } from "../controls/numbers";

export function AllRows() {
  const can = useStudio(canTakeAllRows);
  const run = useStudio((s) => s.run);
  const train = useStudio((s) => s.trainOnAllRows);
  if (!run) return null;
  const { decidedBy } = run.options;
  if (decidedBy)
    return (
      <p className="note all-rows">
        <bdi>{run.name}</bdi> {run.summary ? "has learned" : "learns"} from all{" "}
        {many(run.dataset.train, "row")}: nothing is held out, so no validation
        figure is claimed for it. How long it learns was decided by{" "}
        <bdi>{decidedBy.run}</bdi>, which reached accuracy{" "}
        {score(decidedBy.accuracy)} on the {whole(decidedBy.validation)} rows it
        held out.
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
        Train on all rows
      </button>
      <span className="note" id="all-rows-note">
        The same run on all{" "}
        {many(run.dataset.train + run.dataset.validation, "row")}, for the{" "}
        {Number(epochs.toFixed(1))} of {many(run.options.epochs, "epoch")} that
        served best. Nothing is held out then, so it comes without a validation
        figure.
      </span>
    </div>
  );
}
