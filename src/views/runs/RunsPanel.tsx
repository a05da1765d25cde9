// The runs of this session beside each other and beside their baselines.

import { asText } from "../../say";
import { fewTexts } from "../../statistics";
import { useStudio, type Run } from "../../studio";
import { PanelHeading } from "../controls/controls";
import { duration } from "../controls/duration";
import { many, scientific, score } from "../controls/numbers";
import "./RunsPanel.css";

export function RunsPanel() {
  const runs = useStudio((s) => s.runs);
  if (runs.length === 0) return null;
  return (
    <section aria-label="Runs" className="panel runs">
      <PanelHeading
        aside={<span className="note">this session’s; newest first</span>}
      >
        Runs
      </PanelHeading>
      <div
        className="runs-scroll"
        tabIndex={0}
        role="group"
        aria-label="Runs, scrolls"
      >
        <table aria-label="Runs of this session">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Columns</th>
              <th scope="col" className="figure">
                Macro-F1
              </th>
              <th scope="col" className="figure">
                Bag of words
              </th>
              <th scope="col" className="figure">
                Majority
              </th>
              <th scope="col" className="figure">
                Accuracy
              </th>
              <th scope="col" className="figure">
                Time
              </th>
              <th scope="col">Options</th>
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
        <bdi>{run.source.columns}</bdi>
      </td>
      <td className="figure">
        <b>{show(validation?.macroF1)}</b>
      </td>
      <td className="figure">{show(baselines?.bagOfWords.macroF1)}</td>
      <td className="figure">{show(baselines?.majority.macroF1)}</td>
      <td className="figure">
        {show(validation?.accuracy)}
        {validation && run.dataset.validation < fewTexts && (
          <span className="of-few"> of {run.dataset.validation}</span>
        )}
      </td>
      <td className="figure">{summary ? duration(summary.seconds) : "–"}</td>
      <td className="run-options">
        {run.problem ? `failed: ${asText(run.problem)}` : describe(run)}
      </td>
    </tr>
  );
}

/** What tells a run from its neighbours, in one line. */
function describe({ options, model, executor, summary }: Run): string {
  const outcome = summary?.outcome === "finished" ? null : summary?.outcome;
  const layers =
    options.fineTune === "top layers"
      ? options.topLayers === 1
        ? "top layer"
        : `top ${options.topLayers} ${options.topLayers === 1 ? "layer" : "layers"}`
      : options.fineTune;
  return [
    outcome,
    options.randomWeights ? "random weights" : model.name,
    layers,
    many(options.epochs, "epoch"),
    `batch ${options.batchSize}`,
    `rate ${scientific(options.learningRate)}`,
    many(options.maxTokens, "token"),
    options.classWeights === "balanced" ? "balanced" : null,
    `seed ${options.seed}`,
    summary && `kept: step ${summary.bestStep} of ${summary.step}`,
    executor,
  ]
    .filter((part) => part)
    .join(" · ");
}
