import { expect, test } from "vitest";
import { inEnglish } from "../fixtures/english";
import { adviseOn } from "./advice";
import { initialOptions } from "./options";
import type { ModelReport, TableView } from "./state";

const model: ModelReport = {
  name: "small",
  parameters: 1,
  bytes: 4,
  layers: 1,
  heads: 1,
  hidden: 4,
  intermediate: 4,
  vocabulary: 8192,
  maxPositions: 256,
  cased: false,
  english: true,
  notes: [],
};
const advise = (texts: string[], rows = texts.length) => {
  const mapping = {
    task: "one label" as const,
    text: "text",
    textB: null,
    label: "label",
    labels: [],
  };
  const table: TableView = {
    files: [],
    columns: ["text", "label"],
    rows,
    preview: texts.map((text) => [text, "a"]),
    guess: mapping,
    why: { code: "internal", values: { message: "" } },
  };
  return inEnglish(adviseOn(table, mapping, model, initialOptions))[0]!.message;
};

test("of several languages the number of rows is said once", () => {
  const texts = [
    ...Array<string>(15).fill("الخدمة ممتازة والتوصيل سريع"),
    ...Array<string>(9).fill("Посылка пришла вовремя, спасибо"),
    ...Array<string>(66).fill("the parcel is here and it was quick"),
  ];
  expect(advise(texts)).toMatch(
    /^15 of 90 rows, 17 % of them, are in Arabic script; 9 \(10 %\) are .*, and small knows English/,
  );
  expect(advise(texts, 500)).toMatch(/^15 of the first 90 rows, 17 % of them/);
});
