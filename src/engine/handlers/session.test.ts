// What device, loaded model and trained model have to say in each other, on a
// machine that computes nothing.

import { plainDecoding } from "../tasks";
import { expect, test } from "vitest";
import { said } from "../../said";
import type { Classifier } from "../classifier";
import type { Machine } from "../executors";
import { easyVocabulary } from "../fixtures/examples";
import { smallModel } from "../fixtures/small-model";
import type { ExecutorName, TrainingOptions } from "../protocol";
import { Session } from "./session";
import { Trained } from "./trained";

const reason = said("internal", { message: "The GPU went away." });

interface Fake extends Classifier {
  on: ExecutorName;
  gone: boolean;
}

/** A session on a machine with two executors, and all that was opened on them. */
async function openSession(on: ExecutorName) {
  const opened: Fake[] = [];
  const machine: Machine = {
    async open(name) {
      if (name !== "webgpu" && name !== "wasm") throw new Error("not here");
      return {
        detail: name,
        software: false,
        async openClassifier({ labelCount }) {
          const classifier = {
            on: name,
            gone: false,
            labelCount,
            read: async () => new Map(),
            dispose: () => void (classifier.gone = true),
          } as Partial<Fake> as Fake;
          opened.push(classifier);
          return classifier;
        },
      };
    },
    selfTest: async () => {},
    measure: async () => 5,
  };
  const session = new Session(machine);
  await session.open([on, null], () => {});
  await session.load({
    kind: "files",
    files: await smallModel(easyVocabulary),
  });
  /** As a run does. */
  const train = async (): Promise<Trained> => {
    const { config, weights } = session.loaded;
    const classifier = await session.haveDevice().openClassifier({
      config,
      weights,
      head: "labels",
      labelCount: 3,
      capacity: { sequences: 1, tokens: 8, length: 8 },
      training: null,
    });
    const trained = new Trained(
      session.loaded,
      classifier,
      { maxTokens: 8 } as TrainingOptions,
      "one label",
      [],
      plainDecoding,
    );
    session.beginRun(trained);
    return trained;
  };
  return { session, opened, train };
}

test("a lost GPU takes its weights along, and says so until another is open", async () => {
  const { session, opened, train } = await openSession("webgpu");
  await session.loadedReader();
  await train();
  expect(session.lose(reason)).toBe(true);
  expect(session.trained).toBeNull();
  expect(() => session.haveDevice()).toThrow("The GPU went away.");
  await session.open(["wasm", null], () => {});
  await session.loadedReader();
  expect(opened.at(-1)!.on).toBe("wasm");
  expect(session.whyLost).toBeNull();
});

test("a GPU lost elsewhere leaves WebAssembly's weights alone", async () => {
  const { session, train } = await openSession("wasm");
  const trained = await train();
  expect(session.lose(reason)).toBe(false);
  expect(session.trained).toBe(trained);
  expect(session.haveDevice().report.chosen).toBe("wasm");
});

test("a run takes the place of the former one and of the untrained reader", async () => {
  const { session, opened, train } = await openSession("wasm");
  await session.loadedReader();
  await train();
  const [reader, first] = opened;
  expect([reader!.gone, first!.gone]).toEqual([true, false]);
  expect(session.shown).toBe("run");
  const second = await train();
  expect(first!.gone).toBe(true);
  session.abandonRun(second);
  expect(opened[2]!.gone).toBe(true);
  expect(session.trained).toBeNull();
});

test("a model loaded after a run is shown first, and the run stays", async () => {
  const { session, opened, train } = await openSession("wasm");
  const trained = await train();
  await session.load({
    kind: "files",
    files: await smallModel(easyVocabulary),
  });
  expect(session.shown).toBe("model");
  // It has no classifier of its own: only the run can answer.
  expect(session.answering).toBe("run");
  expect(session.trained).toBe(trained);
  expect(opened[0]!.gone).toBe(false);
});

test("the trained model moves to a new device, and the former lets it go last", async () => {
  const { session, opened, train } = await openSession("wasm");
  const trained = await train();
  await session.open(["webgpu", null], () => {});
  expect(opened.map(({ on, gone }) => [on, gone])).toEqual([
    ["wasm", true],
    ["webgpu", false],
  ]);
  expect(trained.classifier).toBe(opened[1]);
  expect(trained.classifier.labelCount).toBe(3);
});
