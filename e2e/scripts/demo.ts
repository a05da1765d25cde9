// `npm run demo`: the main job without a person. Builds the studio, opens it in a
// headless browser, fine-tunes on the bundled tickets, repeats the same run from
// random weights, and leaves the exported archive and pictures in `demo/`.

import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import { join } from "node:path";
import { type Page, chromium } from "playwright";
import { build, preview } from "vite";
import { browserArgs, haveBrowser } from "../browser.ts";
import {
  type Snapshot,
  button,
  exported,
  open,
  predict,
  reach,
  region,
  reveal,
  snapshot,
} from "../studio.ts";

// Everything as the page has it for these rows. The seed also decides which 143 rows
// are held out: accuracy ranges over some points with it (README).
const seed = 3;
const target = 0.88;
const lead = 0.1;
const secondsAllowed = 25;

/** What is asked of the model of a sample. */
const tried: Record<string, string> = {
  requests: "The radiator is cold again and the music upstairs never stops.",
  walks: "A level stroll along the canal, with benches all the way.",
  notices: "Mrs Hale opens the library in Upper Marsh on Friday.",
  roles: "The baker gave the children warm rolls on Sunday.",
  garden: "Water the [MASK] in the evening.",
};
const out = "demo";
const sentence = "The parcel never arrived and nobody answers my emails.";
const panels = [
  "Data",
  "Model",
  "Training",
  "Attention",
  "Evaluation",
  "Try it",
  "Export",
  "Runs",
];
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const fileName = (name: string) => name.toLowerCase().replaceAll(" ", "-");

async function picture(page: Page, name: string, fullPage = false) {
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(out, `${name}.png`), fullPage });
}

/** The page in both schemes, then narrow. */
async function pictures(page: Page, name: string) {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
  }
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, `${name}-phone`);
  await picture(page, `${name}-narrow`, true);
  await page.setViewportSize(wide);
  await page.waitForTimeout(400);
}

interface Result extends Snapshot {
  seconds: number;
}

/** Presses Train and says what happens until the end. */
async function run(
  page: Page,
  title: string,
  midway?: () => Promise<void>,
): Promise<Result> {
  console.log(`\n${title}`);
  const started = performance.now();
  await button(page, "Train").click();
  await reach(page, ["loading", "training"]);
  let said = "";
  let saidAt = -Infinity;
  let shown = false;
  for (;;) {
    const now = await snapshot(page);
    const seconds = (performance.now() - started) / 1000;
    if (now.phase === "failed") throw new Error(now.problem ?? "failed");
    const loss = now.history.at(-1)?.loss;
    const { loss: _, ...metrics } = now.metrics ?? {};
    const [[metric, value] = ["", undefined]] = Object.entries(metrics);
    const line = `  step ${now.step}/${now.steps}  loss ${loss?.toFixed(3) ?? "…"}  validation ${value === undefined ? "…" : `${metric} ${percent(value)}`}`;
    const over = now.phase === "trained";
    if (line !== said && now.step > 0 && (over || seconds - saidAt >= 2)) {
      console.log(`${line}  ${seconds.toFixed(1)} s`);
      said = line;
      saidAt = seconds;
    }
    if (over) return { ...now, seconds };
    if (midway && !shown && now.step > now.steps * 0.45) {
      shown = true;
      await midway();
    }
    await page.waitForTimeout(100);
  }
}

const executablePath = await haveBrowser();
if (executablePath === undefined) process.exit(1);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({ logLevel: "warn" });
const server = await preview({
  logLevel: "warn",
  preview: { port: 0, strictPort: false },
});
const { port } = server.httpServer.address() as AddressInfo;
const browser = await chromium.launch({ executablePath, args: browserArgs });
let failure: string | undefined;
try {
  const context = await browser.newContext({
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => console.error(`page: ${error.message}`));

  await open(page, "");
  await pictures(page, "1-empty");
  await page.goto(`./?sample=tickets&seed=${seed}`);
  await reach(page, "ready");
  const { options } = await snapshot(page);
  await pictures(page, "2-ready");
  await page
    .getByRole("textbox", { name: "Sentence to watch" })
    .fill(sentence)
    .catch(() => {});
  console.log(
    `tickets sample, ${options.fineTune}, ${options.epochs} epochs at ${options.learningRate}, batches of ${options.batchSize}, seed ${options.seed}; ${cpus().length} cores`,
  );

  const tuned = await run(page, "From the bundled weights", () =>
    pictures(page, "3-training"),
  );
  await predict(page, "I was charged twice and want my money back");
  await pictures(page, "4-trained");
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const name of panels) {
      const panel = region(page, name);
      if (!(await panel.isVisible())) continue;
      await panel.scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      await panel.screenshot({
        path: join(out, `panel-${fileName(name)}-${colorScheme}.png`),
      });
    }
  }
  const archive = await exported(page);
  copyFileSync(archive.path, join(out, archive.name));
  const { baselines } = tuned;

  // The same run again, the encoder drawn at random: what the bundled weights are worth.
  const box = page.getByRole("checkbox", { name: "Start from random weights" });
  await (await reveal(page, box)).check();
  const random = await run(page, "The same from random weights");
  await picture(page, "5-random-weights");
  // Options are remembered: the tasks to come start from the bundled weights.
  await (await reveal(page, box)).uncheck();

  // Every other task, on its own sample.
  const samples = JSON.parse(
    readFileSync("public/samples/samples.json", "utf8"),
  ) as { name: string; task: string }[];
  for (const { name, task } of samples) {
    if (task === "one label") continue;
    await page.goto(`./?sample=${name}&seed=${seed}`);
    await reach(page, "ready");
    const { metrics } = await run(page, `${task}: ${name}`);
    console.log(`  ${JSON.stringify(metrics)}`);
    const predicate = page.getByRole("textbox", { name: "Predicate" });
    if (await predicate.isVisible()) await predicate.fill("gave");
    await predict(page, tried[name] ?? sentence);
    await page.waitForTimeout(500);
    await picture(page, `6-${fileName(task)}`);
    for (const of of ["Evaluation", "Try it"])
      await region(page, of).screenshot({
        path: join(out, `6-${fileName(task)}-${fileName(of)}.png`),
      });
  }

  const figures = {
    executor: tuned.executor,
    steps: tuned.step,
    seconds: Math.round(tuned.seconds * 10) / 10,
    validationAccuracy: tuned.metrics.accuracy,
    macroF1: tuned.metrics.macroF1,
    majority: baselines?.majority.accuracy ?? null,
    bagOfWords: baselines?.bagOfWords.accuracy ?? null,
    randomWeights: random.metrics.accuracy,
    randomSteps: random.step,
    options: tuned.options,
  };
  writeFileSync(join(out, "figures.json"), JSON.stringify(figures, null, 2));
  console.log(`
executor              ${figures.executor}
steps, seconds        ${figures.steps}, ${figures.seconds}
validation accuracy   ${percent(figures.validationAccuracy)}   macro-F1 ${percent(figures.macroF1)}
  majority class      ${figures.majority === null ? "?" : percent(figures.majority)}
  bag of words        ${figures.bagOfWords === null ? "?" : percent(figures.bagOfWords)}
  random weights      ${percent(figures.randomWeights)}   after ${figures.randomSteps} steps
left in ${out}/         ${archive.name} and pictures`);

  if (figures.validationAccuracy < target)
    failure = `Validation accuracy is ${percent(figures.validationAccuracy)}: at least ${percent(target)} is promised.`;
  else if (figures.seconds > secondsAllowed)
    failure = `Training took ${figures.seconds} s: at most ${secondsAllowed} s are promised on two cores.`;
  else if (figures.steps !== figures.randomSteps)
    failure = `The runs have ${figures.steps} and ${figures.randomSteps} steps: they must be equal to be compared.`;
  else if (figures.validationAccuracy - figures.randomWeights < lead)
    failure = `The bundled weights lead by ${percent(figures.validationAccuracy - figures.randomWeights)}: at least ${percent(lead)} is promised.`;
} catch (error) {
  failure = (error as Error).stack;
} finally {
  await browser.close();
  await server.close();
}
if (failure !== undefined) {
  console.error(`\n${failure}`);
  process.exitCode = 1;
}
