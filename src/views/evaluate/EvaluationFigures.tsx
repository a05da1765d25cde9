// One evaluation in full, as its task has it: one line a task.

import { memo } from "react";
import type { Baselines, EvaluationProgress } from "../../studio";
import { ManyLabelsFigures } from "./tasks/ManyLabels";
import { MaskedWordsFigures } from "./tasks/MaskedWords";
import { OneLabelFigures } from "./tasks/OneLabel";
import { ScoreFigures } from "./tasks/Score";
import { SpansFigures } from "./tasks/Spans";

export const EvaluationFigures = memo(function EvaluationFigures({
  evaluation,
  baselines,
}: {
  evaluation: EvaluationProgress;
  /** Of the validation part. */
  baselines: Baselines | null;
}) {
  switch (evaluation.task) {
    case "one label":
      return <OneLabelFigures {...{ evaluation, baselines }} />;
    case "many labels":
      return <ManyLabelsFigures {...{ evaluation, baselines }} />;
    case "score":
      return <ScoreFigures {...{ evaluation, baselines }} />;
    case "masked words":
      return <MaskedWordsFigures evaluation={evaluation} />;
    case "spans":
    case "roles":
      return <SpansFigures {...{ evaluation, baselines }} />;
  }
});
