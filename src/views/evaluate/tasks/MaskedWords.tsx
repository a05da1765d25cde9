// Masked words: what the model knew before and what it knows now, and a few texts
// with their hidden words as it guesses them.

import { say } from "../../../say";
import {
  useStudio,
  type MaskedText,
  type MaskedWordsEvaluation,
} from "../../../studio";
import { figuresOf, type Metrics } from "../../../task";
import { Headline } from "../../app/Headline";
import { loss, percent } from "../../controls/numbers";
import { Facts } from "../Facts";
import "./MaskedWords.css";

export function MaskedWordsFigures({
  evaluation,
}: {
  evaluation: MaskedWordsEvaluation;
}) {
  const first = useStudio((studio) => studio.evaluations[0]);
  const { step, part, count, pieces, byFrequency, examples } = evaluation;
  // Test texts were not read before training.
  const before = part === "validation" && first?.step === 0 ? first : null;
  return (
    <>
      <div className="headlines">
        <Headline
          name={say("metric.maskedAccuracy")}
          explain={say("metric.maskedAccuracy explained")}
          value={evaluation.maskedAccuracy}
          baselines={[
            {
              name: say("baseline.masked words"),
              value: byFrequency.maskedAccuracy,
            },
          ]}
        />
        <Facts
          evaluation={evaluation}
          count={count}
          baselines={null}
          interval={undefined}
        />
      </div>
      <div className="block masked-words">
        <h3>{say("masked.before and after")}</h3>
        <table aria-label={say("masked.before and after")}>
          <thead>
            <tr>
              <td />
              {columns.map((metric) => (
                <th
                  scope="col"
                  key={metric}
                  title={say(`metric.${metric} explained`)}
                >
                  {say(`metric.${metric}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row
              name={say("masked.by frequency")}
              explain={say("masked.by frequency explained")}
              figures={byFrequency}
            />
            {before && <Row name={say("masked.before")} figures={before} />}
            {step > 0 && (
              <Row name={say("masked.after", { step })} figures={evaluation} />
            )}
          </tbody>
        </table>
        <p className="note">{say("masked.judged", { pieces, texts: count })}</p>
      </div>
      {examples.length > 0 && (
        <div className="block masked-words">
          <h3>{say("masked.examples")}</h3>
          <ul aria-label={say("masked.examples")}>
            {examples.map((text, i) => (
              <li key={i} dir="auto">
                <Guessed text={text} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

const columns = figuresOf["masked words"].metrics;

function Row({
  name,
  explain,
  figures,
}: {
  name: string;
  explain?: string;
  figures: Metrics;
}) {
  const { maskedLoss = 0, perplexity = 0, maskedAccuracy = 0 } = figures;
  return (
    <tr>
      <th scope="row" title={explain}>
        {name}
      </th>
      <td>{loss(maskedLoss)}</td>
      <td>{perplexity.toFixed(perplexity < 100 ? 1 : 0)}</td>
      <td>{percent(maskedAccuracy)}</td>
    </tr>
  );
}

/** Word pieces as words again; what was hidden beside what it was taken for. */
function Guessed({ text }: { text: MaskedText }) {
  return text.pieces.map(({ piece, guess, probability = 0 }, i) => {
    const goesOn = piece.startsWith("##");
    const word = goesOn ? piece.slice(2) : piece;
    const values = {
      word: piece,
      guess: guess ?? "",
      probability: percent(probability),
    };
    return (
      <span key={i}>
        {!goesOn && i > 0 && " "}
        {guess === undefined ? (
          word
        ) : guess === piece ? (
          <mark className="right" title={say("masked.guessed right", values)}>
            {word}
          </mark>
        ) : (
          <mark className="wrong" title={say("masked.guessed wrong", values)}>
            <ins>{guess}</ins> <del>{word}</del>
          </mark>
        )}
      </span>
    );
  });
}
