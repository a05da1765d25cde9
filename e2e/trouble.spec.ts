import { type Page, expect, test } from "@playwright/test";
import {
  type Upload,
  button,
  minutes,
  open,
  reach,
  setNumbers,
  short,
  snapshot,
  train,
  upload,
} from "./studio.ts";
import { file, rows, simple } from "./tables.ts";

const alerts = (page: Page) => page.getByRole("alert");

/** One unreadable file each: what it is, and what the sentence must name. */
const unreadable: { what: string; upload: Upload; says: RegExp }[] = [
  { what: "an empty file", upload: file("empty.csv", ""), says: /empty/i },
  {
    what: "a header without rows",
    upload: file("header.csv", "text,label\n"),
    says: /row/i,
  },
  {
    what: "a picture",
    upload: file(
      "picture.csv",
      new Uint8Array([
        0x89,
        0x50,
        0x4e,
        0x47,
        0x0d,
        0x0a,
        0x1a,
        0x0a,
        ...Array.from({ length: 4000 }, (_, i) => (i * 73) % 256),
      ]),
    ),
    says: /text|binary/i,
  },
];

for (const { what, upload: bad, says } of unreadable)
  test(`${what} is refused with a sentence, and the studio goes on`, async ({
    page,
  }) => {
    await open(page);
    await upload(page, bad);
    await expect(alerts(page).filter({ hasText: bad.name })).toContainText(
      says,
    );
    expect((await snapshot(page)).phase).toBe("empty");

    await upload(page, simple(10));
    await reach(page, "ready");
    await expect(alerts(page).filter({ hasText: bad.name })).toHaveCount(0);
    await expect(button(page, "Train")).toBeEnabled();
  });

test("a table with one label cannot be trained on, and says why", async ({
  page,
}) => {
  await open(page);
  await upload(
    page,
    file(
      "one.csv",
      `text,label\n${rows(10)
        .map(({ text }) => `${text},same`)
        .join("\n")}\n`,
    ),
  );
  await expect(page.getByRole("main")).toContainText(
    /(one|1) label|two labels|2 labels/i,
  );
  expect((await snapshot(page)).phase).not.toBe("training");
  await upload(page, simple(10));
  await reach(page, "ready");
});

test("a cell of 1 MB and ragged rows do not stop a run, and are accounted for", async ({
  page,
}) => {
  test.setTimeout(minutes(3));
  const good = rows(20).map(({ text, label }) => `${text},${label}`);
  good[3] = `${"very long ".repeat(105_000)},fruit`;
  good[5] = "no label here";
  good[7] = "too,many,columns,here";
  await open(page);
  await upload(page, file("odd.csv", `text,label\n${good.join("\n")}\n`));
  await reach(page, "ready");
  await expect(page.getByRole("region", { name: "Data" })).toContainText(
    /row|column/i,
  );
  await setNumbers(page, short);
  await train(page);
});

test("bytes that are no UTF-8 are read as windows-1252, and the page says so", async ({
  page,
}) => {
  await open(page);
  const lines = rows(10).map(({ text, label }) => `caf\u00e9 ${text},${label}`);
  await upload(
    page,
    file("latin.csv", Buffer.from(`text,label\n${lines.join("\n")}`, "latin1")),
  );
  await reach(page, "ready");
  const data = page.getByRole("region", { name: "Data" });
  await expect(data).toContainText("windows-1252");
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toContainText("café");
});

test("UTF-16 with a byte-order mark is read", async ({ page }) => {
  await open(page);
  const lines = rows(10).map(
    ({ text, label }) => `žluťoučký ${text}\t${label}`,
  );
  await upload(
    page,
    file(
      "utf16.tsv",
      Buffer.from(`\ufefftext\tlabel\n${lines.join("\n")}`, "utf16le"),
    ),
  );
  await reach(page, "ready");
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toContainText("žluťoučký");
});

test("a bad file while a good one is open leaves the good one in place", async ({
  page,
}) => {
  await open(page);
  await upload(page, simple(10));
  await reach(page, "ready");
  await upload(page, file("empty.csv", ""));
  await expect(alerts(page).filter({ hasText: "empty.csv" })).toBeVisible();
  await reach(page, "ready");
  await expect(button(page, "Train")).toBeEnabled();
});
