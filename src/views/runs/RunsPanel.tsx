// The runs of this session beside each other and beside their baselines.

import { fewTexts } from "../../statistics";
import { asText, say } from "../../say";
import { figuresOf, type Metric, type Metrics } from "../../task";
import { useStudio, type Run, type RunSummary } from "../../studio";
import { PanelHeading } from "../controls/controls";
import { duration } from "../controls/duration";
import { metricFigure, scientific } from "../controls/numbers";
import "./RunsPanel.css";

export function RunsPanel() {
  const runs = useStudio((s) => s.runs);
  if (runs.length === 0) return null;
  const tasks = new Set(runs.map(({ dataset }) => dataset.task));
  const [task] = tasks;
  // Runs of several tasks have other figures: then each names its own.
  const shared = tasks.size === 1 && task ? figuresOf[task].headlines : null;
  return (
    <section aria-label={say("runs.heading")} className="panel runs">
      <PanelHeading aside={<span className="note">{say("runs.which")}</span>}>
        {say("runs.heading")}
      </PanelHeading>
      <div
        className="runs-scroll"
        tabIndex={0}
        role="group"
        aria-label={say("runs.scrolls")}
      >
        <table aria-label={say("runs.table")}>
          <thead>
            <tr>
              <th scope="col">{say("runs.run")}</th>
              <th scope="col">{say("runs.columns")}</th>
              <th scope="col" className="figure">
                {shared ? say(`metric.${shared[1]}`) : say("runs.figure")}
              </th>
              <th scope="col" className="figure">
                {tasks.size === 1 && task
                  ? say(`learned.${task}`)
                  : say("runs.learned")}
              </th>
              <th scope="col" className="figure">
                {tasks.size === 1 && task
                  ? say(`baseline.${task}`)
                  : say("runs.simplest")}
              </th>
              <th scope="col" className="figure">
                {shared ? say(`metric.${shared[0]}`) : say("runs.figure")}
              </th>
              <th scope="col" className="figure">
                {say("runs.time")}
              </th>
              <th scope="col">{say("runs.options")}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} named={shared === null} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function RunRow({ run, named }: { run: Run; named: boolean }) {
  const { validation, baselines, summary } = run;
  const [other, judge] = figuresOf[run.dataset.task].headlines;
  const show = (metric: Metric, figures: Metrics | null) => {
    const value = figures?.[metric];
    return value === undefined ? "–" : metricFigure(metric, value);
  };
  const name = (metric: Metric) =>
    named && <span className="of-few">{say(`metric.${metric} short`)} </span>;
  return (
    <tr>
      <th scope="row">{run.name}</th>
      <td className="run-columns" title={asText(run.source.files)}>
        <bdi>{asText(run.source.columns)}</bdi>
      </td>
      <td className="figure">
        {name(judge)}
        <b>{show(judge, validation)}</b>
      </td>
      <td className="figure">
        {show(judge, baselines && baselines.bagOfWords)}
      </td>
      <td className="figure">{show(judge, baselines && baselines.majority)}</td>
      <td className="figure">
        {name(other)}
        {show(other, validation)}
        {validation && run.dataset.validation < fewTexts && (
          <span className="of-few">
            {" "}
            {say("runs.of few", { count: run.dataset.validation })}
          </span>
        )}
      </td>
      <td className="figure">{summary ? duration(summary.seconds) : "–"}</td>
      <td className="run-options">
        {run.problem
          ? say("runs.failed", { problem: run.problem })
          : describe(run)}
      </td>
    </tr>
  );
}

/** What tells a run from its neighbours, in one line. */
function describe({ options, model, executor, summary }: Run): string {
  return [
    summary && outcome(summary.outcome),
    options.randomWeights ? say("runs.random weights") : model.name,
    layers(options),
    say("runs.epochs", { count: options.epochs }),
    say("runs.batch", { size: options.batchSize }),
    say("runs.rate", { rate: scientific(options.learningRate) }),
    say("runs.tokens", { count: options.maxTokens }),
    options.classWeights === "balanced" ? say("runs.balanced") : null,
    say("runs.seed", { seed: String(options.seed) }),
    summary &&
      say("runs.kept", { best: summary.bestStep, steps: summary.step }),
    executor,
  ]
    .filter((part) => part)
    .join(" · ");
}

function outcome(of: RunSummary["outcome"]): string | null {
  if (of === "finished") return null;
  return of === "stopped" ? say("runs.stopped") : say("runs.stopped early");
}

function layers({ fineTune, topLayers }: Run["options"]): string {
  if (fineTune === "top layers")
    return say("runs.top layers", { count: topLayers });
  return fineTune === "all layers"
    ? say("runs.all layers")
    : say("runs.head only");
}
