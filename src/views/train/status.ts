// What is going on, in one sentence, and why Train would not work.

import { asText, say } from "../../say";
import { said } from "../../said";
import {
  estimate,
  lacksModel,
  loadOf,
  type EvaluationProgress,
  type Studio,
} from "../../studio";
import { figuresOf, judgedBy } from "../../task";
import { fewTexts } from "../../statistics";
import { about } from "../controls/duration";
import { metricFigure, score } from "../controls/numbers";

/** Why Train would not work now, or null. */
export function whyNot(studio: Studio): string | null {
  const { phase, waiting, optionProblems } = studio;
  if (phase === "empty") return say("status.no data yet");
  if (phase === "mapping") return say("status.data needs a look");
  if (waiting.data) return asText(waiting.data);
  if (lacksModel(studio)) return say("status.no model");
  return asText(Object.values(optionProblems)[0] ?? null);
}

export function statusSentence(studio: Studio): string {
  const { phase, waiting, overview, run, stage } = studio;
  switch (phase) {
    case "empty":
      return asText(waiting.data) ?? say("status.waiting for data");
    case "mapping":
      return (
        asText(waiting.data) ??
        (overview
          ? say("status.cannot train yet")
          : say("status.choose columns"))
      );
    case "ready":
      return whyNot(studio) ?? readySentence(studio);
    case "loading":
      return stage
        ? stageSentence(stage.stage)
        : (asText(waiting.device ?? waiting.model) ??
            say("status.splitting data"));
    case "training":
      return say("status.training");
    case "paused":
      return say("status.paused");
    case "trained":
      return run ? endSentence(run) : say("status.trained");
    case "failed":
      return say("status.failed");
  }
}

function readySentence(studio: Studio): string {
  const { waiting, overview, options, model } = studio;
  const { device, speeds, table, mapping } = studio;
  const ready = overview
    ? say("status.ready with texts", { texts: overview.usable })
    : say("status.ready");
  const then = (next: string) => say("status.and then", { first: ready, next });
  if (!model) {
    const wait = asText(waiting.device ?? waiting.model);
    return wait === null ? ready : then(wait);
  }
  if (!overview) return ready;
  const { seconds } = estimate(
    loadOf(overview, table, mapping),
    options,
    model,
    device,
    speeds,
  );
  return seconds === null
    ? ready
    : then(say("status.training takes", { time: about(seconds) }));
}

function stageSentence(stage: string): string {
  switch (stage) {
    case "tokenizing":
      return say("status.tokenizing");
    case "pairing":
      return say("status.pairing");
    case "encoding":
      return say("status.encoding");
    default:
      return say("status.starting");
  }
}

function endSentence(run: NonNullable<Studio["run"]>): string {
  const { summary, validation, baselines, dataset } = run;
  if (!summary) return say("status.trained");
  const { outcome, step, steps } = summary;
  const how =
    outcome === "finished"
      ? said("end.finished")
      : outcome === "stopped"
        ? said("end.stopped", { step, steps })
        : said("end.stopped early", { step });
  if (run.options.decidedBy)
    return say("end.on all rows", { how, rows: dataset.train });
  if (!validation) return say("end.without figures", { how });
  const judge = figuresOf[dataset.task].headlines[1];
  const figures = {
    how,
    ...headlinesSaid(validation, (value) => scoreOfFew(run, value)),
  };
  return baselines && judgedBy(dataset.task) in baselines.bagOfWords
    ? say("end.beside baseline", {
        ...figures,
        baseline: said(`learned.${dataset.task}`),
        score: metricFigure(judge, baselines.bagOfWords[judge] ?? 0),
      })
    : say("end.with figures", figures);
}

/** The figure that judges and the other large one, as they stand in a sentence. */
export function headlinesSaid(
  evaluation: EvaluationProgress,
  show?: (value: number) => string,
) {
  const [other, judge] = figuresOf[evaluation.task].headlines;
  return {
    judge: said(`metric.${judge} short`),
    judged: metricFigure(judge, evaluation[judge] ?? 0),
    other: said(`metric.${other} short`),
    value:
      show?.(evaluation[other] ?? 0) ??
      metricFigure(other, evaluation[other] ?? 0),
  };
}

/** A score; "0.812 of 12 texts" where so few say little. */
export function scoreOfFew(
  { dataset: { validation } }: NonNullable<Studio["run"]>,
  value: number,
): string {
  return validation < fewTexts
    ? say("score of few texts", { score: score(value), texts: validation })
    : score(value);
}
