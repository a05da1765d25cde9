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
  const facts = { count, loss: loss(evaluation.loss) };
  return "mistakeCount" in evaluation
    ? said(codes[evaluation.part], { ...facts, wrong: evaluation.mistakeCount })
    : said(scoredCodes[evaluation.part], facts);
}

const codes = {
  all: "evaluation.of rows",
  train: "evaluation.of validation examples",
  validation: "evaluation.of validation examples",
  test: "evaluation.of test examples",
} as const;
/** Of scores, which are never simply wrong. */
const scoredCodes = {
  all: "evaluation.of scored rows",
  train: "evaluation.of scored validation examples",
  validation: "evaluation.of scored validation examples",
  test: "evaluation.of scored test examples",
} as const;
