import { wilson } from "../../statistics";
import { say } from "../../say";
import type { EvaluationProgress } from "../../studio";
import { score, whole } from "../controls/numbers";
import "./EvaluationPanel.css";

/** Both figures of the kept weights at once: the one that chose them, and the one that did not. */
export function BothParts({
  validation,
  test,
}: {
  validation: EvaluationProgress;
  test: EvaluationProgress;
}) {
  return (
    <table className="both" aria-label={say("evaluation.both")}>
      <thead>
        <tr>
          <th scope="col">
            {say("evaluation.both step", { step: test.step })}
          </th>
          <th scope="col">{say("evaluation.both texts")}</th>
          <th scope="col">{say("evaluation.accuracy")}</th>
          <th scope="col">{say("evaluation.both interval")}</th>
          <th scope="col">{say("evaluation.macro-F1")}</th>
        </tr>
      </thead>
      <tbody>
        {[validation, test].map((each) => {
          const count = each.perClass.reduce(
            (sum, { support }) => sum + support,
            0,
          );
          const [low, high] = wilson(each.accuracy, count);
          return (
            <tr key={each.part}>
              <th scope="row">
                {each === test
                  ? say("evaluation.test")
                  : say("evaluation.validation")}
              </th>
              <td>{whole(count)}</td>
              <td>{score(each.accuracy)}</td>
              <td>
                {count > 0 ? `${low.toFixed(2)}–${high.toFixed(2)}` : "–"}
              </td>
              <td>{score(each.macroF1)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
