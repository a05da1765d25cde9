import { expect, test } from "vitest";
import { inEnglish, told } from "../fixtures/english";
import type { Load } from "./estimate";
import { initialOptions } from "./options";
import type { BundledModel, DeviceReport } from "./state";
import { suggestModel } from "./suggestion";

const models: BundledModel[] = [
  {
    name: "tiny",
    path: "",
    shape: {
      layers: 4,
      heads: 4,
      hidden: 128,
      intermediate: 512,
      parameters: 2_940_032,
    },
  },
  {
    name: "small",
    path: "",
    shape: {
      layers: 6,
      heads: 8,
      hidden: 256,
      intermediate: 1024,
      parameters: 9_065_216,
    },
  },
];
const device = (probeMs: number | null): DeviceReport => ({
  executors: [
    { name: "wasm", available: true, detail: "", probeMs, problem: null },
  ],
  chosen: "wasm",
  reason: told(""),
  isolated: true,
});
const load = (rows: number): Load => ({ rows, characters: 60, wide: 0 });
const suggest = (rows: number, probeMs: number | null, some = models) =>
  inEnglish(
    suggestModel(load(rows), initialOptions, some, device(probeMs), {}),
  );

test("few rows on a quick machine: the larger model, with its time and why", () => {
  expect(suggest(480, 10)).toEqual({
    model: "small",
    reason: expect.stringMatching(
      /^It takes about \d+ s here for 480 rows of about 60 characters, and is up to 3 points better than tiny \((a few seconds|about \d+ s)\)\.$/,
    ),
  });
});

test("many rows on a slow machine: the smaller one, and what the larger would take", () => {
  expect(suggest(50_000, 60)).toEqual({
    model: "tiny",
    reason: expect.stringMatching(
      /^It takes about \d+ min here for 50,000 rows of about 60 characters; small, up to 3 points better, about \d+ (min|h)\.$/,
    ),
  });
});

test("nothing is suggested where nothing was measured, or there is nothing to choose", () => {
  expect(suggest(480, null)).toBeNull();
  expect(suggest(480, 10, models.slice(0, 1))).toBeNull();
});
