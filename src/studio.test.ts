import { beforeEach, expect, test, vi } from "vitest";
import type { DataConnection, Dataset, TextInput } from "./data";
import type { DataCalls } from "./data/protocol";
import { serveData } from "./data/serve";
import type {
  AttentionCapture,
  Calls,
  DeviceReport,
  Engine,
  EvaluationProgress,
  ModelReport,
  Progress,
  RunSummary,
  Signal,
  StepProgress,
  TrainingOptions,
} from "./engine";
import { sparseConfusion } from "./engine/tasks/labels/confusion";
import { inEnglish, told } from "./fixtures/english";
import { connect, type Port } from "./port";
import { Failure, said } from "./said";
import { asText } from "./say";
import { openMemory } from "./storage";
import {
  answersFrom,
  canEvaluate,
  canTakeAllRows,
  createStudio,
  formerResults,
  isUnsaved,
  labelsMatch,
  lacksModel,
  snapshot,
  type Doors,
} from "./studio";

const model: ModelReport = {
  name: "small",
  parameters: 1_900_000,
  bytes: 7_700_000,
  layers: 4,
  heads: 4,
  hidden: 128,
  intermediate: 512,
  vocabulary: 8192,
  maxPositions: 256,
  cased: false,
  english: true,
  notes: [],
};

const device: DeviceReport = {
  executors: [
    {
      name: "wasm",
      available: true,
      detail: "2 threads, SIMD",
      probeMs: 100,
      problem: null,
    },
    {
      name: "webgpu",
      available: true,
      detail: "an adapter",
      probeMs: 400,
      problem: null,
    },
  ],
  chosen: "wasm",
  reason: told("wasm was measured to be the fastest here."),
  isolated: true,
};

/** An engine that does as the test says: every call waits for its script. */
class FakeEngine implements Engine {
  signals: Signal[] = [];
  trained: { dataset: Dataset; options: TrainingOptions } | null = null;
  closed: string | null = null;
  finish!: (summary: RunSummary) => void;
  fail!: (error: Error) => void;

  constructor(
    readonly emit: (progress: Progress) => void,
    readonly failing: Partial<Record<keyof Calls, Error>>,
  ) {}

  call: Engine["call"] = (call, ...args) =>
    Promise.resolve().then(() => this.#answer(call, args)) as never;

  callMoving: Engine["callMoving"] = (_transfer, call, ...args) =>
    this.call(call, ...args);

  signal = (signal: Signal) => void this.signals.push(signal);
  close = (reason = "closed") => void (this.closed = reason);

  #answer(call: keyof Calls, args: unknown[]): unknown {
    const failure = this.failing[call];
    if (failure) {
      delete this.failing[call];
      throw failure;
    }
    switch (call) {
      case "open":
        // No webgl here, as the report says.
        return { ...device, chosen: args[0] === "webgpu" ? "webgpu" : "wasm" };
      case "load": {
        const source = args[0] as {
          kind: string;
          name?: string;
          files?: File[];
        };
        // By its name, this one has a head for the table below.
        if (source.files?.some(({ name }) => name.startsWith("classifier.")))
          return {
            ...model,
            name: "dropped",
            labels: ["Metal", "fruit"],
            task: "one label",
            answers: true,
          };
        return source.kind === "files"
          ? { ...model, name: "dropped", parameters: 1.1e8 }
          : { ...model, name: source.name };
      }
      case "train":
        this.trained = {
          dataset: args[0] as Dataset,
          options: args[1] as TrainingOptions,
        };
        return new Promise<RunSummary>((resolve, reject) => {
          this.finish = resolve;
          this.fail = reject;
        });
      case "baseModel":
        return [{ name: "config.json", bytes: new Uint8Array(2) }];
      case "attention":
        return capture(args[0] as TextInput, 0);
      case "predict":
        return (args[0] as TextInput[]).map(() => ({
          probabilities: [0.5, 0.5],
          tokens: 3,
          pieces: 1,
          unknown: 0,
          truncated: false,
        }));
      case "evaluate":
        return [{ ...evaluation(0, 0.8), part: "all" }];
      case "exportRun":
        return { name: `${args[1]}-huggingface.zip`, bytes: new Uint8Array(3) };
    }
  }
}

const capture = (input: TextInput, step: number): AttentionCapture => ({
  kind: "attention",
  step,
  input,
  tokens: ["[CLS]", "[SEP]"],
  words: new Int32Array([-1, -1]),
  layers: 1,
  heads: 1,
  weights: new Float32Array(4),
  probabilities: null,
});

const step = (at: number, steps = 10): StepProgress => ({
  kind: "step",
  step: at,
  steps,
  epoch: at / 5,
  loss: 1 / at,
  learningRate: 1e-3,
  gradientNorm: 1,
  tokensPerSecond: 1000,
  msPerStep: 10,
  secondsLeft: 1,
  memory: { tensors: 1, heap: null },
});

const evaluation = (at: number, macroF1: number): EvaluationProgress => ({
  kind: "evaluation",
  task: "one label",
  count: 10,
  mcc: 0.5,
  part: "validation",
  step: at,
  epoch: at / 5,
  loss: 0.5,
  accuracy: 0.9,
  macroF1,
  confusion: sparseConfusion([1, 0, 0, 1]),
  perClass: [],
  mistakes: [],
  mistakeCount: 0,
  best: true,
});

const summary = (rest: Partial<RunSummary> = {}): RunSummary => ({
  step: 10,
  steps: 10,
  outcome: "finished",
  bestStep: 10,
  validation: evaluation(10, 0.8),
  test: null,
  seconds: 2,
  tokens: 100,
  executor: "wasm",
  ...rest,
});

/** The real reader of files, on the other end of a channel. */
function openData(): DataConnection {
  const { port1, port2 } = new MessageChannel();
  serveData(port2 as unknown as Port);
  opened.push(port1, port2);
  return connect<DataCalls>(
    port1 as unknown as Port,
    { code: "data reader" },
    () => {},
    () => port1.close(),
  );
}
const opened: MessagePort[] = [];
beforeEach(() => () => {
  for (const port of opened.splice(0)) port.close();
});

function table(name = "fruit.csv", rows = 40): File {
  const lines = Array.from({ length: rows }, (_, i) =>
    i % 2 === 0 ? `a ripe apple number ${i},fruit` : `iron bar ${i},metal`,
  );
  return new File([`text,label\n${lines.join("\n")}\n`], name);
}

function open(change: Partial<Doors> = {}) {
  const engines: FakeEngine[] = [];
  const failing: Partial<Record<keyof Calls, Error>> = {};
  const saved: string[] = [];
  const doors: Doors = {
    openData,
    openEngine: (onProgress) => {
      const engine = new FakeEngine(onProgress, failing);
      engines.push(engine);
      return engine;
    },
    memory: openMemory(null),
    models: [{ name: "small", path: "models/small/" }],
    modelUrl: ({ path }) => `http://host/${path}`,
    listSamples: async () => [
      {
        name: "fruit",
        file: "fruit.csv",
        title: { en: "Fruit", zh: "Fruit" },
        description: { en: "", zh: "" },
        rows: 40,
        labels: 2,
        language: "en",
        task: "one label",
      },
    ],
    readSample: async ({ file }) => table(file),
    pickFiles: () => {},
    languages: ["en"],
    save: ({ name }) => void saved.push(name),
    nextFrame: (run) => void setTimeout(run),
    preset: {
      runOn: null,
      model: null,
      seed: null,
      sample: null,
      language: null,
      task: null,
    },
    ...change,
  };
  const store = createStudio(doors);
  const state = () => store.getState();
  const phase = (wanted: string) =>
    vi.waitFor(() => expect(state().phase).toBe(wanted));
  return {
    doors,
    failing,
    saved,
    engines,
    engine: () => engines.at(-1)!,
    state,
    phase,
    /** From nothing to the moment before the first step. */
    async training() {
      await state().start();
      await state().addFiles([table()]);
      void state().train();
      await vi.waitFor(() => expect(engines.at(-1)!.trained).not.toBeNull());
    },
  };
}

test("a dropped table is read, its columns guessed, and training is possible", async () => {
  const { state } = open();
  expect(state().phase).toBe("empty");
  await state().addFiles([table()]);
  expect(state().phase).toBe("ready");
  expect(state().mapping).toMatchObject({
    text: "text",
    label: "label",
    textB: null,
  });
  expect(state().overview!.labels).toEqual([
    { label: "fruit", rows: 20 },
    { label: "metal", rows: 20 },
  ]);
  expect(state().watchInput!.text).toMatch(/apple|iron/);
});

test("a table that cannot be trained on stays in mapping until its columns fit", async () => {
  const { state } = open();
  const lines = Array.from(
    { length: 20 },
    (_, i) => `text number ${i},same,${i % 2 ? "yes" : "no"}`,
  );
  await state().addFiles([
    new File([`text,label,answer\n${lines.join("\n")}`], "one.csv"),
  ]);
  await state().setMapping({ label: "label" });
  expect(state().phase).toBe("mapping");
  expect(state().overview!.checks.map(({ level }) => level)).toContain("error");
  await state().train();
  expect(state().phase).toBe("mapping");
  await state().setMapping({ label: "answer" });
  expect(state().phase).toBe("ready");
});

test("a bad file is a notice, and what was open stays open", async () => {
  const { state } = open();
  await state().addFiles([table()]);
  const before = state().table;
  await state().addFiles([new File([], "empty.csv")]);
  expect(state().phase).toBe("ready");
  expect(state().table).toBe(before);
  expect(inEnglish(state().notices)).toMatchObject([
    {
      topic: "data",
      level: "error",
      message: expect.stringContaining("empty.csv"),
    },
  ]);
  expect(snapshot(state()).problem).toContain("empty.csv");
  await state().addFiles([table("other.csv")]);
  expect(state().notices).toEqual([]);
});

test("a file named as a test file joins the table that is open", async () => {
  const { state } = open();
  await state().addFiles([table("fruit.csv")]);
  await state().addFiles([table("fruit-test.csv", 10)]);
  expect(state().table!.files.map(({ name, role }) => [name, role])).toEqual([
    ["fruit.csv", "train"],
    ["fruit-test.csv", "test"],
  ]);
  await state().setRole("fruit-test.csv", "validation");
  expect(state().table!.files[1]!.role).toBe("validation");
});

test.each(["fruit_val.csv", "fruit-heldout.csv", "testing.csv"])(
  "%s joins the table that is open, whose files keep how they were set to be read",
  async (name) => {
    const { state } = open();
    await state().addFiles([table("fruit.csv")]);
    await state().setReading("fruit.csv", { encoding: "windows-1252" });
    await state().addFiles([table(name, 10)]);
    const files = state().table!.files;
    expect(files.map((file) => file.role === "train")).toEqual([true, false]);
    expect(files[0]!.encoding).toBe("windows-1252");
  },
);

test("a way of reading that does not fit is said, and the table stays", async () => {
  const { state } = open();
  await state().addFiles([table("fruit.csv")]);
  const before = state().table;
  await state().setReading("fruit.csv", { delimiter: "|" });
  expect(state().table).toBe(before);
  expect(inEnglish(state().notices)[0]?.message).toContain(
    "Choose another delimiter",
  );
  await state().setReading("fruit.csv", { header: false });
  expect(state().table!.rows).toBe(before!.rows + 1);
  await state().setReading("fruit.csv", { header: null });
  expect(state().table!.rows).toBe(before!.rows);
});

test("a run goes from loading over training, paused and back to trained", async () => {
  const { state, engine, training, phase } = open();
  await training();
  expect(state().phase).toBe("loading");
  engine().emit({ kind: "stage", stage: "tokenizing", done: 1, total: 32 });
  expect(state().phase).toBe("loading");
  engine().emit(step(1));
  expect(state().phase).toBe("training");
  expect(state().step!.step).toBe(1);

  state().pause();
  expect(state().phase).toBe("training");
  engine().emit({ kind: "stage", stage: "paused", done: 1, total: 10 });
  expect(state().phase).toBe("paused");
  state().resume();
  expect(state().phase).toBe("training");
  engine().emit(step(2));
  engine().emit(evaluation(2, 0.7));
  expect(state().lastEvaluation!.macroF1).toBe(0.7);

  engine().finish(summary());
  await phase("trained");
  expect(engine().signals.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["pause", "resume"]),
  );
  expect(state().runUsable).toBe(true);
  expect(state().runs).toHaveLength(1);
  expect(state().runs[0]!.validation!.macroF1).toBe(0.8);
  await vi.waitFor(() => expect(state().runs[0]!.baselines).not.toBeNull());
});

test("the store's step follows as fast as one can read, the history has every step", async () => {
  const frames: (() => void)[] = [];
  const { state, engine, training } = open({
    nextFrame: (run) => void frames.push(run),
  });
  await training();
  engine().emit(step(1));
  frames.splice(0).forEach((run) => run());
  for (let at = 2; at <= 9; at++) engine().emit(step(at));
  expect(state().step!.step).toBe(1);
  expect(state().history.steps.length).toBe(9);
  await vi.waitFor(() => {
    frames.splice(0).forEach((run) => run());
    expect(state().step!.step).toBe(9);
  });
});

test("a stopped run keeps its model", async () => {
  const { state, engine, training, phase } = open();
  await training();
  engine().emit(step(1));
  state().stop();
  expect(engine().signals.at(-1)).toEqual({ kind: "stop" });
  engine().finish(summary({ step: 1, outcome: "stopped" }));
  await phase("trained");
  expect(state().runUsable).toBe(true);
  expect(snapshot(state())).toMatchObject({
    step: 1,
    steps: 10,
    problem: null,
  });
});

test("stop before the first step of work goes back to ready", async () => {
  const { state, engine, phase } = open();
  await state().addFiles([table()]);
  const training = state().train();
  expect(state().phase).toBe("loading");
  state().stop();
  await training;
  await phase("ready");
  expect(engine().trained).toBeNull();
});

test("a failed run leaves data and options, and can be tried again", async () => {
  const { state, engine, training, phase } = open();
  await training();
  engine().emit(step(1));
  const { table, mapping, options } = state();
  engine().fail(new Error("Out of memory at step 2. Lower the batch size."));
  await phase("failed");
  expect(state()).toMatchObject({ table, mapping, options, runUsable: false });
  const notice = state().notices.find(({ topic }) => topic === "run")!;
  expect(inEnglish(notice).message).toContain("Lower the batch size");
  expect(notice.stack).toContain("Error");
  expect(inEnglish(notice).remedies.map(({ label }) => label)).toEqual([
    "Try again",
    "Run on webgpu",
  ]);
  expect(inEnglish(state().runs[0]!).problem).toContain("Out of memory");

  engine().trained = null;
  notice.remedies[0]!.act();
  expect(state().phase).toBe("loading");
  await vi.waitFor(() => expect(engine().trained).not.toBeNull());
  engine().emit(step(1));
  engine().finish(summary());
  await phase("trained");
  expect(state().notices).toEqual([]);
});

test("a model that cannot be read is said once, also after Train", async () => {
  const { state, failing, phase } = open();
  const sentence = "model.safetensors could not be fetched.";
  failing.load = new Error(sentence);
  await state().start();
  await vi.waitFor(() =>
    expect(state().notices.map(({ topic }) => topic)).toEqual(["model"]),
  );
  await state().addFiles([table()]);
  failing.load = new Error(sentence);
  await state().train();
  await phase("failed");
  expect(inEnglish(state().notices).map(({ message }) => message)).toEqual([
    sentence,
  ]);
});

test("a lost device fails the run, and the next one gets a new engine", async () => {
  const { state, engines, engine, training } = open();
  await training();
  engine().emit(step(1));
  engine().emit({ kind: "lost", message: told("The GPU was reset.") });
  expect(state().phase).toBe("failed");
  expect(inEnglish(engines[0]!.closed)).toBe("The GPU was reset.");
  engines[0]!.fail(new Error("The training engine stopped: reset."));
  void state().train();
  await vi.waitFor(() => expect(engines).toHaveLength(2));
  await vi.waitFor(() => expect(engine().trained).not.toBeNull());
  expect(state().phase).toBe("loading");
});

test("an engine that died is replaced when it is needed next", async () => {
  const { state, engines, failing } = open();
  await state().start();
  await state().addFiles([table()]);
  await vi.waitFor(() => expect(state().model).not.toBeNull());
  failing.train = new Failure("worker stopped", {
    who: said("training engine"),
    reason: "it ran out of memory",
  });
  await state().train();
  expect(state().phase).toBe("failed");
  void state().train();
  await vi.waitFor(() => expect(engines).toHaveLength(2));
  await vi.waitFor(() => expect(engines[1]!.trained).not.toBeNull());
});

test("a reader that died is replaced when it is needed next", async () => {
  const readers: DataConnection[] = [];
  const { state } = open({
    openData() {
      const reader = openData();
      readers.push(reader);
      return reader;
    },
  });
  await state().addFiles([table()]);
  readers[0]!.close("out of memory");
  await state().addFiles([table("other.csv")]);
  expect(inEnglish(state().notices)[0]!.message).toBe(
    "The data reader stopped: out of memory. Reload the page to start a new one.",
  );
  expect(readers).toHaveLength(2);
  await state().addFiles([table("other.csv")]);
  expect(state().notices).toEqual([]);
  expect(state().table!.files[0]!.name).toBe("other.csv");
});

test("what was said is said anew in another language", async () => {
  const { state, failing } = open();
  failing.load = new Error("The download was cut off.");
  await state().start();
  await vi.waitFor(() => expect(state().notices).toHaveLength(1));
  state().setOption("epochs", 0);
  const words = () => [
    asText(state().notices[0]!.remedies[0]!.label),
    asText(state().optionProblems.epochs),
  ];
  expect(words()).toEqual([
    "Try again",
    "Epochs is 0: choose a whole number from 1 to 1000.",
  ]);
  await state().setLanguage("zh");
  try {
    expect(words()).toEqual([
      "重试",
      "轮数的当前值为0：请选择 1 到 1000 之间的整数。",
    ]);
  } finally {
    await state().setLanguage("en");
  }
});

test("a model that cannot be read is a notice; the former one stays", async () => {
  const { state, failing } = open();
  await state().start();
  await vi.waitFor(() => expect(state().model?.name).toBe("small"));
  failing.load = new Error("config.json: architecture T5 is not supported.");
  await state().addFiles([new File(["{}"], "config.json")]);
  expect(state().modelName).toBe("small");
  expect(state().model!.name).toBe("small");
  expect(inEnglish(state().notices)[0]!.message).toContain("T5");

  await state().addFiles([new File(["{}"], "config.json")]);
  expect(state().modelName).toBe("dropped");
  expect(state().models.map(({ name }) => name)).toEqual(["small", "dropped"]);
  expect(state().options.learningRate, "a large model's usual rate").toBe(3e-5);
  expect(
    inEnglish(state().notices).map(({ level, message }) => [level, message]),
  ).toEqual([
    ["info", "The model dropped is loaded (4 layers). Now drop labelled text."],
  ]);
});

test("two dropped models of one name are both kept, apart", async () => {
  const { state } = open();
  await state().start();
  await state().addFiles([new File(["{}"], "config.json")]);
  await state().addFiles([new File(["{}"], "config.json")]);
  expect(state().modelName).toBe("dropped (2)");
  expect(state().model!.name).toBe("dropped (2)");
  await state().setModel("dropped");
  expect(state().model!.name).toBe("dropped");
});

test("several models side by side are a question with a button for each", async () => {
  const { state } = open();
  await state().start();
  const at = (path: string) => {
    const file = new File(["{}"], path.slice(path.lastIndexOf("/") + 1));
    Object.defineProperty(file, "webkitRelativePath", { value: path });
    return file;
  };
  const checkpoint = (n: number) =>
    ["config.json", "model.safetensors"].map((name) =>
      at(`out/checkpoint-${n}/${name}`),
    );
  await state().addFiles([
    ...[1500, 500, 1000].flatMap(checkpoint),
    at("out/vocab.txt"),
  ]);
  expect(state().modelName).toBe("small");
  const [asked] = state().notices;
  expect(inEnglish(asked!).message).toBe(
    "3 models lie side by side in out. Choose the one to load.",
  );
  expect(inEnglish(asked!).remedies.map(({ label }) => label)).toEqual([
    "checkpoint-500",
    "checkpoint-1000",
    "checkpoint-1500",
  ]);
  asked!.remedies[1]!.act();
  await vi.waitFor(() => expect(state().modelName).toBe("dropped"));
  expect(inEnglish(state().notices)[0]!.message).toContain("is loaded");
});

test("model-with-csv: a table beside a model is read too, and a folder of data opened as a model is data", async () => {
  const { state } = open();
  await state().start();
  await state().addFiles([new File(["{}"], "config.json"), table()]);
  expect(state().modelName).toBe("dropped");
  expect(state().table).not.toBeNull();
  const other = open();
  await other.state().start();
  await other.state().dropModelFolder([table()]);
  expect(other.state().table).not.toBeNull();
  expect(other.state().notices).toEqual([]);
});

test("files dropped during a run are refused, with stopping as the remedy", async () => {
  const { state, engine, training } = open();
  await training();
  engine().emit(step(1));
  const { table: before } = state();
  await state().addFiles([table("late.csv")]);
  expect(state().table).toBe(before);
  const { remedies } = state().notices[0]!;
  remedies[0]!.act();
  expect(engine().signals.at(-1)).toEqual({ kind: "stop" });
});

test("an executor that cannot be had is told, and the next best one taken", async () => {
  const { state } = open({
    preset: {
      runOn: "webgl",
      model: null,
      seed: null,
      sample: null,
      language: null,
      task: null,
    },
  });
  await state().start();
  await vi.waitFor(() => expect(state().model).not.toBeNull());
  expect(state().runOn).toBe("auto");
  expect(state().device!.chosen).toBe("wasm");
  expect(inEnglish(state().notices[0])).toMatchObject({
    topic: "device",
    message: inEnglish(device.reason),
  });
  await state().setRunOn("webgpu");
  expect(state().device!.chosen).toBe("webgpu");
  expect(state().notices).toEqual([]);
});

test("an engine that cannot be opened is told, with trying again as the remedy", async () => {
  const { state, failing } = open();
  failing.open = new Error("Nothing here can train.");
  await state().start();
  await vi.waitFor(() => expect(state().notices).toHaveLength(1));
  state().notices[0]!.remedies[0]!.act();
  await vi.waitFor(() => expect(state().model).not.toBeNull());
  expect(state().notices).toEqual([]);
});

test("options that cannot work are told in sentences and stop Train", async () => {
  const { state } = open();
  await state().addFiles([table()]);
  state().setOption("epochs", 0);
  state().setOption("learningRate", NaN);
  expect(inEnglish(state().optionProblems)).toEqual({
    epochs: "Epochs is 0: choose a whole number from 1 to 1000.",
    learningRate: "Learning rate is empty: choose a number from 0 to 0.1.",
  });
  await state().train();
  expect(state().phase).toBe("ready");
  state().setPreset("quick");
  expect(state().optionProblems).toEqual({});
});

test("options are remembered, and the address has the last word on the seed", () => {
  const memory = openMemory(null);
  open({ memory }).state().setOption("epochs", 11);
  const { state } = open({
    memory,
    preset: {
      runOn: null,
      model: null,
      seed: 123,
      sample: null,
      language: null,
      task: null,
    },
  });
  expect(state().options).toMatchObject({ epochs: 11, seed: 123 });
});

test("what the engine measures later is remembered with the device", async () => {
  const memory = openMemory(null);
  const { state, engine } = open({ memory });
  await state().start();
  await vi.waitFor(() =>
    expect(memory.recall("device.2")).toMatchObject({ chosen: "wasm" }),
  );
  const report = { ...device, tuning: { tiles: 2 } };
  engine().emit({ kind: "device", report });
  expect(memory.recall("device.2")).toEqual(report);
});

test("a sample of the address is opened at the start", async () => {
  const { state, phase } = open({
    preset: {
      runOn: null,
      model: null,
      seed: null,
      sample: "fruit",
      language: null,
      task: null,
    },
  });
  await state().start();
  await phase("ready");
  expect(state().table!.files[0]!.name).toBe("fruit.csv");
  await state().trySample("nonsense");
  expect(inEnglish(state().notices)[0]!.message).toBe(
    "There is no sample named “nonsense”: choose one of fruit.",
  );
});

test("Chinese text and an English model: the page says what to expect", async () => {
  const { state } = open();
  await state().start();
  const lines = Array.from({ length: 40 }, (_, i) =>
    i % 2 ? `味道很好 送餐快 ${i},好` : `太慢了 不好吃 ${i},差`,
  );
  await state().addFiles([
    new File([`text,label\n${lines.join("\n")}`], "zh.csv"),
  ]);
  await vi.waitFor(() => expect(state().advice).toHaveLength(1));
  expect(inEnglish(state().advice)[0]!.message).toMatch(
    /100 % .* are Chinese.*\[UNK\]/,
  );
});

test("captures of the watched sentence are kept, of another one dropped", async () => {
  const { state, engine, training } = open();
  await training();
  const watched = state().watchInput!;
  engine().emit(capture(watched, 3));
  engine().emit(capture({ text: "another", textB: null }, 4));
  expect(state().attentionHistory.map((each) => each.step)).toEqual([3]);
  for (let at = 5; at < 700; at++) engine().emit(capture(watched, at));
  expect(state().attentionHistory.length).toBeLessThan(250);
  expect(state().attentionHistory[0]!.step).toBe(3);
  expect(state().attentionHistory.at(-1)!.step).toBe(699);
});

test("a trained run is exported under its name", async () => {
  const { state, engine, training, phase, saved, failing } = open();
  await training();
  engine().emit(step(1));
  engine().finish(summary());
  await phase("trained");
  failing.exportRun = new Error("The disk is full.");
  await state().exportRun("huggingface");
  expect(saved).toEqual([]);
  expect(state().notices[0]!.topic).toBe("export");
  await state().exportRun("huggingface");
  expect(saved).toEqual(["fruit-1-huggingface.zip"]);
  expect(state().notices).toEqual([]);
});

test("a snapshot holds the data, with every text that is said about it", async () => {
  const { state } = open();
  expect(snapshot(state()).data).toBeNull();
  await state().addFiles([table()]);
  const { data } = snapshot(state());
  const { labels, checks, usable } = state().overview!;
  expect(data).toMatchObject({
    rows: state().table!.rows,
    usable,
    setAside: 0,
    labels: labels.map(({ label }) => label),
  });
  for (const { message } of inEnglish(checks))
    expect(data!.notices).toContain(message);
  await state().addFiles([new File([], "empty.csv")]);
  expect(snapshot(state()).data!.notices[0]).toContain("empty.csv");
});

test("a snapshot is a plain copy of what is going on", async () => {
  const { state, engine, training } = open();
  await training();
  engine().emit(step(1));
  engine().emit(step(2));
  engine().emit(evaluation(2, 0.7));
  const taken = snapshot(state());
  expect(JSON.parse(JSON.stringify(taken))).toMatchObject({
    phase: "training",
    executor: "wasm",
    step: 2,
    steps: 10,
    metrics: { loss: 0.5, accuracy: 0.9, macroF1: 0.7 },
    history: [
      { step: 1, loss: 1 },
      { step: 2, loss: 0.5 },
    ],
    problem: null,
  });
  taken.options.epochs = 99;
  expect(state().options.epochs).not.toBe(99);
});

test("a model that could not be loaded is lacking until it is tried again", async () => {
  const { state, failing } = open();
  failing.load = new Error("The download was cut off. Try again.");
  const starting = state().start();
  expect(lacksModel(state()), "being measured").toBe(false);
  await starting;
  await vi.waitFor(() => expect(state().notices).toHaveLength(1));
  await state().addFiles([table()]);
  expect(lacksModel(state())).toBe(true);
  expect(
    inEnglish(state().notices)[0]!.remedies.map(({ label }) => label),
  ).toEqual(["Try again"]);
  state().dismissNotice(state().notices[0]!.id);
  await state().loadModel();
  expect(lacksModel(state())).toBe(false);
  expect(state().model!.name).toBe("small");
});

test("results of a former table are marked with their run and their data", async () => {
  const { state, engine, training, phase } = open();
  await training();
  engine().emit(step(1));
  engine().finish(summary());
  await phase("trained");
  expect(state().run!.source.columns).toBe("text → label");
  expect(formerResults(state())).toBeNull();
  await state().addFiles([table("other.csv")]);
  expect(inEnglish(formerResults(state()))).toBe("fruit-1 (fruit.csv)");
  await state().addFiles([table("fruit.csv", 60)]);
  expect(inEnglish(formerResults(state()))).toBe(
    "fruit-1 (fruit.csv as it was before)",
  );
  await state().addFiles([table("fruit.csv")]);
  expect(formerResults(state())).toBeNull();
  await state().setMapping({ text: "label", label: "text" });
  expect(inEnglish(formerResults(state()))).toBe(
    "fruit-1 (fruit.csv, text → label)",
  );
});

test("a trained run counts as unsaved until it was exported", async () => {
  const { state, engine, training, phase, failing } = open();
  await training();
  expect(isUnsaved(state())).toBe(false);
  engine().emit(step(1));
  engine().finish(summary());
  await phase("trained");
  expect(isUnsaved(state())).toBe(true);
  failing.exportRun = new Error("The disk is full.");
  await state().exportRun("huggingface");
  expect(isUnsaved(state())).toBe(true);
  await state().exportRun("huggingface");
  expect(isUnsaved(state())).toBe(false);
  expect(state().runs[0]!.exported).toBe(true);
});

test("a measured run is made again on all rows, for as long as its validation has shown to be best", async () => {
  const { state, engine, training, phase } = open();
  await training();
  engine().emit(step(1));
  expect(canTakeAllRows(state())).toBe(false);
  engine().finish(summary({ bestStep: 4 }));
  await phase("trained");
  expect(canTakeAllRows(state())).toBe(true);
  void state().trainOnAllRows();
  await vi.waitFor(() => expect(state().run!.name).toBe("fruit-2-all"));
  const { dataset, options } = engine().trained!;
  expect([dataset.train.count, dataset.validation.count]).toEqual([40, 0]);
  expect(options).toMatchObject({
    stopAfter: 0.4,
    decidedBy: {
      run: "fruit-1",
      validation: 8,
      metrics: { accuracy: 0.9, macroF1: 0.8 },
    },
  });
  engine().emit(step(1, 4));
  engine().finish(summary({ step: 4, steps: 4, validation: null }));
  await phase("trained");
  // No figure is claimed for it, and it cannot decide for another.
  expect(state().run).toMatchObject({ validation: null, baselines: null });
  expect(canTakeAllRows(state())).toBe(false);
});

test("usual options follow the data until someone chooses others", async () => {
  const { state, phase } = open();
  void state().start();
  await state().addFiles([table("few.csv", 40)]);
  await phase("ready");
  expect(state().options.epochs).toBe(10);
  await state().addFiles([table("many.csv", 2000)]);
  await phase("ready");
  expect(state().options.epochs).toBe(3);
  state().setOption("epochs", 7);
  await state().addFiles([table("few.csv", 40)]);
  await phase("ready");
  expect(state().options.epochs).toBe(7);
  state().setPreset("balanced");
  expect(state().options.epochs).toBe(10);
  state().setOption("fineTune", "head only");
  expect(state().options).toMatchObject({ epochs: 20, learningRate: 5e-3 });
});

test("Train asks once before it replaces a model that is not exported and not quickly trained again", async () => {
  const { state, engine, training, phase } = open();
  const end = async (seconds: number) => {
    await vi.waitFor(() => expect(state().run!.summary).toBeNull());
    engine().emit(step(1));
    engine().finish({ ...summary(), seconds });
    await phase("trained");
  };
  await training();
  await end(5);
  await state().addFiles([table("other.csv")]);
  await state().train();
  expect(state().phase).toBe("ready");
  expect(inEnglish(state().notices).map(({ message }) => message)).toEqual([
    "fruit-1 (fruit.csv) was trained on other data than are open now and is not exported: a new run takes its place. Export it first, or train anyway.",
  ]);
  expect(
    inEnglish(state().notices)[0]!.remedies.map(({ label }) => label),
  ).toEqual(["Export first", "Train anyway"]);
  void state().train();
  await phase("loading");
  expect(state().notices).toEqual([]);

  await end(150);
  await state().train();
  expect(inEnglish(state().notices)[0]!.message).toMatch(
    /^other-2 took about 3 minutes to train and is not exported/,
  );
  await state().exportRun("huggingface");
  expect(state().notices).toEqual([]);
  void state().train();
  await phase("loading");

  await end(5);
  void state().train();
  await phase("loading");
  expect(state().notices, "a short run on the same data").toEqual([]);
});

/** `count` rows of one text among English ones. */
function mixed(text: string, count: number, rows: number): File {
  const lines = Array.from({ length: rows }, (_, i) =>
    i < count
      ? `${text} ${i},${i % 2 ? "good" : "bad"}`
      : `the parcel is here and it was number ${i},${i % 2 ? "good" : "bad"}`,
  );
  return new File([`text,label\n${lines.join("\n")}`], "mixed.csv");
}

test.each([
  [
    "الخدمة ممتازة والتوصيل سريع",
    /^15 of 90 rows, 17 % of them, are in Arabic script, and small knows English.*on those rows/,
  ],
  [
    "Le colis n'est pas arrivé et je ne sais pas pourquoi",
    /^15 of 90 rows, 17 % of them, look like French, and small knows English/,
  ],
])("15 of 90 rows like %s are counted as rows", async (text, says) => {
  const { state } = open();
  await state().start();
  await state().addFiles([mixed(text, 15, 90)]);
  await vi.waitFor(() => expect(state().advice).toHaveLength(1));
  expect(inEnglish(state().advice)[0]!.message).toMatch(says);
  await state().addFiles([mixed(text, 1, 90)]);
  await vi.waitFor(() => expect(state().advice).toHaveLength(0));
});

test("attune.json dropped alone sets the run's options and seed, and says which model it needs", async () => {
  const { state } = open();
  await state().start();
  const json = {
    attune: "0.1.0",
    run: "tickets-1",
    model: { name: "attune-tiny-en", vocabulary: 8192 },
    options: { epochs: 5, seed: 11 },
  };
  const drop = (content: string) =>
    state().addFiles([new File([content], "attune.json"), table()]);
  await drop(JSON.stringify(json));
  expect(state().options).toMatchObject({ epochs: 5, seed: 11 });
  expect(state().phase).toBe("ready");
  expect(
    inEnglish(state().notices)
      .map(({ message }) => message)
      .join(),
  ).toMatch(/fine-tuned from attune-tiny-en \(8,192 word pieces\)/);
  await drop("{");
  expect(
    inEnglish(state().notices)
      .map(({ message }) => message)
      .join(),
  ).toMatch(/attune\.json is not JSON/);
});

test("a run from before there were pairs is repeated without, one with them with them", async () => {
  const { state } = open();
  await state().start();
  await state().addFiles([table()]);
  expect(state().options.contrastive).toBe(true);
  const drop = (options: object) =>
    state().addFiles([
      new File(
        [
          JSON.stringify({
            attune: "0.1.0",
            run: "tickets-1",
            model: { name: "attune-tiny-en", vocabulary: 8192 },
            options: { epochs: 5, ...options },
          }),
        ],
        "attune.json",
      ),
    ]);
  await drop({});
  expect(state().options.contrastive).toBe(false);
  await drop({ contrastive: true });
  expect(state().options.contrastive).toBe(true);
});

test("a loaded classifier answers and is evaluated without training, until a run is newer", async () => {
  const { state, engine, training, phase } = open();
  await state().start();
  expect(answersFrom(state())).toBeNull();
  await state().addFiles([
    new File(["{}"], "config.json"),
    new File([""], "classifier.safetensors"),
  ]);
  expect(answersFrom(state())).toBe("model");
  expect(inEnglish(state().notices)[0]!.message).toMatch(
    /answers under Try it/,
  );
  await state().addFiles([table()]);
  expect([labelsMatch(state()), canEvaluate(state())]).toEqual(["same", true]);
  await state().evaluate();
  expect(state().modelEvaluation).toMatchObject({
    model: "dropped",
    files: said("source: files", { names: ["fruit.csv"] }),
    evaluations: [{ part: "all", step: 0 }],
  });
  expect([state().phase, state().waiting.evaluation]).toEqual(["ready", null]);
  await training();
  expect(state().modelEvaluation).toBeNull();
  engine().emit(step(1));
  engine().finish(summary());
  await phase("trained");
  expect(answersFrom(state())).toBe("run");
});

test("the columns suggest the task, a person decides, and another table is asked anew", async () => {
  const { state } = open();
  const rated = new File(
    [
      `text,stars\n${Array.from({ length: 60 }, (_, i) => `walk ${i} was long,${(i * 7) % 50}.${i % 10}`).join("\n")}\n`,
    ],
    "rated.csv",
  );
  await state().addFiles([rated]);
  expect([state().phase, state().mapping!.task]).toEqual(["ready", "score"]);
  expect(snapshot(state()).task).toBe("score");
  await state().setTask("one label");
  expect([state().phase, state().mapping!.task]).toEqual([
    "mapping",
    "one label",
  ]);
  // A choice outlives another column of the same table, not another table.
  await state().setMapping({ text: "stars", label: "text" });
  expect(state().mapping!.task).toBe("one label");
  await state().addFiles([rated]);
  expect([state().phase, state().mapping!.task]).toEqual(["ready", "score"]);
  await state().addFiles([table()]);
  expect(state().mapping!.task).toBe("one label");
});

test("lines of texts warm a model up, which can then be chosen by its run's name", async () => {
  const { state, engine } = open();
  await state().start();
  const lines = Array.from({ length: 40 }, (_, i) => `We came by at ${i}.`);
  await state().addFiles([new File([lines.join("\n")], "notes.txt")]);
  expect(state().table).toBeNull();
  const { remedies } = state().notices[0]!;
  remedies[0]!.act();
  await vi.waitFor(() => expect(state().phase).toBe("ready"));
  expect(state().mapping).toMatchObject({
    task: "masked words",
    text: "text",
    label: "",
  });
  void state().train();
  await vi.waitFor(() => expect(engine().trained).not.toBeNull());
  expect(engine().trained!.dataset).toMatchObject({
    task: "masked words",
    labels: [],
    train: { targets: { task: "masked words" } },
  });
  engine().finish({
    step: 9,
    steps: 9,
    outcome: "finished",
    bestStep: 9,
    validation: null,
    test: null,
    seconds: 1,
    tokens: 10,
    executor: "wasm",
  });
  const name = "notes-1";
  await vi.waitFor(() =>
    expect(state().models.map((each) => each.name)).toContain(name),
  );
  await state().setModel(name);
  expect(state().model).toMatchObject({ name });
});

test("a sample of texts alone is opened for masked words, whatever task was chosen", async () => {
  const { state, phase } = open({
    listSamples: async () =>
      (["score", "masked words"] as const).map((task) => ({
        name: task,
        file: task === "score" ? "fruit.csv" : "notes.txt",
        title: { en: "", zh: "" },
        description: { en: "", zh: "" },
        rows: 40,
        labels: 0,
        language: "en",
        task,
      })),
    readSample: async ({ file }) =>
      file === "fruit.csv"
        ? table(file)
        : new File(["We came by.\nIt had rained.\nNobody saw.\n"], file),
  });
  await state().start();
  await state().setTask("many labels");
  await state().trySample("masked words");
  await phase("ready");
  expect(state().mapping).toMatchObject({ task: "masked words", label: "" });
  await state().setRole("notes.txt", "train");
  await phase("ready");
  expect(state().table!.columns).toEqual(["text"]);
  await state().trySample("score");
  await phase("ready");
  expect(state().mapping).toMatchObject({ task: "one label", label: "label" });
});

test("of lists of words the sentence is watched, and a predicate beside it", async () => {
  const { state } = open();
  await state().start();
  const rows = Array.from({ length: 12 }, (_, i) =>
    JSON.stringify({
      tokens: ["Ann", "gave", "Ben", "a", `book${i}`],
      predicate: 1,
      tags: ["B-ARG0", "B-V", "B-ARG2", "B-ARG1", "I-ARG1"],
    }),
  );
  await state().addFiles([new File([rows.join("\n")], "roles.jsonl")]);
  expect(state().mapping!.task).toBe("roles");
  expect(state().watchInput).toEqual({
    text: expect.stringMatching(/^Ann gave Ben a book\d+$/) as string,
    textB: "gave",
  });
});
