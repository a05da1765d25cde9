// The runs of this session beside each other and beside their baselines.

import { fewTexts } from "../../statistics";
import { asText, say } from "../../say";
import { useStudio, type Run, type RunSummary } from "../../studio";
import { PanelHeading } from "../controls/controls";
import { duration } from "../controls/duration";
import { scientific, score } from "../controls/numbers";
import "./RunsPanel.css";

export function RunsPanel() {
  const runs = useStudio((s) => s.runs);
  if (runs.length === 0) return null;
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
                {say("evaluation.macro-F1")}
              </th>
              <th scope="col" className="figure">
                {say("runs.bag of words")}
              </th>
              <th scope="col" className="figure">
                {say("runs.majority")}
              </th>
              <th scope="col" className="figure">
                {say("evaluation.accuracy")}
              </th>
              <th scope="col" className="figure">
                {say("runs.time")}
              </th>
              <th scope="col">{say("runs.options")}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function RunRow({ run }: { run: Run }) {
  const { validation, baselines, summary } = run;
  const show = (value: number | undefined) =>
    value === undefined ? "–" : score(value);
  return (
    <tr>
      <th scope="row">{run.name}</th>
      <td className="run-columns" title={asText(run.source.files)}>
        <bdi>{asText(run.source.columns)}</bdi>
      </td>
      <td className="figure">
        <b>{show(validation?.macroF1)}</b>
      </td>
      <td className="figure">{show(baselines?.bagOfWords.macroF1)}</td>
      <td className="figure">{show(baselines?.majority.macroF1)}</td>
      <td className="figure">
        {show(validation?.accuracy)}
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
