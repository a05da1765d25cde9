import { say } from "../../say";
import type { LabelOverview } from "../../studio";
import { figure } from "../controls/numbers";
import "./ScoreSpread.css";

/** How the scores lie between the least and the most: ten bars. */
export function ScoreSpread({
  scores: { least, most, mean, counts },
}: {
  scores: NonNullable<LabelOverview["scores"]>;
}) {
  const highest = Math.max(...counts, 1);
  const width = (most - least) / counts.length;
  return (
    <div className="score-spread">
      <p className="labels-count">
        {say("data.scores", {
          least: figure(least),
          most: figure(most),
          mean: figure(mean),
        })}
      </p>
      <ol aria-label={say("data.scores spread")}>
        {counts.map((rows, i) => {
          const words = say("data.scores in group", {
            rows,
            from: figure(least + i * width),
            to: figure(least + (i + 1) * width),
          });
          return (
            <li key={i} title={words}>
              <span className="unseen">{words}</span>
              <i
                aria-hidden="true"
                style={{ height: `${(100 * rows) / highest}%` }}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
