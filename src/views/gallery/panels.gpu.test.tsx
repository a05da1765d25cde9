// The watching and using panels in a real browser, with a store that answers
// when the test says so.

import axe from "axe-core";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { createStore } from "zustand";
import { sparseConfusion } from "../../engine/tasks/labels/confusion";
import { History } from "../../metrics";
import {
  StudioContext,
  type AttentionCapture,
  type OneLabelEvaluation,
  type Prediction,
  type StepProgress,
  type Studio,
  type TextInput,
} from "../../studio";
import "../app/tokens.css";
import "../app/app.css";
import { AttentionPanel } from "../attention/AttentionPanel";
import { EvaluationPanel } from "../evaluate/EvaluationPanel";
import { TrainingPanel } from "../train/TrainingPanel";
import { TryItPanel } from "../use/TryItPanel";

const labels = ["<img src=x onerror=alert(1)>", "billing"];
const hostile = "<b id=injected>Charged</b> twice";
let root: Root;
let place: HTMLElement;

beforeEach(() => {
  place = document.createElement("main");
  document.body.append(place);
  root = createRoot(place);
});
afterEach(() => {
  root.unmount();
  place.remove();
});

function evaluation(step: number, wrong: number): OneLabelEvaluation {
  const accuracy = (100 - wrong) / 100;
  return {
    kind: "evaluation",
    task: "one label",
    count: 100,
    mcc: 0.5,
    part: "validation",
    step,
    epoch: step / 100,
    loss: 0.5,
    accuracy,
    macroF1: accuracy,
    confusion: sparseConfusion([60, wrong - 1, 1, 40 - wrong]),
    perClass: labels.map((label, i) => ({
      label,
      precision: 0.8 + i / 10,
      recall: 0.9 - i / 10,
      f1: 0.85,
      support: 60 - 20 * i,
    })),
    mistakes: Array.from({ length: wrong }, (_, i) => ({
      text: i === wrong - 1 ? "the other way round" : `${hostile} ${i}`,
      textB: null,
      label: i === wrong - 1 ? 1 : 0,
      predicted: i === wrong - 1 ? 0 : 1,
      confidence: 0.9,
      probabilityOfLabel: 0.1,
    })),
    mistakeCount: wrong,
    best: true,
  };
}

function capture(input: TextInput, tokens: number): AttentionCapture {
  const weights = new Float32Array(2 * 2 * tokens * tokens).fill(1 / tokens);
  return {
    kind: "attention",
    step: 5,
    input,
    tokens: Array.from({ length: tokens }, (_, i) =>
      i === 0 ? "[CLS]" : i === tokens - 1 ? "[SEP]" : `w${i}`,
    ),
    words: Int32Array.from({ length: tokens }, (_, i) =>
      i === 0 || i === tokens - 1 ? -1 : i,
    ),
    layers: 2,
    heads: 2,
    weights,
    probabilities: null,
  };
}

const aStep: StepProgress = {
  kind: "step",
  step: 1,
  steps: 300,
  epoch: 0,
  loss: 1,
  learningRate: 3e-4,
  gradientNorm: 1,
  tokensPerSecond: 3400,
  msPerStep: 90,
  secondsLeft: 1,
  memory: { tensors: 5e7, heap: null },
};

function open(change: Partial<Studio> = {}) {
  const history = new History();
  for (let step = 1; step <= 300; step++)
    history.append({ ...aStep, step, loss: 1 / step });
  const evaluations = [evaluation(100, 9), evaluation(200, 5)];
  for (const each of evaluations) history.append(each);
  const baselines = {
    majority: { label: "billing", accuracy: 0.6, macroF1: 0.375 },
    bagOfWords: { accuracy: 0.82, macroF1: 0.8 },
  };
  const watched = { text: "w1 w2", textB: null };
  const store = createStore<Studio>()(
    () =>
      ({
        phase: "training",
        model: {},
        mapping: null,
        overview: null,
        waiting: {
          data: null,
          model: null,
          device: null,
          export: null,
          evaluation: null,
        },
        baselines,
        run: {
          id: 1,
          dataset: { task: "one label", labels, pairs: false },
          options: { maxTokens: 64 },
          baselines,
          summary: null,
          validation: evaluations[1],
        },
        runUsable: false, // Until the run has ended; predictions work before.
        step: { steps: 300 },
        history,
        evaluations,
        testEvaluation: null,
        watchInput: watched,
        attention: capture(watched, 12),
        attentionHistory: [capture(watched, 12)],
        watch: async () => {},
        predict: async () => [],
        look: async (input: TextInput) => capture(input, 8),
        ...change,
      }) as unknown as Studio,
  );
  root.render(
    <StudioContext value={store}>
      <div className="stage">
        <TrainingPanel />
        <AttentionPanel />
        <EvaluationPanel />
        <TryItPanel />
      </div>
    </StudioContext>,
  );
  return store;
}

const figure = (name: string) =>
  page.getByRole("figure", { name, exact: true });

test("every figure has its name and the same numbers as a table", async () => {
  open();
  for (const name of ["Loss", "Accuracy", "Learning rate", "Speed", "Memory"]) {
    const button = figure(name).getByRole("button", { name: "Show as table" });
    await userEvent.click(button);
    await expect.element(figure(name).getByRole("table")).toBeVisible();
  }
  const table = figure("Loss").getByRole("table").element();
  expect(table.getAttribute("aria-rowcount")).toBe("301");
  expect(table.querySelectorAll("tbody tr").length).toBeLessThan(60);
  const accuracy = figure("Accuracy").getByRole("table").element();
  expect(accuracy.textContent).toContain("0.950");
  expect(accuracy.textContent).toContain("bag of words 0.820");
});

test("arrow keys on one chart move the cursor of all", async () => {
  open();
  await expect.element(figure("Loss")).toBeVisible();
  (figure("Loss").element() as HTMLElement).focus();
  await userEvent.keyboard("{Home}{ArrowRight}");
  for (const name of ["Loss", "Learning rate", "Speed"])
    await expect
      .element(figure(name).getByText("step 2", { exact: true }))
      .toBeInTheDocument();
  await expect
    .element(figure("Loss").getByText(/^Step 2: each step 0\.500/))
    .toBeInTheDocument();
});

test("a line of 100,000 steps is drawn with at most 501 points", async () => {
  const { history } = open().getState();
  for (let step = 301; step <= 100_000; step++)
    history.append({ ...aStep, step, steps: 100_000, loss: Math.sin(step) });
  await expect.element(figure("Loss")).toBeVisible();
  const points = () =>
    Math.max(
      ...Array.from(
        figure("Loss").element().querySelectorAll(".curve path"),
        (path) => path.getAttribute("d")!.split("L").length,
      ),
    );
  await expect.poll(points).toBeGreaterThan(390);
  expect(points()).toBeLessThanOrEqual(501);
});

test("a cell of the confusion matrix filters the mistakes, again shows all", async () => {
  open();
  const mistakes = page.getByRole("table", { name: "Mistakes" });
  const cell = page
    .getByRole("table", { name: "Confusion matrix" })
    .getByRole("button", { name: "1", exact: true });
  await expect.element(mistakes).toHaveAttribute("aria-rowcount", "6");
  await userEvent.click(cell);
  await expect.element(mistakes).toHaveAttribute("aria-rowcount", "2");
  await expect.element(mistakes).toHaveTextContent("the other way round");
  (cell.element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(mistakes).toHaveAttribute("aria-rowcount", "6");
});

test("text from files is only ever text", async () => {
  open();
  await expect
    .element(page.getByRole("table", { name: "Mistakes" }))
    .toHaveTextContent(hostile);
  expect(place.querySelector("img, #injected")).toBeNull();
});

test("only the reply to the latest text is shown", async () => {
  const asked: { text: string; reply(p: Prediction[]): void }[] = [];
  open({
    predict: (inputs) =>
      new Promise((reply) => asked.push({ text: inputs[0]!.text, reply })),
  });
  const box = page.getByRole("textbox", { name: "Text to classify" });
  const answer = (first: number, truncated = false): Prediction[] => [
    {
      probabilities: [first, 1 - first],
      tokens: 64,
      pieces: 62,
      unknown: 0,
      truncated,
    },
  ];
  await userEvent.type(box, "old");
  await expect.poll(() => asked.length).toBe(1);
  await userEvent.type(box, " and new");
  await userEvent.click(page.getByRole("button", { name: "Predict" }));
  asked[0]!.reply(answer(0.99));
  await expect.poll(() => asked.at(-1)!.text).toBe("old and new");
  const items = page
    .getByRole("list", { name: "Predictions" })
    .getByRole("listitem");
  expect(items.elements()).toHaveLength(0);
  asked.at(-1)!.reply(answer(0.25, true));
  await expect.element(items.first()).toHaveTextContent("billing75");
  await expect
    .element(page.getByText("Cut at 64 tokens: the rest was not read."))
    .toBeVisible();
});

test("a failed prediction is said in place and the next one works", async () => {
  let fails = true;
  open({
    predict: async () => {
      if (fails) throw new Error("The engine stopped. Reload the page.");
      return [
        {
          probabilities: [0.2, 0.8],
          tokens: 3,
          pieces: 1,
          unknown: 0,
          truncated: false,
        },
      ];
    },
  });
  const box = page.getByRole("textbox", { name: "Text to classify" });
  await userEvent.type(box, "a");
  await expect
    .element(page.getByRole("alert"))
    .toHaveTextContent("The engine stopped. Reload the page.");
  fails = false;
  await userEvent.keyboard("{Enter}");
  await expect
    .element(page.getByRole("list", { name: "Predictions" }))
    .toHaveTextContent("billing");
  expect(page.getByRole("alert").elements()).toHaveLength(0);
});

test("an answer to a text of unknown words alone says that it means nothing", async () => {
  open({
    predict: async (inputs) => [
      {
        probabilities: [0.01, 0.99],
        tokens: 4,
        pieces: 2,
        unknown: inputs[0]!.text === "猫 犬" ? 2 : 1,
        truncated: false,
      },
    ],
  });
  const box = page.getByRole("textbox", { name: "Text to classify" });
  const warning = page.getByText(/^No word of this text is in the model’s/);
  await userEvent.fill(box, "猫 犬");
  await expect.element(warning).toBeVisible();
  await userEvent.fill(box, "猫 cat");
  await expect
    .element(page.getByText("4 tokens, 1 of them unknown"))
    .toBeVisible();
  expect(warning.elements()).toHaveLength(0);
});

test("after a run with a test part both figures are seen, and which step is which", async () => {
  const kept = { ...evaluation(200, 5), step: 200 };
  const test = { ...evaluation(200, 8), part: "test" as const };
  const { run } = open().getState();
  root.render(null);
  open({
    phase: "trained",
    testEvaluation: test,
    run: {
      ...run!,
      validation: kept,
      summary: {
        step: 300,
        steps: 300,
        bestStep: 200,
        validation: kept,
      } as never,
    },
  });
  const both = page.getByRole("table", { name: "Validation and test" });
  await expect.element(both).toBeVisible();
  await expect
    .element(both)
    .toHaveTextContent(/validation1000\.9500\.89–0\.98/);
  await expect.element(both).toHaveTextContent(/test1000\.920/);
  await expect
    .element(page.getByText(/figures of the last step, 300.*those of step 200/))
    .toBeVisible();
});

test("the heat map of 512 tokens is one canvas, read with arrow keys", async () => {
  const input = { text: "long", textB: null };
  open({ attention: capture(input, 512), attentionHistory: [] });
  await userEvent.click(page.getByText("matrix", { exact: true }));
  const map = figure("Attention map");
  const matrix = map.getByRole("application");
  await expect.element(matrix).toBeVisible();
  expect(map.element().querySelectorAll("*").length).toBeLessThan(80);
  expect(map.element().querySelectorAll("canvas")).toHaveLength(1);
  (matrix.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}");
  await expect
    .element(map.getByRole("log"))
    .toHaveTextContent("w1 looks at w1: 0.2 %");
  await userEvent.click(map.getByRole("button", { name: "Show as table" }));
  await expect
    .element(map.getByRole("table"))
    .toHaveAttribute("aria-rowcount", String(512 * 512 + 1));
});

function thousand(): OneLabelEvaluation {
  const count = 1000;
  const names = Array.from({ length: count }, (_, i) => `class_${i}`);
  const cells = names.flatMap((_, i) => [
    [i, i, 2],
    [i, (i + 7) % count, i === 5 ? 9 : 1],
  ]);
  return {
    ...evaluation(300, 5),
    confusion: { labels: count, cells: Int32Array.from(cells.flat()) },
    perClass: names.map((label, i) => ({
      label,
      precision: 0.5,
      recall: (i % 10) / 10,
      f1: 0.5,
      support: 3,
    })),
  };
}

test("1,000 labels make a picture, short tables and few elements", async () => {
  const big = thousand();
  const began = performance.now();
  open({ evaluations: [big] });
  const confusion = page.getByRole("table", { name: "Confusion matrix" });
  const perClass = page.getByRole("table", { name: "Per-class figures" });
  await expect.element(confusion).toHaveAttribute("aria-rowcount", "2001");
  await expect.element(perClass).toHaveAttribute("aria-rowcount", "1001");
  expect(performance.now() - began).toBeLessThan(5000);
  const panel = page.getByRole("region", { name: "Evaluation" }).element();
  expect(panel.querySelectorAll("*").length).toBeLessThan(1000);
  expect(place.querySelectorAll("*").length).toBeLessThan(3000);
  // The most confused pair stands first, with its numbers.
  await expect
    .element(confusion.getByRole("row").nth(1))
    .toHaveTextContent("class_5class_129 of 11");
  await userEvent.click(
    confusion.getByRole("button", { name: "9 of 11", exact: true }),
  );
  await expect
    .element(page.getByText(/9 mistakes of this kind, but not among the 5/))
    .toBeVisible();
});

test("a label among 1,000 is found by typing", async () => {
  open({ evaluations: [thousand()] });
  await userEvent.type(
    page.getByRole("searchbox", { name: "Find a label" }),
    "class_123",
  );
  const confusion = page.getByRole("table", { name: "Confusion matrix" });
  const perClass = page.getByRole("table", { name: "Per-class figures" });
  await expect.element(perClass).toHaveAttribute("aria-rowcount", "2");
  await expect.element(perClass).toHaveTextContent("class_1230.500");
  // Itself, what it was taken for, and what was taken for it.
  await expect.element(confusion).toHaveAttribute("aria-rowcount", "4");
});

test("all predictions of 1,000 labels are one press away", async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `class_${i}`);
  open({
    run: {
      id: 2,
      dataset: { task: "one label", labels: names, pairs: false },
      options: { maxTokens: 64 },
      summary: null,
      validation: null,
    } as unknown as Studio["run"],
    evaluations: [],
    predict: async () => [
      {
        probabilities: names.map((_, i) => (i === 640 ? 0.5 : 0.5 / 999)),
        tokens: 3,
        truncated: false,
        pieces: 1,
        unknown: 0,
      },
    ],
  });
  await userEvent.type(
    page.getByRole("textbox", { name: "Text to classify" }),
    "a",
  );
  const list = page.getByRole("list", { name: "Predictions" });
  const items = list.getByRole("listitem");
  await expect.element(items.first()).toHaveTextContent("class_64050");
  await userEvent.click(page.getByRole("button", { name: /^Show 994 more/ }));
  await expect.element(items.first()).toHaveAttribute("aria-setsize", "1000");
  expect(items.elements().length).toBeLessThan(60);
});

test("axe finds no violation in either theme", async () => {
  open();
  await expect.element(figure("Loss")).toBeVisible();
  for (const theme of ["light", "dark"]) {
    document.documentElement.dataset.theme = theme;
    const { violations } = await axe.run(place, {
      // What a whole page must have is the page's to prove.
      rules: { region: { enabled: false } },
    });
    expect(
      violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)]),
      theme,
    ).toEqual([]);
  }
  delete document.documentElement.dataset.theme;
});
