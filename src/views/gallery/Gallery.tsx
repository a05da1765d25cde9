// For developers, not part of the built site: the panels that read data, watch a run
// and judge it, fed with made-up numbers, in the states that are hard to reach by hand.
// `npm run dev`, then /src/views/gallery/gallery.html?state=77&theme=dark. Nothing here
// is the product: the studio itself shows only what was measured.

import { createRoot } from "react-dom/client";
import { createStore } from "zustand";
import { History } from "../../metrics";
import {
  StudioContext,
  type EvaluationProgress,
  type StepProgress,
  type Studio,
  type TextInput,
} from "../../studio";
import "../app/tokens.css";
import "../app/app.css";
import { AttentionPanel } from "../attention/AttentionPanel";
import { DataPanel } from "../data/DataPanel";
import { EvaluationPanel } from "../evaluate/EvaluationPanel";
import { TrainingPanel } from "../train/TrainingPanel";
import { TryItPanel } from "../use/TryItPanel";
import { labelScenes } from "./labels";
import { manyScenes } from "./many";
import { captureAt, stepAt } from "./numbers";
import type { Scene } from "./scene";
import { scoreScenes } from "./score";
import { spanScenes } from "./spans";

const scenes: Record<string, Scene> = {
  ...labelScenes,
  ...manyScenes,
  ...scoreScenes,
  ...spanScenes,
};

const query = new URLSearchParams(location.search);
const scene = scenes[query.get("state") ?? "usual"] ?? scenes.usual!;
const theme = query.get("theme");
if (theme) document.documentElement.dataset.theme = theme;

const history = new History();
const evaluations: EvaluationProgress[] = [];
const every = Math.max(1, Math.round(scene.planned / 6));
const evaluate = (step: number) => {
  const evaluation = scene.evaluationAt(step, "validation");
  evaluations.push(evaluation);
  history.append(evaluation);
};
let latest: StepProgress | null = null;
const advance = (planned: number) => {
  const step = (latest?.step ?? 0) + 1;
  latest = stepAt(step, planned, scene.firstLoss);
  history.append(latest);
};
for (let i = 0; i < scene.steps; i++) {
  advance(scene.planned);
  if (latest!.step % every === 0) evaluate(latest!.step);
}
const watched: TextInput | null = scene.sentence
  ? { text: scene.sentence, textB: null }
  : null;
const moments =
  watched && scene.steps > 1
    ? [0, 0.2, 0.5, 0.8, 1].map((share) =>
        captureAt(watched, Math.round(share * scene.steps)),
      )
    : watched
      ? [captureAt(watched, 0)]
      : [];
const { baselines } = scene;

const studio = createStore<Studio>()(
  (set) =>
    ({
      phase: scene.steps === scene.planned ? "trained" : "training",
      language: "en",
      waiting: {
        data: null,
        model: null,
        device: null,
        export: null,
        evaluation: null,
      },
      models: [],
      model: { layers: 4, heads: 4 },
      modelEvaluation: null,
      table: scene.data?.table ?? null,
      mapping: scene.data?.mapping ?? null,
      overview: scene.data?.overview ?? null,
      advice: [],
      samples: [],
      baselines: scene.steps ? baselines : null,
      run: scene.steps
        ? {
            id: 1,
            dataset: {
              task: scene.task,
              labels: scene.labels,
              pairs: scene.pairs,
            },
            options: { maxTokens: 64 },
            baselines,
            summary: scene.steps === scene.planned ? {} : null,
            validation: evaluations.at(-1) ?? null,
          }
        : null,
      runUsable: scene.steps > 0,
      step: latest,
      history,
      evaluations,
      testEvaluation:
        scene.steps > 0 && scene.steps === scene.planned
          ? scene.evaluationAt(scene.steps, "test")
          : null,
      watchInput: watched,
      attention: moments.at(-1) ?? null,
      attentionHistory: moments,
      async watch(input: TextInput | null) {
        const capture = input && captureAt(input, latest?.step ?? 0);
        set({
          watchInput: input,
          attention: capture,
          attentionHistory: capture ? [capture] : [],
        });
      },
      predict: async (inputs: TextInput[]) =>
        inputs.map((input) => scene.answer(input)),
      look: async (input: TextInput) => captureAt(input, latest?.step ?? 0),
    }) as unknown as Studio,
);

/** For measuring: `await gallery.fill(100_000)`, then `gallery.stream(1000)` steps a second. */
Object.assign(window, {
  gallery: {
    fill(count: number) {
      for (let i = 0; i < count; i++) {
        advance(count + 20_000);
        if (i % 2000 === 0) evaluate(latest!.step);
      }
      studio.setState({ step: latest });
    },
    stream(perSecond: number) {
      let owed = 0;
      let before = performance.now();
      return setInterval(() => {
        const now = performance.now();
        owed += ((now - before) * perSecond) / 1000;
        before = now;
        for (; owed >= 1; owed--) advance(latest!.steps);
      }, 4);
    },
    history,
  },
});

createRoot(document.querySelector("#root")!).render(
  <StudioContext value={studio}>
    <main data-phase="training" style={{ padding: 16 }}>
      <div className="stage" style={{ display: "grid", gap: 16 }}>
        {scene.data && <DataPanel locked={false} withPreview />}
        <TrainingPanel />
        <AttentionPanel />
        <div className="meaning">
          <EvaluationPanel />
          <div className="using">
            <TryItPanel />
          </div>
        </div>
      </div>
    </main>
  </StudioContext>,
);
