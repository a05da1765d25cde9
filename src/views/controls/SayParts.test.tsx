import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test } from "vitest";
import { speak } from "../../say";
import { SayParts } from "./SayParts";

afterEach(() => speak("en"));

const sentence = (label: string) =>
  renderToStaticMarkup(
    <SayParts
      code="confusion.wrong"
      values={{
        count: 1,
        total: 1200,
        label: <bdi>{label}</bdi>,
        predicted: <b>no</b>,
      }}
    />,
  );

test("elements stand where each language wants them", async () => {
  expect(sentence("yes")).toBe(
    "1 of 1,200 <bdi>yes</bdi> predicted as <b>no</b>",
  );
  await speak("zh");
  expect(sentence("yes")).toBe(
    "1,200 个 <bdi>yes</bdi> 中有 1 个被预测为 <b>no</b>",
  );
});

test("what is in an element is never read as a part of the message", () => {
  expect(sentence("{count} \uE000predicted\uE001 <i>")).toBe(
    "1 of 1,200 <bdi>{count} \uE000predicted\uE001 &lt;i&gt;</bdi> predicted as <b>no</b>",
  );
});
