// Data that cannot be used: a sentence says why, and what was there stays.

import { expect, test } from "@playwright/test";
import {
  alerts,
  button,
  open,
  openWith,
  reach,
  snapshot,
  upload,
} from "./studio.ts";
import { type Upload, csv, file, rows, simple } from "./tables.ts";

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
  const same = rows(10).map(({ text }) => `${text},same`);
  await upload(page, csv("one.csv", same));
  await expect(page.getByRole("main")).toContainText(
    /(one|1) label|two labels|2 labels/i,
  );
  expect((await snapshot(page)).phase).not.toBe("training");
  await upload(page, simple(10));
  await reach(page, "ready");
});

test("a bad file while a good one is open leaves the good one in place", async ({
  page,
}) => {
  await openWith(page, simple(10));
  await upload(page, file("empty.csv", ""));
  await expect(alerts(page).filter({ hasText: "empty.csv" })).toBeVisible();
  await reach(page, "ready");
  await expect(button(page, "Train")).toBeEnabled();
});
