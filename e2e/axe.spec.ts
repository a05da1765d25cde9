// What axe has to say about each phase of the studio.

import { createRequire } from "node:module";
import { type Page, expect, test } from "@playwright/test";
import {
  button,
  minutes,
  open,
  openWith,
  predict,
  reach,
  setNumbers,
  short,
  startTraining,
  train,
  upload,
} from "./studio.ts";
import { csv, rows, simple } from "./tables.ts";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary: string }[];
}

/** Serious and critical findings, as sentences. */
async function findings(page: Page, phase: string): Promise<string[]> {
  const all: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(150);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(options: object): Promise<{ violations: Violation[] }> };
      };
      return (await axe.run({ resultTypes: ["violations"] })).violations;
    });
    for (const { id, impact, nodes } of violations)
      if (impact === "serious" || impact === "critical")
        all.push(
          `${phase}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => target.join(" ")).join(" | ")}: ${nodes[0]?.failureSummary}`,
        );
  }
  return all;
}

test("axe finds nothing serious in the views for 150 labels", async ({
  page,
}) => {
  test.setTimeout(minutes(3));
  await page.addInitScript({ path: axePath });
  const lines = Array.from(
    { length: 600 },
    (_, i) =>
      `thing number ${i % 150} of part ${i},a rather long label ${i % 150}`,
  );
  await openWith(page, csv("many.csv", lines));
  await setNumbers(page, short);
  await train(page);
  expect(await findings(page, "trained")).toEqual([]);
});

test("axe finds nothing serious in any phase, light or dark", async ({
  page,
}) => {
  test.setTimeout(minutes(4));
  await page.addInitScript({ path: axePath });
  const all: string[] = [];
  await open(page);
  all.push(...(await findings(page, "empty")));

  const one = rows(10).map(({ text }) => `${text},same`);
  await upload(page, csv("one.csv", one));
  await reach(page, "mapping");
  all.push(...(await findings(page, "mapping")));

  await upload(page, simple());
  await reach(page, "ready");
  all.push(...(await findings(page, "ready")));

  await setNumbers(page, { ...short, Epochs: 50 });
  await startTraining(page, 2);
  all.push(...(await findings(page, "training")));
  await button(page, "Pause").click();
  await reach(page, "paused");
  all.push(...(await findings(page, "paused")));
  await button(page, "Resume").click();
  await button(page, "Stop").click();
  await reach(page, "trained");
  await predict(page, "the dull zinc was there again");
  all.push(...(await findings(page, "trained")));
  expect(all).toEqual([]);
});
