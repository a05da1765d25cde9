// Labels in scripts that run the other way.

import { expect, test } from "@playwright/test";
import { openWith, region } from "./studio.ts";

test("a long label from the right to the left is shown from its beginning", async ({
  page,
}) => {
  const label = "شكوى حول موعد التسليم ".repeat(9).trim();
  const lines = Array.from({ length: 40 }, (_, i) =>
    i % 2 ? `text number ${i} of one kind,${label}` : `row ${i} of another,b`,
  );
  await openWith(page, {
    name: "labels.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["text,label", ...lines].join("\n")),
  });
  const name = region(page, "Data")
    .getByRole("list", { name: "Labels", exact: true })
    .getByText(label);
  await expect(name).toBeVisible();
  /** Whether the first letter lies inside the box that cuts the rest. */
  expect(
    await name.evaluate((element) => {
      const range = document.createRange();
      let text: Node = element;
      while (text.firstChild) text = text.firstChild;
      range.setStart(text, 0);
      range.setEnd(text, 1);
      const letter = range.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      return letter.left >= box.left - 1 && letter.right <= box.right + 1;
    }),
  ).toBe(true);
});
