// A table as people have it, not as programs write it.

import { expect, test } from "./language.ts";
import {
  choose,
  openWith,
  region,
  rowsOf,
  setNumbers,
  short,
  snapshot,
  train,
} from "./studio.ts";
import { german } from "./tables.ts";

test("a spreadsheet's CSV with odd columns is read as its author meant it", async ({
  page,
}) => {
  await openWith(page, german());
  const chosen = async (name: string) =>
    page
      .getByRole("combobox", { name, exact: true })
      .evaluate((box) =>
        box instanceof HTMLSelectElement
          ? box.selectedOptions[0]?.text
          : (box as HTMLInputElement).value || box.textContent,
      );
  expect(await chosen("Label column")).toContain("Kategorie");
  expect(await chosen("Text column")).toContain("Nachricht");
  const data = region(page, "Data");
  await expect(data).toContainText("Früchte");
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toContainText("Größe");
  await expect(data).toContainText("windows-1252");

  await choose(page, "Text column", "Notiz");
  await choose(page, "Text column", "Nachricht");
  await choose(page, "Second text column", "Betreff");
  await setNumbers(page, { ...short, "Max tokens": 32 });
  await train(page);
  const { metrics } = await snapshot(page);
  expect(metrics.accuracy).toBeGreaterThan(0);
  expect(await rowsOf(page, "Confusion matrix").count()).toBeGreaterThanOrEqual(
    3,
  );
});
