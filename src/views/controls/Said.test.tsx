// Sentences with elements in them: in the language's order, and safe from files.

import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test } from "vitest";
import { speak } from "../../say";
import { Say } from "./Said";

afterEach(() => speak("en"));

const learned = (run: string) => (
  <Say
    code="all rows.has learned"
    values={{
      run: <bdi>{run}</bdi>,
      rows: 1204,
      decider: <b>{"second"}</b>,
      metric: "accuracy",
      value: "0.812",
      validation: 1,
    }}
  />
);

test("elements stand where the sentence has them", async () => {
  expect(renderToStaticMarkup(learned("first"))).toBe(
    "<bdi>first</bdi> has learned from all 1,204 rows: nothing is held out, so no validation figure is claimed for it. How long it learns was decided by <b>second</b>, which reached accuracy 0.812 on the 1 rows it held out.",
  );
  await speak("zh");
  expect(renderToStaticMarkup(learned("first"))).toMatch(
    /^<bdi>first<\/bdi> 使用了全部 1,204 行训练：.*<b>second<\/b>/,
  );
});

test("a text with marks or braces in it stays that text", () => {
  const odd = "{rows} \uE0001\uE001 <i>";
  expect(
    renderToStaticMarkup(
      <Say
        code="data.baseline"
        values={{ name: "bag of words", score: odd }}
      />,
    ),
  ).toBe("bag of words {rows} \uE0001\uE001 &lt;i&gt;");
});

const wrong = (label: string) =>
  renderToStaticMarkup(
    <Say
      code="confusion.wrong"
      values={{
        count: 1,
        total: 1200,
        label: <bdi>{label}</bdi>,
        predicted: <b>no</b>,
      }}
    />,
  );

test("each language puts elements where it wants them", async () => {
  expect(wrong("yes")).toBe("1 of 1,200 <bdi>yes</bdi> predicted as <b>no</b>");
  await speak("zh");
  expect(wrong("yes")).toBe(
    "1,200 个 <bdi>yes</bdi> 中有 1 个被预测为 <b>no</b>",
  );
});

test("what is in an element is never read as a part of the message", () => {
  expect(wrong("{count} \uE000predicted\uE001 <i>")).toBe(
    "1 of 1,200 <bdi>{count} \uE000predicted\uE001 &lt;i&gt;</bdi> predicted as <b>no</b>",
  );
});
