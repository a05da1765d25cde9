// What happens while the model learns: loss and accuracy large, the rest small,
// one cursor for all.

import { useMemo, useState, type ReactNode } from "react";
import { useStudio } from "../../studio";
import { Chart } from "../charts/Chart";
import { PanelHeading } from "../controls/controls";
import { Cursor } from "../charts/cursor";
import type { Mark } from "../charts/marks";
import {
  bytes,
  compact,
  learningRate,
  loss,
  scientific,
  score,
  whole,
} from "../controls/numbers";
import type { Rule } from "../charts/Plot";
import { ResultsOf } from "../evaluate/ResultsOf";
import "./TrainingPanel.css";

/** `children` stand in the panel's head: progress and buttons. */
export function TrainingPanel({ children }: { children?: ReactNode }) {
  return (
    <section className="panel training" aria-label="Training">
      <PanelHeading aside={children}>Training</PanelHeading>
      <ResultsOf />
      <KeptAndLast />
      <Charts />
    </section>
  );
}

/** The curves end elsewhere than the weights: said where both are seen. */
function KeptAndLast() {
  const summary = useStudio((studio) => studio.run?.summary ?? null);
  if (!summary?.validation || summary.step === summary.bestStep) return null;
  return (
    <p className="note kept-and-last">
      Beside the curves stand the figures of the last step,{" "}
      {whole(summary.step)}. The weights kept are those of step{" "}
      {whole(summary.bestStep)}, the best on validation: macro-F1{" "}
      {score(summary.validation.macroF1)}, accuracy{" "}
      {score(summary.validation.accuracy)}.
    </p>
  );
}

function tokensPerSecond(value: number): string {
  return `${compact(value)} tokens/s`;
}

const train = "var(--series-1)";
const validation = "var(--series-2)";
const second = "var(--series-3)";

function Charts() {
  const history = useStudio((studio) => studio.history);
  const planned = useStudio((studio) => studio.step?.steps ?? 0);
  const allRows = useStudio(
    (studio) => studio.run?.options.decidedBy !== undefined,
  );
  const baselines = useStudio(
    (studio) => studio.run?.baselines ?? studio.baselines,
  );
  const hasTrain = useStudio((studio) => studio.history.train.length > 0);
  const [cursor] = useState(() => new Cursor());

  const marks = useMemo(() => {
    const { steps } = history;
    const small = (name: string, column: string): Mark[] => [
      { name, kind: "line", colour: train, series: steps, column },
    ];
    const evaluated = (
      name: string,
      column: string,
      colour: string,
      series: Mark["series"] = history.validation,
    ): Mark => ({ name, kind: "dots", colour, series, column });
    return {
      loss: [
        {
          name: "each step",
          kind: "faint",
          colour: train,
          series: steps,
          column: "loss",
        },
        {
          name: "train, running mean",
          short: "train",
          kind: "line",
          colour: train,
          series: steps,
          column: "smoothLoss",
        },
        evaluated("validation", "loss", validation),
      ] satisfies Mark[],
      accuracy: [
        evaluated("accuracy", "accuracy", validation),
        evaluated("macro-F1", "macroF1", second),
        ...(hasTrain
          ? [evaluated("train", "accuracy", train, history.train)]
          : []),
      ],
      learningRate: small("learning rate", "learningRate"),
      speed: small("speed", "tokensPerSecond"),
      memory: small("memory", "tensorBytes"),
    };
  }, [history, hasTrain]);
  const rules = useMemo(
    (): Rule[] =>
      baselines
        ? [
            { name: "bag of words", y: baselines.bagOfWords.accuracy },
            { name: "majority", y: baselines.majority.accuracy },
          ]
        : [],
    [baselines],
  );
  const shared = { history, cursor, steps: planned };

  return (
    <div className="charts">
      <Chart
        {...shared}
        title="Loss"
        marks={marks.loss}
        height={220}
        room={76}
        format={loss}
        formatAxis={String}
        empty="The loss shows here from the first step on."
      />
      <Chart
        {...shared}
        title="Accuracy"
        marks={marks.accuracy}
        rules={rules}
        top={1}
        height={220}
        room={108}
        format={score}
        formatAxis={String}
        empty={
          allRows
            ? "Nothing is held out in this run."
            : "Shows with the first evaluation."
        }
      />
      <div className="small-charts">
        <Chart
          {...shared}
          size="small"
          title="Learning rate"
          marks={marks.learningRate}
          height={92}
          format={learningRate}
          formatAxis={scientific}
          empty="from the first step on"
        />
        <Chart
          {...shared}
          size="small"
          title="Speed"
          marks={marks.speed}
          height={92}
          format={tokensPerSecond}
          formatAxis={compact}
          empty="from the first step on"
        />
        <Chart
          {...shared}
          size="small"
          title="Memory"
          marks={marks.memory}
          height={92}
          format={bytes}
          empty="from the first step on"
        />
      </div>
    </div>
  );
}
