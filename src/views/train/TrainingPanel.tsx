// What happens while the model learns: loss and accuracy large, the rest small,
// one cursor for all.

import { useMemo, useState, type ReactNode } from "react";
import { say } from "../../say";
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
} from "../controls/numbers";
import type { Rule } from "../charts/Plot";
import { figuresOf, lowerIsBetter } from "../../task";
import { headlinesSaid } from "./status";
import { ResultsOf } from "../evaluate/ResultsOf";
import "./TrainingPanel.css";

/** `children` stand in the panel's head: progress and buttons. */
export function TrainingPanel({ children }: { children?: ReactNode }) {
  // The names of lines are kept with them: in another language, other lines.
  const language = useStudio((studio) => studio.language);
  return (
    <section className="panel training" aria-label={say("training.name")}>
      <PanelHeading aside={children}>{say("training.name")}</PanelHeading>
      <ResultsOf />
      <KeptAndLast />
      <Charts key={language} />
    </section>
  );
}

/** The curves end elsewhere than the weights: said where both are seen. */
function KeptAndLast() {
  const summary = useStudio((studio) => studio.run?.summary ?? null);
  if (!summary?.validation || summary.step === summary.bestStep) return null;
  return (
    <p className="note kept-and-last">
      {say("training.kept and last", {
        step: summary.step,
        bestStep: summary.bestStep,
        ...headlinesSaid(summary.validation),
      })}
    </p>
  );
}

function tokensPerSecond(value: number): string {
  return say("training.tokens per second", { rate: compact(value) });
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
  const task = useStudio(
    (studio) => studio.run?.dataset.task ?? studio.mapping?.task ?? "one label",
  );
  const [first, judge] = figuresOf[task].headlines;
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
          name: say("chart.each step"),
          kind: "faint",
          colour: train,
          series: steps,
          column: "loss",
        },
        {
          name: say("chart.train running mean"),
          short: say("chart.train"),
          kind: "line",
          colour: train,
          series: steps,
          column: "smoothLoss",
        },
        evaluated(say("chart.validation"), "loss", validation),
      ] satisfies Mark[],
      accuracy: [
        evaluated(say(`metric.${first} short`), first, validation),
        // What falls has no place on an axis up to 1.
        ...(lowerIsBetter(judge)
          ? []
          : [evaluated(say(`metric.${judge} short`), judge, second)]),
        ...(hasTrain
          ? [evaluated(say("chart.train"), first, train, history.train)]
          : []),
      ],
      learningRate: small(say("chart.learning rate"), "learningRate"),
      speed: small(say("chart.speed"), "tokensPerSecond"),
      memory: small(say("chart.memory"), "tensorBytes"),
    };
  }, [history, hasTrain, first, judge]);
  const rules = useMemo(
    (): Rule[] =>
      baselines && first in baselines.bagOfWords
        ? [
            {
              name: say(`learned.${task}`),
              y: baselines.bagOfWords[first] ?? 0,
            },
            {
              name: say(`baseline.${task}`),
              y: baselines.majority[first] ?? 0,
            },
          ]
        : [],
    [baselines, task, first],
  );
  const shared = { history, cursor, steps: planned };

  return (
    <div className="charts">
      <Chart
        {...shared}
        title={say("chart.loss title")}
        marks={marks.loss}
        height={220}
        room={76}
        format={loss}
        formatAxis={String}
        empty={say("chart.loss empty")}
      />
      <Chart
        {...shared}
        title={say(`chart.${task} title`)}
        marks={marks.accuracy}
        rules={rules}
        top={1}
        height={220}
        room={108}
        format={score}
        formatAxis={String}
        empty={
          allRows ? say("chart.nothing held out") : say("chart.accuracy empty")
        }
      />
      <div className="small-charts">
        <Chart
          {...shared}
          size="small"
          title={say("chart.learning rate title")}
          marks={marks.learningRate}
          height={92}
          format={learningRate}
          formatAxis={scientific}
          empty={say("chart.small empty")}
        />
        <Chart
          {...shared}
          size="small"
          title={say("chart.speed title")}
          marks={marks.speed}
          height={92}
          format={tokensPerSecond}
          formatAxis={compact}
          empty={say("chart.small empty")}
        />
        <Chart
          {...shared}
          size="small"
          title={say("chart.memory title")}
          marks={marks.memory}
          height={92}
          format={bytes}
          empty={say("chart.small empty")}
        />
      </div>
    </div>
  );
}
