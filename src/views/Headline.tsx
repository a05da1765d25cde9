import { score } from "./numbers";
import "./Headline.css";

/** A score, never without what it must beat. */
export function Headline({
  name,
  value,
  baselines,
  interval,
}: {
  name: string;
  value: number;
  /** Null until they are computed. */
  baselines: { name: string; value: number }[] | null;
  /** 95 % interval, where one is known. */
  interval?: [number, number];
}) {
  const best = baselines && Math.max(...baselines.map((each) => each.value));
  return (
    <div className="headline">
      <span className="name">{name}</span>
      <span className="value">{score(value)}</span>
      {best !== null && value <= best && (
        <span className="not-better">
          not better<span className="unseen"> than the baselines</span>
        </span>
      )}
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
            style={{ left: `${each.value * 100}%` }}
          />
        ))}
        <i className="dot" style={{ left: `${value * 100}%` }} />
      </div>
      <span className="beside">
        {baselines
          ? baselines.map((each) => (
              <span key={each.name}>
                {each.name} <b>{score(each.value)}</b>
              </span>
            ))
          : "computing baselines"}
      </span>
      {interval && (
        <span
          className="beside"
          title="Wilson interval: what the size of the validation part lets one say"
        >
          <span>
            95 % interval{" "}
            <b>
              {interval[0].toFixed(2)}–{interval[1].toFixed(2)}
            </b>
          </span>
        </span>
      )}
    </div>
  );
}

/** Wilson's score interval of a share, 95 %. */
export function wilson(share: number, count: number): [number, number] {
  const z = 1.96;
  const spread = 1 + (z * z) / count;
  const middle = (share + (z * z) / (2 * count)) / spread;
  const half =
    (z / spread) *
    Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
