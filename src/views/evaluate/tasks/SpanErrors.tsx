// What is wrong with the entities that are not right, by kind; a kind chooses its texts.

import { say } from "../../../say";
import type { SpanError, SpansEvaluation } from "../../../studio";
import { whole } from "../../controls/numbers";
import "./Spans.css";

const kinds: SpanError[] = ["missed", "spurious", "boundary", "type", "both"];

export function SpanErrors({
  errors,
  chosen,
  onChoose,
}: {
  errors: SpansEvaluation["errors"];
  chosen: SpanError | null;
  onChoose(kind: SpanError | null): void;
}) {
  return (
    <table className="span-errors" aria-label={say("errors.heading")}>
      <thead>
        <tr>
          <th scope="col">{say("errors.kind")}</th>
          <th scope="col">{say("errors.count")}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">
              <button
                type="button"
                aria-pressed={chosen === kind}
                aria-describedby={`span-error-${kind}`}
                title={say("errors.choose")}
                disabled={errors[kind] === 0}
                onClick={() => onChoose(chosen === kind ? null : kind)}
              >
                {say(`errors.${kind}`)}
              </button>
              <span className="note" id={`span-error-${kind}`}>
                {say(`errors.${kind} explained`)}
              </span>
            </th>
            <td>{whole(errors[kind])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
