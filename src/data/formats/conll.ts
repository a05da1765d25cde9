// CoNLL's columns: one word a line with its tags beside it, a blank line between
// sentences. A row is a sentence here: its words joined by single spaces, and each
// further column joined likewise, so that words and tags are counted off together.
// CoNLL-2003: Tjong Kim Sang and De Meulder, 2003; CoNLL-U: universaldependencies.org.

import type { Parsed } from "./csv";
import { columnsOf, conlluNames, isTag } from "./conll/columns";
import { said, type Said } from "../../said";

/** Ends that people give such files. */
const NAME = /\.(conll\w*|iob\d?|bio\d?|bioes|bilou)$/i;
const SAMPLE = 1 << 18;
/** A sentence longer than any model reads: blank lines are missing. */
const LONG = 512;

/** Whether the text is words in lines and sentences in blocks, and no other table. */
export function looksConll(name: string, text: string): boolean {
  const cut = text.length > SAMPLE ? text.lastIndexOf("\n", SAMPLE) : -1;
  const sample = cut > 0 ? text.slice(0, cut) : text;
  const grid = gridOf(sample);
  const words = grid.sentences.flatMap(({ words }) => words);
  const bad = grid.sentences.reduce((sum, { bad }) => sum + bad.length, 0);
  const lines = words.length + bad;
  if (grid.width < 2 || words.length === 0) return false;
  if (NAME.test(name)) return bad <= 0.1 * lines;
  const blocks = grid.sentences.length;
  if (blocks < 2 || lines < 2 * blocks || bad > 0.02 * lines) return false;
  if (conlluNames(grid.width, grid.numbered)) return true;
  const at = grid.numbered ? 1 : 0;
  const several = words.filter((cells) => /\s/.test(cells[at]!)).length;
  if (several > 0.02 * lines) return false;
  const column = (i: number) => words.map((cells) => cells[i]!);
  for (let i = at + 1; i < grid.width; i++) if (isIob(column(i))) return true;
  return (
    !/\.(csv|tsv|tab)$/i.test(name) &&
    isClasses(column(at), column(grid.width - 1))
  );
}

const isIob = (cells: string[]) =>
  cells.filter(isTag).length >= 0.98 * cells.length &&
  cells.some((cell) => cell !== "O" && isTag(cell));

/** Capitals that come again and again, as parts of speech do: NN, NOUN, $, */
function isClasses(words: string[], cells: string[]): boolean {
  const classes = new Set(cells);
  return (
    classes.size >= 2 &&
    classes.size <= 60 &&
    4 * classes.size <= cells.length &&
    classes.size < new Set(words).size &&
    [...classes].every((each) => /^[^\p{Ll}\s]{1,12}$/u.test(each)) &&
    2 * [...classes].filter((each) => /\p{Lu}/u.test(each)).length >
      classes.size
  );
}

/** Reads what `looksConll` has found. A sentence with a line of another width is set aside whole. */
export function parseConll(name: string, text: string): Parsed {
  const grid = gridOf(text);
  const { width, numbered } = grid;
  const rows: string[][] = [];
  const numbers: number[] = [];
  const ragged = { count: 0, where: [] as number[] };
  const left = { ranges: 0, empty: 0 };
  let spaced = 0;
  let firstBad: Sentence["bad"][number] | null = null;
  let long: { line: number; words: number } | null = null;
  const sentences = grid.sentences.map((sentence) => ({
    ...sentence,
    // "3-4" stands for words that follow, "8.1" for one that nobody wrote.
    words: sentence.words.filter((cells) => {
      const id = numbered ? cells[0]! : "";
      if (id.includes("-")) left.ranges++;
      else if (id.includes(".")) left.empty++;
      else return true;
      return false;
    }),
  }));
  const { columns, places, word } = columnsOf(
    grid,
    sentences.flatMap(({ words }) => words),
  );
  sentences.forEach(({ words, bad, line }, i) => {
    if (bad.length > 0) {
      firstBad ??= bad[0]!;
      ragged.count++;
      if (ragged.where.length < 5) ragged.where.push(i + 1);
      return;
    }
    if (words.length === 0) return;
    if (words.length > LONG && words.length > (long?.words ?? 0))
      long = { line, words: words.length };
    spaced += words.filter((cells) => /\s/.test(cells[word]!)).length;
    rows.push(
      places.map((at) => words.map((cells) => joinable(cells[at]!)).join(" ")),
    );
    numbers.push(i + 1);
  });
  const problems: Said[] = [];
  const tell = firstBad as Sentence["bad"][number] | null;
  if (tell)
    problems.push(
      said("CoNLL: other columns", {
        file: name,
        ...tell,
        width,
        sentences: ragged.count,
      }),
    );
  problems.push(
    said("CoNLL: sentences", {
      file: name,
      words: rows.reduce((sum, [text]) => sum + text!.split(" ").length, 0),
      sentences: rows.length,
    }),
  );
  const { documents, comments } = grid;
  if (documents + comments > 0)
    problems.push(said("CoNLL: left out", { file: name, documents, comments }));
  if (left.ranges + left.empty > 0)
    problems.push(said("CoNLL: no words", { file: name, ...left }));
  if (spaced > 0)
    problems.push(said("CoNLL: spaces within", { file: name, count: spaced }));
  const most = long as { line: number; words: number } | null;
  return {
    delimiter: "",
    columns,
    named: true,
    rows,
    numbers,
    ragged,
    problems,
    warnings: most
      ? [said("CoNLL: a long sentence", { file: name, ...most })]
      : [],
  };
}

/** One value of a sentence's list: a space within would part it, nothing would join it with its neighbour. */
const joinable = (cell: string) =>
  cell === "" ? "_" : cell.replace(/\s+/g, "\u00a0");

interface Sentence {
  /** 1-based line of its first word. */
  line: number;
  /** Cells of each word, `width` of them. */
  words: string[][];
  /** Lines that are no such row. */
  bad: { line: number; cells: number }[];
}

export interface Grid {
  width: number;
  /** The first column counts words. */
  numbered: boolean;
  /** Names the file gives to its columns: a line above them, or CoNLL-U Plus. */
  names: string[] | null;
  sentences: Sentence[];
  /** Lines left out: -DOCSTART- and remarks. */
  documents: number;
  comments: number;
}

const isRemark = (line: string) => line.startsWith("#");
const isDocument = (line: string) => line.startsWith("-DOCSTART");

function gridOf(text: string): Grid {
  const lines = text.split(/\r\n|\n|\r/);
  const plain = lines.filter(
    (line) => line.trim() !== "" && !isRemark(line) && !isDocument(line),
  );
  const tabs =
    plain.filter((line) => line.includes("\t")).length >= 0.9 * plain.length;
  const cut = (line: string) =>
    tabs
      ? line.split("\t").map((cell) => cell.trim())
      : line.trim().split(/[ \t]+/);
  const width = commonest(plain.slice(0, 5000).map((line) => cut(line).length));
  const last = new Set(plain.map((line) => cut(line).at(-1)!));
  let names: string[] | null = null;
  const sentences: Sentence[] = [];
  let open: Sentence | null = null;
  let documents = 0;
  let comments = 0;
  let above = true;
  lines.forEach((line, i) => {
    if (line.trim() === "") {
      open = null;
      return;
    }
    if (isDocument(line)) {
      documents++;
      open = null;
      return;
    }
    const cells = cut(line);
    while (cells.length > width && cells.at(-1) === "") cells.pop();
    // A word may be "#" or begin so; then it has a tag that others have.
    if (
      isRemark(line) &&
      (cells.length !== width ||
        !(last.has(cells.at(-1)!) || isTag(cells.at(-1)!)))
    ) {
      const given = /^#\s*global\.columns\s*=\s*(.+)$/.exec(line)?.[1];
      if (given) names ??= given.trim().split(/\s+/);
      comments++;
      return;
    }
    if (above && cells.length === width && isHeader(cells)) {
      names = cells;
      above = false;
      return;
    }
    above = false;
    if (!open) sentences.push((open = { line: i + 1, words: [], bad: [] }));
    if (cells.length === width && !cells.every((cell) => cell === ""))
      open.words.push(cells);
    else open.bad.push({ line: i + 1, cells: cells.length });
  });
  const first = sentences.filter(({ words }) => words.length > 0);
  const numbered =
    width > 2 &&
    first.every(
      ({ words }) =>
        /^[01](-\d+|\.\d+)?$/.test(words[0]![0]!) &&
        words.every((cells) => /^\d+([-.]\d+)?$/.test(cells[0]!)),
    );
  return { width, numbered, names, sentences, documents, comments };
}

const isHeader = (cells: string[]) =>
  cells.every((cell) =>
    /^(id|words?|tokens?|forms?|text|lemmas?|[ux]?pos([-_ ]?tags?)?|chunks?([-_ ]?tags?)?|(ner|iob|bio)([-_ ]?(tags?|labels?))?|tags?|labels?|entit(y|ies))$/i.test(
      cell,
    ),
  ) && new Set(cells).size === cells.length;

function commonest(numbers: number[]): number {
  const times = new Map<number, number>();
  for (const each of numbers) times.set(each, (times.get(each) ?? 0) + 1);
  return [...times].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}
