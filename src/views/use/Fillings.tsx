// What may stand behind each mask of a text, most likely first.

import { say } from "../../say";
import type { Prediction } from "../../studio";
import { percent } from "../controls/numbers";

export function Fillings({
  fillings,
}: {
  fillings: NonNullable<Prediction["fillings"]>;
}) {
  if (fillings.length === 0)
    return (
      <p className="note" role="status">
        {say("try.write a mask")}
      </p>
    );
  return fillings.map(({ guesses }, i) => (
    <section key={i}>
      {fillings.length > 1 && <h3>{say("try.mask", { number: i + 1 })}</h3>}
      <ol aria-label={say("try.predictions")} className="predictions">
        {guesses.map(({ piece, probability }) => (
          <li key={piece}>
            <bdi className="label">{piece}</bdi>
            <i className="bar" aria-hidden="true">
              <i
                style={{
                  width: percent(probability).replace(/\s/g, ""),
                  background: "var(--series-1)",
                }}
              />
            </i>
            <span className="probability">{percent(probability)}</span>
          </li>
        ))}
      </ol>
    </section>
  ));
}
