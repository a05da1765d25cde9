// Data that can be used although it is not as it should be.

import { expect, test } from "@playwright/test";
import { minutes, openWith, setNumbers, short, train } from "./studio.ts";
import { csv, file, rows } from "./tables.ts";

test("a cell of 1 MB and ragged rows do not stop a run, and are accounted for", async ({
  page,
}) => {
  test.setTimeout(minutes(3));
  const good = rows(20).map(({ text, label }) => `${text},${label}`);
  good[3] = `${"very long ".repeat(105_000)},fruit`;
  good[5] = "no label here";
  good[7] = "too,many,columns,here";
  await openWith(page, csv("odd.csv", good));
  await expect(page.getByRole("region", { name: "Data" })).toContainText(
    /row|column/i,
  );
  await setNumbers(page, short);
  await train(page);
});

test("bytes that are no UTF-8 are read as windows-1252, and the page says so", async ({
  page,
}) => {
  const lines = rows(10).map(({ text, label }) => `caf\u00e9 ${text},${label}`);
  await openWith(
    page,
    file("latin.csv", Buffer.from(`text,label\n${lines.join("\n")}`, "latin1")),
  );
  const data = page.getByRole("region", { name: "Data" });
  await expect(data).toContainText("windows-1252");
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toContainText("café");
});

test("UTF-16 with a byte-order mark is read", async ({ page }) => {
  const lines = rows(10).map(
    ({ text, label }) => `žluťoučký ${text}\t${label}`,
  );
  await openWith(
    page,
    file(
      "utf16.tsv",
      Buffer.from(`\ufefftext\tlabel\n${lines.join("\n")}`, "utf16le"),
    ),
  );
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toContainText("žluťoučký");
});
