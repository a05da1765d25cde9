import { said, type Said } from "../../said";
import { say } from "../../say";
import { fewTexts } from "../../statistics";
import {
  useStudio,
  type Baselines,
  type EvaluationProgress,
} from "../../studio";
import { loss } from "../controls/numbers";

/** What stands beside the scores: which weights, on how many texts, and how little that may say. */
export function Facts({
  evaluation,
  count,
  baselines,
  interval,
}: {
  evaluation: EvaluationProgress;
  /** Texts that were judged. */
  count: number;
  baselines: Baselines | null;
  interval: [number, number] | undefined;
}) {
  const isOver = useStudio((studio) => studio.run?.summary != null);
  const ofTest = evaluation.part === "test";
  const trained = evaluation.step > 0 && (ofTest || isOver);
  return (
    <p className="facts">
      {trained
        ? say(ofTest ? "evaluation.kept weights" : "evaluation.weights", {
            step: evaluation.step,
            facts: factsOf(evaluation, count),
          })
        : say(factsOf(evaluation, count))}
      {ofTest && baselines && <> {say("evaluation.baselines of validation")}</>}
      {interval && count < fewTexts && (
        <b className="few">
          {" "}
          {say("evaluation.few texts", {
            low: interval[0].toFixed(2),
            high: interval[1].toFixed(2),
          })}
        </b>
      )}
    </p>
  );
}

/** How much was judged, and how well in a line. */
function factsOf(evaluation: EvaluationProgress, count: number): Said {
  const code = {
    all: "evaluation.of rows",
    train: "evaluation.of validation examples",
    validation: "evaluation.of validation examples",
    test: "evaluation.of test examples",
  } as const;
  return said(code[evaluation.part], {
    count,
    wrong: evaluation.mistakeCount,
    loss: loss(evaluation.loss),
  });
}
