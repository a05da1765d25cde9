// Files of words in columns, read as tables of sentences.

import { expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import wnut from "../fixtures/spans/wnut17.json";
import { made, realFile, realTest } from "../fixtures/real";
import { readTable, viewOf } from "../table";

function read(name: string, content: string) {
  const table = readTable([made(name, content)]);
  const [file] = inEnglish(table.files);
  return { ...table, said: [...file!.problems, ...file!.warnings] };
}

test("CoNLL-2003: a row a sentence, its tags beside it, documents left out", () => {
  const { columns, rows, said, number } = read(
    "eng.testa",
    [
      "-DOCSTART- -X- -X- O",
      "",
      "Ada NNP B-NP B-PER",
      "Lovelace NNP I-NP I-PER",
      "wrote VBD B-VP O",
      "notes NNS B-NP O",
      ". . O O",
      "",
      "In IN B-PP O",
      "London NNP B-NP B-LOC",
      "",
    ].join("\n"),
  );
  expect(columns).toEqual(["text", "pos", "chunks", "tags"]);
  expect(rows).toEqual([
    [
      "Ada Lovelace wrote notes .",
      "NNP NNP VBD NNS .",
      "B-NP I-NP B-VP B-NP O",
      "B-PER I-PER O O O",
    ],
    ["In London", "IN NNP", "B-PP B-NP", "O B-LOC"],
  ]);
  expect([...number]).toEqual([1, 2]);
  expect(said).toEqual([
    "eng.testa has one word a line: 7 words in 2 sentences, each of them a row.",
    "eng.testa: 1 mark of a document left out.",
  ]);
});

test("CoNLL-2000: chunks alone are the tags", () => {
  const { columns, rows } = read(
    "train.txt",
    "The DT B-NP\r\ncat NN I-NP\r\nsat VBD B-VP\r\n\r\nIt PRP B-NP\r\nran VBD B-VP\r\n",
  );
  expect(columns).toEqual(["text", "pos", "tags"]);
  expect(rows[0]).toEqual(["The cat sat", "DT NN VBD", "B-NP I-NP B-VP"]);
});

const conllu = (id: string, form: string, upos: string) =>
  [id, form, form.toLowerCase(), upos, ..."______"].join("\t");

test("CoNLL-U: forms are the text; joined words, empty nodes and comments are counted", () => {
  const { columns, rows, said } = read(
    "de.txt",
    [
      "# sent_id = 1",
      "# text = Im Haus",
      conllu("1-2", "Im", "_"),
      conllu("1", "In", "ADP"),
      conllu("2", "dem", "DET"),
      conllu("3", "Haus", "NOUN"),
      conllu("3.1", "ist", "VERB"),
      "",
      "# sent_id = 2",
      conllu("1", "10 000", "NUM"),
      conllu("2", "Boote", "NOUN"),
      "",
    ].join("\n"),
  );
  expect(columns.slice(0, 4)).toEqual(["text", "LEMMA", "UPOS", "XPOS"]);
  expect(rows.map(([text, , upos]) => [text, upos])).toEqual([
    ["In dem Haus", "ADP DET NOUN"],
    ["10\u00a0000 Boote", "NUM NOUN"],
  ]);
  expect(said).toEqual([
    "de.txt has one word a line: 5 words in 2 sentences, each of them a row.",
    "de.txt: 3 comments left out.",
    "de.txt: 1 line that only joins words and 1 word that nobody wrote left out.",
    "de.txt: 1 word has a space within; the word stays whole, with a no-break space.",
  ]);
});

test("columns named by the file: CoNLL-U Plus, and a line of names", () => {
  expect(
    read(
      "a.conllup",
      "# global.columns = ID FORM NER\n1\tAda\tB-PER\n2\tran\tO\n",
    ).columns,
  ).toEqual(["text", "NER"]);
  expect(
    read("a.txt", "word\tner\nAda\tB-PER\nran\tO\n\nIn\tO\nRome\tB-LOC\n"),
  ).toMatchObject({
    columns: ["text", "ner"],
    rows: [
      ["Ada ran", "B-PER O"],
      ["In Rome", "O B-LOC"],
    ],
  });
});

test("numbered words and two columns of tags: the fuller one is the tags", () => {
  const { columns, rows } = read(
    "NER-de-train.tsv",
    "#\thttp://a.example [2026]\n1\tBonn\tB-LOC\tO\n2\tliegt\tO\tO\n\n#\tb\n1\tUni\tB-ORG\tO\n2\tBonn\tI-ORG\tB-LOC\n",
  );
  expect(columns).toEqual(["text", "tags", "tags (column 4)"]);
  expect(rows[1]).toEqual(["Uni Bonn", "B-ORG I-ORG", "O B-LOC"]);
});

test("a word may be a hash", () => {
  expect(
    read("a.conll", "# O\n#ada B-PER\n# new sentence\nran O\n").rows,
  ).toEqual([["# #ada ran", "O B-PER O"]]);
});

test("a line of another width sets its sentence aside, with line and remedy", () => {
  const good = Array.from({ length: 60 }, (_, i) => `w${i} O\nAda B-PER\n`);
  const { rows, ragged, said } = read(
    "a.conll",
    `${good.join("\n")}\nalone\nran O\n`,
  );
  expect([rows.length, ragged.count]).toEqual([60, 1]);
  expect(said[0]).toBe(
    "a.conll, line 181: 1 column where the others have 2. Give each word its tags, or a blank line between sentences. The sentence is set aside.",
  );
});

test("a file without blank lines is told so", () => {
  const { said } = read("a.conll", "Ada B-PER\nran O\n".repeat(300));
  expect(said).toContain(
    "a.conll, line 1: a sentence of 600 words begins here, and a model reads only its beginning. Put a blank line between sentences.",
  );
});

test.each([
  [
    "a.tsv",
    "text\tlabel\nwarm soup\tB\nred boat\tO\n\nold sail\tO\nmy rook\tB\n",
  ],
  ["a.tsv", "warm\tFOOD\n\nboat\tSEA\n\nbread\tFOOD\n\nsail\tSEA\n"],
  ["a.txt", "food warm soup\nboat a sail\n\nfood old bread\nboat the wind\n"],
  ["a.csv", "text,label\nwarm,O\nsoup,B-X\n\nboat,O\nsail,B-X\n"],
  [
    "a.tsv",
    "good\tPOS\nbad\tNEG\nfine\tPOS\n\nugly\tNEG\nnice\tPOS\nawful\tNEG\nwarm\tPOS\ncold\tNEG\n",
  ],
])("%s is an ordinary table or text: %j", (name, content) => {
  try {
    expect(
      inEnglish(readTable([made(name, content)]).files)[0]!.problems.join(),
    ).not.toContain("one word a line");
  } catch (error) {
    expect(String(error)).toContain("has one column");
  }
});

realTest("WNUT-17: sentences, words and tags as Python counts them", () => {
  const table = readTable(
    Object.keys(wnut).map((name) => realFile(`text/wnut17/${name}`)),
  );
  expect(table.columns).toEqual(["text", "tags"]);
  expect(viewOf(table).files.map(({ role }) => role)).toEqual([
    "train",
    "validation",
    "test",
  ]);
  Object.entries(wnut).forEach(([name, counted], f) => {
    const rows = table.rows.filter((_, i) => table.file[i] === f);
    const words = rows.map(([text]) => text!.split(" "));
    const tags = rows.flatMap(([, tags]) => tags!.split(" "));
    expect([name, rows.length, words.flat().length, tags.length]).toEqual([
      name,
      counted.sentences,
      counted.words,
      counted.words,
    ]);
    const begins: Record<string, number> = {};
    for (const tag of tags)
      if (tag.startsWith("B-"))
        begins[tag.slice(2)] = (begins[tag.slice(2)] ?? 0) + 1;
    expect(begins).toEqual(counted.entities);
  });
});
