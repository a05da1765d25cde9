// One run of each engine on the same question.

import { asText } from "../../../src/say.ts";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Trainer } from "./browser.ts";
import type { Figures, Measured } from "./report.ts";
import { wordsOf, type QualityRun, type Row } from "./run.ts";

/** `keep` is the folder for the export and its predictions. */
export async function attune(
  trainer: Trainer,
  run: Omit<QualityRun, "keep">,
  keep?: string,
): Promise<Measured> {
  const { device, summary, metrics, answers, zip } = await trainer.train({
    ...run,
    keep: keep === undefined ? 0 : 100,
  });
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, "kept.zip"), Buffer.from(zip, "base64"));
    const texts = run.test.slice(0, answers.length);
    writeFileSync(
      join(keep, "predictions.json"),
      JSON.stringify({
        task: run.task,
        texts: texts.map(({ text }) => text),
        textsB: texts.map(({ textB }) => textB ?? null),
        maxTokens: run.options.maxTokens,
        answers,
      }),
    );
  }
  const { detail = "" } =
    device.executors.find(({ name }) => name === device.chosen) ?? {};
  return measured(run, metrics, {
    seconds: summary.seconds,
    detail: `${summary.executor}, ${asText(detail)}`,
  });
}

/** PyTorch's answer to the same question. */
export function torch(
  run: Omit<QualityRun, "keep" | "runOn">,
  python: string,
): Promise<Measured> {
  const rows = (part: Row[]) =>
    part.map((row) =>
      row.words
        ? [row.text, null, row.answer, wordsOf(row)]
        : [row.text, row.textB ?? null, row.answer],
    );
  const { status, stdout } = spawnSync(
    python,
    ["e2e/scripts/quality/recipe.py"],
    {
      input: JSON.stringify({
        ...run,
        model: `public/models/${run.model}`,
        train: rows(run.train),
        validation: rows(run.validation),
        test: rows(run.test),
      }),
      stdio: ["pipe", "pipe", "inherit"],
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error("PyTorch's run failed");
  const { torch, metrics, ...rest } = JSON.parse(stdout) as {
    torch: string;
    transformers: string;
    metrics: Figures;
    seconds: number;
  };
  return Promise.resolve(
    measured(run, metrics, { ...rest, detail: `PyTorch ${torch}` }),
  );
}

const measured = (
  { task }: Pick<QualityRun, "task">,
  metrics: Figures,
  rest: { seconds: number; detail: string },
): Measured => ({
  task,
  metrics,
  ...(task === "one label" && {
    accuracy: metrics.accuracy!,
    macroF1: metrics.macroF1!,
  }),
  ...rest,
});
