// Roles of predicates through the reader: every form they are written in, and each
// fault with its place.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { inputAt, taggedWords } from "../dataset";
import { made } from "../fixtures/real";
import type { Mapping } from "../protocol";
import { readTable, viewOf } from "../table";
import { preparedFor } from "../tasks";
import { suggestion } from "../suggestion";
import {
  placeOfPredicate,
  predicateOfCell,
  writtenPredicate,
} from "./roles/predicate";

const mapping: Mapping = {
  ...{ task: "roles", text: "tokens", textB: null, label: "tags", labels: [] },
};
const VERBS = ["saw", "cut", "sold"];
const plain = Array.from({ length: 60 }, (_, i) => ({
  tokens: ["Ana", VERBS[i % 3], "tree", String(i)],
  predicate: 1,
  tags: ["B-ARG0", "B-V", "B-ARG1", "I-ARG1"],
}));
function prepare(rows: object[], changes: Partial<Mapping> = {}) {
  const table = readTable([
    made("a.jsonl", rows.map((row) => JSON.stringify(row)).join("\n") + "\n"),
  ]);
  const prepared = preparedFor(table, { ...mapping, ...changes });
  const overview = prepared.overview();
  const said = inEnglish(overview.checks)
    .map(({ level, message }) => `${level}: ${String(message)}`)
    .join("\n");
  return { table, prepared, overview, said };
}
const options = { validationShare: 0.2, seed: 1, allRows: false };

test("the predicate is the second text, and V no label", async () => {
  const { prepared, overview, said } = prepare(plain);
  expect(overview.labels).toEqual([
    { label: "ARG0", rows: 60 },
    { label: "ARG1", rows: 60 },
  ]);
  expect(said).toContain("120 arguments of 60 predicates, in the roles “ARG0”");
  const { labels, task, train } = prepared.dataset(options);
  expect(task).toBe("roles");
  expect(labels).toEqual("O B-ARG0 I-ARG0 B-ARG1 I-ARG1 B-V I-V".split(" "));
  const { text, textB } = inputAt(train, 0);
  expect(text.split(" ")[1]).toBe(textB);
  const { tags, offsets } = taggedWords(train);
  expect(offsets.at(-1)).toBe(tags.length);
  expect([...tags.subarray(0, 4)]).toEqual([1, 5, 3, 4]);
  const { majority, bagOfWords } = await prepared.baselines(
    options,
    async () => {},
  );
  expect(majority).toMatchObject({ argumentF1: 0, label: null });
  // "Ana" is always found; where the numbers go, no word says.
  expect(bagOfWords.argumentF1).toBeGreaterThanOrEqual(0.4);
});

test("rows of one sentence stay on one side", () => {
  const both = Array.from({ length: 40 }, (_, i) => {
    const tokens = ["Ana", "saw", "tree", String(i), "and", "fled"];
    return [
      { tokens, predicate: 1, tags: ["B-A0", "B-V", "B-A1", "I-A1", "O", "O"] },
      { tokens, predicate: 5, tags: ["B-A0", "O", "O", "O", "O", "B-V"] },
    ];
  }).flat();
  const { train, validation } = prepare(both).prepared.dataset(options);
  const texts = (part: typeof train) =>
    Array.from({ length: part.count }, (_, i) => inputAt(part, i).text);
  const known = new Set(texts(train));
  expect(validation.count).toBe(16);
  expect(texts(validation).filter((text) => known.has(text))).toEqual([]);
});

test.each<[object, string, string, number]>([
  [
    { predicate: 9 },
    "which word is the predicate",
    "“9” (first a.jsonl, row 61)",
    60,
  ],
  [{ predicate: "ran" }, "which word is the predicate", "or tag it B-V", 60],
  [
    { predicate: "tree" },
    "the predicate’s word is there more than once",
    "“gave 2”",
    61,
  ],
  [
    { predicate: 0, tags: ["O", "B-V", "O", "O"] },
    "than the one tagged V",
    "row 61",
    61,
  ],
  [{ tags: ["O"] }, "another number of words than of tags", "“4 / 1”", 60],
])("%j: %s", (changes, fault, detail, usable) => {
  const { said, overview } = prepare([
    ...plain,
    {
      ...{ tokens: ["tree", "hit", "tree", "x"], predicate: 1 },
      ...{ tags: ["B-ARG0", "O", "B-ARG1", "O"], ...changes },
    },
  ]);
  const found = said.split("\n").find((each) => each.includes(fault));
  expect(said).toContain(fault);
  expect(found).toContain(detail);
  expect(overview.usable).toBe(usable);
});

test("nothing says which word is the predicate: nothing can be trained on", () => {
  const { said } = prepare(
    plain.map(({ tokens }) => ({ tokens, tags: ["B-A0", "O", "O", "O"] })),
  );
  expect(said).toMatch(/^error: .*60 with no predicate/);
});

const words = ["He", "gave", "what", "she", "Gave", "."];
test.each<[string, number | null]>([
  ["gave", 1],
  ["gave 2", 4],
  ["GAVE@5", 4],
  ["4", 4],
  ["[0,0,0,0,1,0]", 4],
  ["[4]", 4],
  ["she gave", 3],
  ["gave 3", null],
  ["6", null],
  ["took", null],
])("the cell %j means word %j", (cell, at) => {
  expect(predicateOfCell(words, cell)?.at ?? null).toBe(at);
});

test("what is written for a word is found there again", () => {
  words.forEach((_, at) =>
    expect(placeOfPredicate(words, writtenPredicate(words, at))?.at).toBe(at),
  );
  expect(writtenPredicate(words, 4)).toBe("Gave 2");
});

const props = (name: string, lines: string[]) => {
  const table = readTable([made(name, lines.join("\n") + "\n")]);
  const [file] = inEnglish(table.files);
  return { ...table, said: file!.problems.map(String).join("\n") };
};
const EXPECTED = [
  ["She gave him what he took .", "gave@2", "B-A0 B-V B-A2 B-A1 I-A1 I-A1 O"],
  ["She gave him what he took .", "took@6", "O O O B-A1 B-A0 B-V O"],
  ["It rained", "rained@2", "O B-V"],
];
/** Words, what they are, and arguments of both predicates. */
const BRACKETS = [
  "She   PRP (NP*) -    (A0*) *",
  "gave  VBD (VP* give (V*)  *",
  "him   PRP *    -    (A2*) *",
  "what  WP  *    -    (A1*  (A1*)",
  "he    PRP *    -    *     (A0*)",
  "took  VBD *)   take *)    (V*)",
  ".     .   *    -    *     *",
  "",
  "It     PRP (NP*) -    *",
  "rained VBD (VP*) rain (V*)",
  "",
  "Yes UH (S*) -",
];

test("CoNLL-2005: brackets", () => {
  const { columns, rows, number, said } = props("train.props.txt", BRACKETS);
  expect(columns).toEqual(["text", "predicate", "roles"]);
  expect(rows).toEqual(EXPECTED);
  expect([...number]).toEqual([1, 1, 2]);
  expect(said).toBe(
    "train.props.txt has one word a line and a column for each predicate: 3 predicates, each of them a row, in 3 sentences, 1 of them without any.",
  );
});

test("CoNLL-2012: words are numbered, a last column refers", () => {
  let at = -1;
  const lines = BRACKETS.map((line) => {
    at = line === "" ? -1 : at + 1;
    const [word, pos, parse, ...rest] = line.split(/ +/);
    return (
      line && ["nw/1", 0, at, word, pos, parse, ...rest, "(3)"].join("   ")
    );
  });
  const { rows } = props("a.conll", [
    "#begin document (nw/1); part 000",
    ...lines,
    "",
    "#end document",
  ]);
  expect(rows).toEqual(EXPECTED);
});

test.each([
  ["(A1*  (A1*)", "*     (A1*)", "line 6: brackets", 1],
  ["*)    (V*)", "*     (V*)", "line 4: brackets", 1],
  [
    "took  VBD *)   take *)    (V*)",
    "took  VBD *)   take *)    *",
    "line 1: in the sentence that begins here",
    1,
  ],
  [
    "he    PRP *    -    *     (A0*)",
    "he    PRP *    -    *",
    "line 5: the columns",
    1,
  ],
])("%s → %s: set aside, with its line", (from, to, fault, rows) => {
  const table = props(
    "a.conll",
    BRACKETS.map((line) => line.replace(from, to)),
  );
  expect(table.said).toContain(`a.conll, ${fault}`);
  expect(table.said).toContain("The sentence is set aside.");
  expect(table.rows).toHaveLength(rows);
  expect(table.ragged.count).toBe(1);
});

const dependencies = (before: number, filled: boolean) => {
  const line = (
    id: number,
    form: string,
    predicate: string,
    ...roles: string[]
  ) =>
    [
      ...[id, form, ...Array<string>(before - 3).fill("x")],
      ...[filled ? (predicate === "_" ? "_" : "Y") : "_", predicate, ...roles],
    ].join("\t");
  return [
    line(1, "She", "_", "A0", "_"),
    line(2, "gave", "give.01", "_", "_"),
    line(3, "him", "_", "A2", "_"),
    line(4, "what", "_", "A1", "A1"),
    line(5, "he", "_", "_", "A0"),
    line(6, "took", "take.01", "_", "_"),
    "",
    line(1, "It", "_", "_"),
    line(2, "rained", "rain.01", "_"),
    "",
    line(1, "Yes", "_"),
  ];
};
test.each([
  ["CoNLL-2009", 13, true],
  ["Universal Propositions", 10, false],
])("%s: a role on a word", (_, before, filled) => {
  const { rows } = props("a.txt", dependencies(before, filled));
  expect(rows).toEqual([
    ["She gave him what he took", "gave@2", "B-A0 B-V B-A2 B-A1 O O"],
    ["She gave him what he took", "took@6", "O O O B-A1 B-A0 B-V"],
    ["It rained", "rained@2", "O B-V"],
  ]);
});

test.each([
  [
    "brackets",
    "a.conll",
    Array.from({ length: 9 }, () => [...BRACKETS, ""])
      .flat()
      .join("\n"),
    "text",
    "roles",
  ],
  [
    "the sample",
    "roles.jsonl",
    readFileSync(
      new URL("../../../public/samples/roles.jsonl", import.meta.url),
      "utf8",
    ),
    "tokens",
    "tags",
  ],
])("the columns of %s suggest the task", (_, name, content, text, label) => {
  const table = readTable([made(name, content)]);
  const { guess } = viewOf(table);
  expect(guess).toMatchObject({ text, label, textB: null });
  expect(suggestion(table, guess).task).toBe("roles");
});
