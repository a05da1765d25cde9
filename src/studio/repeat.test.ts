import { expect, test } from "vitest";
import { inEnglish } from "../fixtures/english";
import { modelFor, readRun } from "./repeat";

/** As version 0 wrote it, without what is not read. */
const v0 = {
  attune: "0.1.0",
  run: "tickets-1",
  date: "2026-10-02T03:04:05.000Z",
  task: "classify texts",
  model: {
    name: "attune-tiny-en",
    parameters: 1_900_000,
    layers: 4,
    vocabulary: 8192,
    notes: [],
  },
  options: { epochs: 5, maxTokens: 48, seed: 11 },
  data: { name: "tickets", labels: ["a", "b"], pairs: false },
};
const models = [
  { name: "attune-tiny-en", path: "t/", version: 1, vocabulary: 16384 },
];
const modelOf = (model: object) =>
  modelFor(
    readRun(JSON.stringify({ ...v0, model: { ...v0.model, ...model } })),
    models,
  );

test("attune.json of version 0 is read, and says which model it needs", () => {
  const run = readRun(JSON.stringify(v0));
  expect(run.options).toEqual(v0.options);
  expect(inEnglish(modelFor(run, models))).toEqual({
    choose: null,
    sentence:
      "This run was fine-tuned from attune-tiny-en version 0 (8,192 word pieces). Attune now carries version 1 (16,384): repeating it gives other figures. To use its weights, drop the whole exported folder.",
  });
});

test("a run of the present model chooses it; of another version, not", () => {
  const now = { vocabulary: 16384, version: 1 };
  expect(modelOf(now).choose).toBe("attune-tiny-en");
  expect(inEnglish(modelOf({ ...now, version: 2 }))).toMatchObject({
    choose: null,
    sentence: expect.stringContaining("attune-tiny-en version 2") as string,
  });
});

test("a run of a dropped model names it", () => {
  expect(
    inEnglish(modelOf({ name: "my-bert", vocabulary: 30522 })),
  ).toMatchObject({
    choose: null,
    sentence: expect.stringContaining(
      "fine-tuned from my-bert (30,522 word pieces), which is not one of Attune's",
    ) as string,
  });
});

test("what is damaged or foreign is said in a sentence", () => {
  const cut = JSON.stringify(v0).slice(0, 90);
  expect(() => readRun(cut)).toThrow(/cut off after 90 characters/);
  for (const foreign of ["[]", "null", '{"model": null}', '{"attune": 3}'])
    expect(() => readRun(foreign)).toThrow(/no options and model of an Attune/);
});
