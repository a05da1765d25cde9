import { expect, test } from "vitest";
import { estimate, work } from "./estimate";
import {
  follow,
  followMode,
  initialOptions,
  presetOf,
  withPreset,
} from "./options";
import type { Basis, DeviceReport, Options } from "./state";

const basis = (rows: number): Basis => ({
  model: null,
  data: { rows, labels: 6, pairs: false, task: "one label" },
});
const none: Basis = { model: null, data: null };

test("pairs come and go with the data, until a person decides", () => {
  const few = follow(initialOptions, none, basis(48));
  expect(few.contrastive).toBe(true);
  expect(presetOf(few, basis(48))).toBe("balanced");
  expect(follow(few, basis(48), basis(6000)).contrastive).toBe(false);

  const without: Options = { ...few, contrastive: false };
  expect(presetOf(without, basis(48))).toBeNull();
  expect(follow(without, basis(48), basis(60)).contrastive).toBe(false);
  expect(withPreset(without, "quick", basis(48)).contrastive).toBe(true);
});

test("a head alone learns without pairs", () => {
  const few = follow(initialOptions, none, basis(48));
  const head = followMode(few, "head only", basis(48));
  expect(head.contrastive).toBe(false);
  expect(followMode(head, "all layers", basis(48)).contrastive).toBe(true);
});

const load = { rows: 60, characters: 60, wide: 0 };
const model = {
  name: "tiny",
  layers: 4,
  heads: 4,
  hidden: 128,
  intermediate: 512,
  parameters: 2_940_032,
};

test("pairs take the time of the texts that their steps read", () => {
  const plain: Options = {
    ...initialOptions,
    epochs: 10,
    validationShare: 0.2,
    contrastive: false,
  };
  const paired: Options = { ...plain, contrastive: true };
  const took = (options: Options, of: object = {}) =>
    work({ ...load, ...of }, options, model);
  // 60 steps of 32 texts, read four times over, and 48 once more; beside ten epochs
  // of 48 texts three times over and 12 at each of two evaluations.
  expect(took(paired) / took(plain)).toBeCloseTo(
    1 + (60 * 32 * 4 + 48) / (10 * (48 * 3 + 12 * 2)),
    10,
  );
  expect(took(paired, { task: "many labels" })).toBe(
    took(plain, { task: "many labels" }),
  );
  expect(took({ ...paired, randomWeights: true })).toBe(took(plain));
  const device: DeviceReport = {
    executors: [
      { name: "wasm", available: true, detail: "", probeMs: 10, problem: null },
    ],
    chosen: "wasm",
    reason: { code: "internal", values: { message: "" } },
    isolated: true,
  };
  const seconds = (options: Options) =>
    estimate(load, options, model, device, {}).seconds!;
  expect(seconds(paired)).toBeGreaterThan(seconds(plain));
});
