// What the page knows at any moment, and what a person can do about it. Types
// only; `../studio.ts` is the face that makes a store of them.

import type {
  Baselines,
  Check,
  FileRole,
  LabelOverview,
  Mapping,
  Reading,
  TableView,
  TextInput,
} from "../data";
import type {
  AttentionCapture,
  Confusion,
  ConfusionCell,
  DeviceReport,
  EvaluationProgress,
  ExecutorName,
  ExportFormat,
  ManyLabelsEvaluation,
  MaskedText,
  MaskedWordsEvaluation,
  ModelReport,
  OneLabelEvaluation,
  Prediction,
  Progress,
  RunOn,
  RunSummary,
  ScoreEvaluation,
  Span,
  SpanError,
  SpanMistake,
  RolesEvaluation,
  SpansEvaluation,
  StepProgress,
  TrainingOptions,
} from "../engine";
import type { History } from "../metrics";
import type { Said, Text } from "../said";
import type { Language } from "../say";
import type { Task } from "../task";
import type { DataSize } from "./recipe";

export type {
  Task,
  AttentionCapture,
  Baselines,
  Check,
  Confusion,
  ConfusionCell,
  DeviceReport,
  EvaluationProgress,
  ExecutorName,
  ExportFormat,
  FileRole,
  ManyLabelsEvaluation,
  MaskedText,
  MaskedWordsEvaluation,
  OneLabelEvaluation,
  ScoreEvaluation,
  Span,
  SpanError,
  SpanMistake,
  RolesEvaluation,
  SpansEvaluation,
  LabelOverview,
  Mapping,
  ModelReport,
  Prediction,
  Reading,
  RunOn,
  RunSummary,
  StepProgress,
  TableView,
  TextInput,
  TrainingOptions,
};

/**
 * Where the person is. `mapping`: a table without usable columns. `ready`: Train
 * would work. `loading`: Train was pressed, no step yet. `failed`: the run broke;
 * data and options are intact. A problem that breaks nothing is a notice instead.
 */
export type Phase =
  | "empty"
  | "mapping"
  | "ready"
  | "loading"
  | "training"
  | "paused"
  | "trained"
  | "failed";

/** A problem or a piece of advice, beside the phase, with what can be done about it. */
export interface Notice {
  id: number;
  /** One per topic: a new one replaces the old one. */
  topic: "data" | "model" | "device" | "run" | "export" | "advice" | "storage";
  level: "info" | "warning" | "error";
  message: Text;
  /** Offered behind a disclosure, to copy. */
  stack: string | null;
  remedies: Remedy[];
}
export interface Remedy {
  label: Text;
  act(): void;
}

/** The loaded model's own classifier on a table, nothing trained. */
export interface ModelEvaluation {
  model: string;
  /** "tickets.csv", "a.csv and b.csv". */
  files: Said;
  /** Of all rows first, then of the parts. */
  evaluations: EvaluationProgress[];
}

/** What is being waited for outside a run; null when nothing is. */
export interface Waiting {
  data: Text | null;
  model: Text | null;
  device: Text | null;
  export: Text | null;
  evaluation: Text | null;
}

export interface Sample {
  name: string;
  file: string;
  title: Record<Language, string>;
  description: Record<Language, string>;
  rows: number;
  /** 0 where the task has none. */
  labels: number;
  task: Task;
  /** As HTML's lang: "en", "zh". */
  language: string;
}

export interface BundledModel {
  name: string;
  /** Folder below the page, with trailing slash. */
  path: string;
  /** Of what is published under this name, and its word pieces: what attune.json asks for. */
  version?: number;
  vocabulary?: number;
  /** For predicting times before it is loaded. */
  shape?: {
    layers: number;
    heads: number;
    hidden: number;
    intermediate: number;
    parameters: number;
  };
}

/** Everything set by a person besides data and model. */
export interface Options extends TrainingOptions {
  validationShare: number;
}
/** What decides which options are the usual ones. */
export interface Basis {
  model: ModelReport | null;
  /** Size of the latest table; null where none was read. */
  data: DataSize | null;
}
/** Arithmetic operations per second of whole runs, by executor and model. */
export type Speeds = Record<string, number>;

export type Preset = "quick" | "balanced" | "thorough";

/** What a run learned from, in words, and to tell it from what is open now. */
export interface Source {
  /** The names of its files. */
  names: string[];
  /** "tickets.csv", "a.csv and b.csv", "4 files". */
  files: Said;
  /** "text → label". */
  columns: string;
}

/** One training run: the present one or one of this session's former ones. */
export interface Run {
  id: number;
  /** For people and file names: "tickets-1". */
  name: string;
  dataset: DatasetInfo;
  model: ModelReport;
  options: Options;
  executor: ExecutorName;
  /** Of the same split; null until computed. */
  baselines: Baselines | null;
  /** The files and columns it learned from, and how many rows they had. */
  source: Source;
  rows: number;
  /** True once its weights were saved. */
  exported: boolean;
  /** Wall-clock milliseconds, as Date.now(). */
  startedAt: number;
  /** How it ended: its summary, what its failure says, or null while it runs. */
  summary: RunSummary | null;
  problem: Text | null;
  /** Latest validation evaluation; after the end, the kept weights' one. */
  validation: EvaluationProgress | null;
}

/** What remains of a Dataset once its bytes went to the engine. */
export interface DatasetInfo {
  task: Task;
  name: string;
  labels: string[];
  fingerprint: string;
  train: number;
  validation: number;
  /** 0 when there is none. */
  test: number;
  pairs: boolean;
}

/** What the run is busy with before and between steps. */
export type Stage = Extract<Progress, { kind: "stage" }>;

export interface State {
  language: Language;
  phase: Phase;
  notices: Notice[];
  waiting: Waiting;

  samples: Sample[];
  table: TableView | null;
  mapping: Mapping | null;
  /** What a person chose; null where the columns decide. */
  chosenTask: Task | null;
  overview: LabelOverview | null;
  /** Of the present table, mapping, share and seed; null until known. */
  baselines: Baselines | null;
  /** Advice about the data and this model, from the studio itself. */
  advice: Check[];

  models: BundledModel[];
  /** Name chosen in the `Model` combobox; a dropped folder adds its own. */
  modelName: string;
  model: ModelReport | null;
  runOn: RunOn;
  device: DeviceReport | null;

  /** Speeds that former runs on this device reached. */
  speeds: Speeds;

  options: Options;
  /** What the usual options follow from. */
  basis: Basis;
  /** What is wrong, by option; empty when all are valid. */
  optionProblems: Partial<Record<keyof Options, Said>>;

  /** The present or the last run; its figures stay on screen until the next one starts. */
  run: Run | null;
  /** True while the engine holds this run's weights: then predict and export work. */
  runUsable: boolean;
  stage: Stage | null;
  /** Latest step, updated only as often as can be read; its time left counts all a run does. */
  step: StepProgress | null;
  /** All steps and evaluations of `run`; append-only, does not re-render by itself. */
  history: History;
  /** All validation evaluations of `run`, oldest first. */
  evaluations: EvaluationProgress[];
  lastEvaluation: EvaluationProgress | null;
  /** Of the finished run, when there was a test file. */
  testEvaluation: EvaluationProgress | null;
  /** Of the model as it was loaded, newer than `run`; null where it was not asked for. */
  modelEvaluation: ModelEvaluation | null;

  /** The sentence being watched; null for none. */
  watchInput: TextInput | null;
  /** Latest capture of `watchInput`. */
  attention: AttentionCapture | null;
  /** All kept captures of `watchInput` in this run, oldest first, thinned to fit memory. */
  attentionHistory: AttentionCapture[];

  /** This session's ended runs, newest first. */
  runs: Run[];
}

export interface Actions {
  /** Lists the samples, measures the machine, loads the model. Once, by main.tsx. */
  start(): Promise<void>;

  /** Reads data files, or a model when a config.json is among them. */
  addFiles(files: File[]): Promise<void>;
  trySample(name: string): Promise<void>;
  setRole(file: string, role: FileRole): Promise<void>;
  /** Delimiter, header or encoding of a file, where the guess is wrong; null guesses again. */
  setReading(file: string, change: Partial<Reading>): Promise<void>;
  setMapping(change: Partial<Mapping>): Promise<void>;
  /** Instead of what the columns look made for. */
  setTask(task: Task): Promise<void>;

  setOption<K extends keyof Options>(name: K, value: Options[K]): void;
  setPreset(preset: Preset): void;
  setModel(name: string): Promise<void>;
  /** Tries again what could not be loaded. */
  loadModel(): Promise<void>;
  dropModelFolder(files: File[]): Promise<void>;
  setRunOn(runOn: RunOn): Promise<void>;

  train(): Promise<void>;
  /** The run on screen again, on all rows and for as long as its validation has shown to be best. */
  trainOnAllRows(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;

  /** Pins a sentence: its attention is captured now, and while training. */
  watch(input: TextInput | null): Promise<void>;
  /** The loaded model's own classifier on the table that is open, without training. */
  evaluate(): Promise<void>;
  /** Ends `evaluate` without figures. */
  stopEvaluating(): void;
  /** Away with `modelEvaluation`: the run's figures show again. */
  forgetEvaluation(): void;
  /** Rejects with a sentence when no weights can answer. Order as given. */
  predict(inputs: TextInput[]): Promise<Prediction[]>;
  /** Attention of the present weights on any text, without pinning it. */
  look(input: TextInput): Promise<AttentionCapture>;
  exportRun(format: ExportFormat): Promise<void>;

  /** Loads its catalogue where need be, and remembers it. */
  setLanguage(language: Language): Promise<void>;
  dismissNotice(id: number): void;
  /** Back to the start screen; runs of this session stay listed. */
  startOver(): void;
}

export type Studio = State & Actions;
