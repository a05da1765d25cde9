import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MarkedText } from "./MarkedText";

const text = "Ana left Lisbon";
const types = ["LOC", "PER"];
const textOf = (markup: string) => markup.replace(/<[^>]+>/g, "");

test("a mark is read as its words and its type, and what is wrong with it", () => {
  const markup = renderToStaticMarkup(
    <MarkedText
      text={text}
      types={types}
      marks={[
        { start: 9, end: 15, label: "LOC", error: "missed" },
        { start: 0, end: 3, label: "PER" },
      ]}
    />,
  );
  expect(textOf(markup)).toBe("Ana, PER left Lisbon, LOC, missed");
  expect(markup).toMatch(/^<p class="marked-text" dir="auto">/);
  // Only what is wrong is a place to stop at.
  expect(markup.match(/tabindex="0"/g)).toHaveLength(1);
});

test("marks never nest, and none reaches out of what is shown", () => {
  const marks = [
    { start: 0, end: 8, label: "PER" },
    { start: 4, end: 8, label: "LOC" },
    { start: 9, end: 15, label: "LOC" },
  ];
  const shown = (part: [number, number]) =>
    textOf(
      renderToStaticMarkup(<MarkedText {...{ text, types, marks, part }} />),
    );
  expect(shown([0, 15])).toBe("Ana left, PER Lisbon, LOC");
  expect(shown([0, 12])).toBe("Ana left, PER Lis…");
  expect(shown([4, 15])).toBe("…left, LOC Lisbon, LOC");
});
