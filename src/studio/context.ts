// What every part of the studio works with: the state, the doors to the two
// workers and to the device, and one way to tell people about problems.

import type { DataConnection } from "../data";
import { Failure, said, type Said, type Text } from "../said";
import type { Language } from "../say";
import type { Task } from "../task";
import type { Engine, ExportedFile, Progress } from "../engine";
import { follow, optionProblems } from "./options";
import { Pacer } from "../metrics";
import type { Memory } from "../storage";
import type {
  Basis,
  BundledModel,
  Notice,
  Remedy,
  RunOn,
  Sample,
  State,
  Studio,
} from "./state";

/** What differs between the page and a test. */
export interface Doors {
  openData(): DataConnection;
  openEngine(onProgress: (progress: Progress) => void): Engine;
  memory: Memory;
  models: BundledModel[];
  /** Absolute, with trailing slash. */
  modelUrl(model: BundledModel): string;
  listSamples(): Promise<Sample[]>;
  readSample(sample: Sample): Promise<File>;
  /** Opens the file picker. */
  pickFiles(): void;
  save(file: ExportedFile): void;
  nextFrame(run: () => void): void;
  /** From the address: presets of the same controls. */
  preset: {
    runOn: RunOn | null;
    model: string | null;
    seed: number | null;
    sample: string | null;
    language: Language | null;
    task: Task | null;
  };
  /** Language tags that the person prefers, best first. */
  languages: readonly string[];
}

export interface Context {
  /** The usual options follow the model and the rows there are now; chosen ones stay. */
  rebase(now: Partial<Basis>): void;
  doors: Doors;
  /** Decides when what arrives is drawn. */
  pacer: Pacer;
  get(): Studio;
  set(change: Partial<State>): void;
  /** Says it, replacing what the same topic said before. */
  notify(
    topic: Notice["topic"],
    level: Notice["level"],
    problem: unknown,
    remedies?: Remedy[],
  ): void;
  /** Withdraws what a topic said, of whatever level where none is given. */
  settle(topic: Notice["topic"], level?: Notice["level"]): void;
  /** Shows what is waited for while `work` runs. */
  waiting<T>(
    what: keyof State["waiting"],
    content: Said,
    work: Promise<T>,
  ): Promise<T>;
}

let nextNotice = 1;

export function createContext(
  doors: Doors,
  get: () => Studio,
  set: (change: Partial<State>) => void,
): Context {
  const settle: Context["settle"] = (topic, level) => {
    const notices = get().notices.filter(
      (each) => each.topic !== topic || (level && each.level !== level),
    );
    if (notices.length < get().notices.length) set({ notices });
  };
  /** Which wait was the latest: an earlier one must not end what is shown of it. */
  const tickets: Partial<Record<keyof State["waiting"], number>> = {};
  return {
    rebase(change) {
      const { options, basis } = get();
      const now = { ...basis, ...change };
      const next = follow(options, basis, now);
      set({
        options: next,
        basis: now,
        optionProblems: optionProblems(next, now.model),
      });
    },
    doors,
    pacer: new Pacer(doors.nextFrame),
    get,
    set,
    settle,
    notify(topic, level, problem, remedies = []) {
      const error = problem instanceof Error ? problem : null;
      const message = error ? sentenceOf(error) : (problem as Text);
      const notice: Notice = {
        id: nextNotice++,
        topic,
        level,
        message,
        stack: error?.stack ?? null,
        remedies,
      };
      set({
        notices: [...get().notices.filter((n) => n.topic !== topic), notice],
      });
    },
    async waiting(what, content, work) {
      const ticket = (tickets[what] ?? 0) + 1;
      tickets[what] = ticket;
      set({ waiting: { ...get().waiting, [what]: content } });
      try {
        return await work;
      } finally {
        if (tickets[what] === ticket)
          set({ waiting: { ...get().waiting, [what]: null } });
      }
    },
  };
}

export function isBusy(state: State): boolean {
  return (
    state.phase === "loading" ||
    state.phase === "training" ||
    state.phase === "paused"
  );
}

/** Loading has failed: nothing can be trained until it is tried again. */
export function lacksModel({ model, waiting }: State): boolean {
  return model === null && waiting.model === null && waiting.device === null;
}

export const tryAgain = (act: () => void): Remedy => ({
  label: said("remedy: try again"),
  act,
});

/** A worker that died: what it was asked can be asked of a new one. */
export const isStopped = (error: unknown): boolean =>
  error instanceof Failure && error.said.code === "worker stopped";

/** What a worker told of as an event, thrown after all. */
export const asError = (message: Text): Error =>
  typeof message === "string"
    ? new Error(message)
    : new Failure(message.code, message.values);

export const sentenceOf = (error: unknown): Text =>
  error instanceof Failure
    ? error.said
    : error instanceof Error
      ? error.message
      : String(error);
