import { say } from "../../say";
import { score } from "../controls/numbers";
import { Say } from "../controls/Said";
import "./Headline.css";

/** A score, never without what it must beat. */
export function Headline({
  name,
  explain,
  value,
  baselines,
  interval,
  lower = false,
}: {
  name: string;
  /** On demand, by its name. */
  explain?: string;
  value: number;
  /** Null until they are computed. */
  baselines: { name: string; value: number }[] | null;
  /** 95 % interval, where one is known. */
  interval?: [number, number];
  /** Lower is better. */
  lower?: boolean;
}) {
  const verdict = baselines && verdictOn(value, baselines, lower);
  return (
    <div className="headline">
      <span className="name" title={explain}>
        {name}
      </span>
      <span className="value">{score(value)}</span>
      {verdict && <span className="not-better">{verdict}</span>}
      <div className="strip" aria-hidden="true">
        {interval && (
          <i
            className="interval"
            style={{
              left: `${interval[0] * 100}%`,
              width: `${(interval[1] - interval[0]) * 100}%`,
            }}
          />
        )}
        {baselines?.map((each) => (
          <i
            key={each.name}
            className="tick"
            style={{ left: `${along(each.value)}%` }}
          />
        ))}
        <i className="dot" style={{ left: `${along(value)}%` }} />
      </div>
      <span className="beside">
        {baselines
          ? baselines.map((each) => (
              <span key={each.name}>
                {each.name} <b>{score(each.value)}</b>
              </span>
            ))
          : say("headline.computing baselines")}
      </span>
      {interval && (
        <span className="beside" title={say("headline.wilson")}>
          <span>
            <Say
              code="headline.interval"
              values={{
                interval: (
                  <b>
                    {interval[0].toFixed(2)}–{interval[1].toFixed(2)}
                  </b>
                ),
              }}
            />
          </span>
        </span>
      )}
    </div>
  );
}

/** Where on the strip from 0 to 1; correlations may lie below. */
const along = (value: number) => 100 * Math.min(1, Math.max(0, value));

/** What to say of a score that does not beat the best baseline, as far as its digits show. */
export function verdictOn(
  value: number,
  baselines: { name: string; value: number }[],
  lower = false,
): string | null {
  const sign = lower ? -1 : 1;
  const best = baselines.reduce((a, b) =>
    sign * b.value >= sign * a.value ? b : a,
  );
  if (score(value) === score(best.value))
    return score(best.value) === score(lower ? 0 : 1)
      ? say("headline.equal to perfect", { name: best.name })
      : say("headline.equal to", { name: best.name });
  return sign * value < sign * best.value
    ? say("headline.not better than", { name: best.name })
    : null;
}
