// CoNLL files with predicates and their arguments, a column for each predicate of
// a sentence: brackets, "(A0*" to "*)" (CoNLL-2005: Carreras and Màrquez; CoNLL-2012:
// Pradhan et al.), or a role on a word behind a column of predicates (CoNLL-2009:
// Hajič et al.; Universal Propositions: Akbik et al., 2015). A row is one predicate.

import { said, type Said } from "../../../said";
import type { Parsed } from "../csv";

/** The role of the predicate itself. */
const VERB = "V";
const SAMPLE = 1 << 18;
/** Columns before the predicate's: CoNLL-2009 has 13, CoNLL-U 10. */
const BEFORE_PREDICATES = [13, 10];

interface Line {
  /** 1-based. */
  number: number;
  cells: string[];
}
type Sentence = Line[];

type Layout =
  | { kind: "brackets"; word: number }
  | { kind: "columns"; word: number; predicate: number };

type Fault = "brackets" | "predicate" | "columns";
class Broken extends Error {
  constructor(
    readonly fault: Fault,
    readonly line: number,
  ) {
    super(fault);
  }
}

const CODES = {
  brackets: "CoNLL: brackets",
  predicate: "CoNLL: no predicate",
  columns: "CoNLL: columns of predicates",
} as const satisfies Record<Fault, Said["code"]>;

/** Whether the text is such a file. */
export function looksPropositions(text: string): boolean {
  const cut = text.length > SAMPLE ? text.lastIndexOf("\n", SAMPLE) : -1;
  return layoutOf(sentencesOf(cut > 0 ? text.slice(0, cut) : text)) !== null;
}

/** Reads what `looksPropositions` has found. A sentence with a fault is set aside whole. */
export function parsePropositions(name: string, text: string): Parsed {
  const sentences = sentencesOf(text);
  const layout = layoutOf(sentences);
  if (layout === null) throw new Error("internal: no propositions");
  const rows: string[][] = [];
  const numbers: number[] = [];
  const ragged = { count: 0, where: [] as number[] };
  const faults = new Map<Fault, { line: number; count: number }>();
  let without = 0;
  sentences.forEach((sentence, i) => {
    try {
      const words = sentence.map(({ cells }) => joinable(cells[layout.word]!));
      const found = predicatesOf(sentence, layout);
      if (found.length === 0) without++;
      for (const { at, tags } of found) {
        rows.push([words.join(" "), `${words[at]}@${at + 1}`, tags.join(" ")]);
        numbers.push(i + 1);
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      const { fault, line } = error;
      const known = faults.get(fault);
      if (known) known.count++;
      else faults.set(fault, { line, count: 1 });
      ragged.count++;
      if (ragged.where.length < 5) ragged.where.push(i + 1);
    }
  });
  return {
    delimiter: "",
    columns: ["text", "predicate", "roles"],
    named: true,
    rows,
    numbers,
    ragged,
    problems: [
      ...[...faults].map(([fault, found]) =>
        said(CODES[fault], { file: name, ...found }),
      ),
      said("CoNLL: predicates", {
        file: name,
        predicates: rows.length,
        sentences: sentences.length,
        without,
      }),
    ],
    warnings: [],
  };
}

/** "@" and spaces within would be read as what they are not. */
const joinable = (cell: string) =>
  cell === "" ? "_" : cell.replace(/\s+/g, "\u00a0");

function sentencesOf(text: string): Sentence[] {
  const lines = text.split(/\r\n|\n|\r/);
  const tabs = lines.filter((line) => line.includes("\t")).length;
  const filled = lines.filter((line) => line.trim() !== "").length;
  const byTab = tabs >= 0.9 * filled;
  const sentences: Sentence[] = [];
  let open: Sentence | null = null;
  lines.forEach((line, i) => {
    if (line.trim() === "") {
      open = null;
      return;
    }
    const cells = byTab
      ? line.split("\t").map((cell) => cell.trim())
      : line.trim().split(/[ \t]+/);
    while (byTab && cells.at(-1) === "") cells.pop();
    // "# text = …", "#begin document"; a word "#" has its columns.
    if (/^#/.test(line) && (cells.length < 3 || /^#\s?\w+/.test(line))) return;
    // CoNLL-U: "3-4" joins words that follow, "8.1" is one that nobody wrote.
    if (/^\d+[-.]\d+$/.test(cells[0]!)) return;
    if (!open) sentences.push((open = []));
    open.push({ number: i + 1, cells });
  });
  return sentences;
}

const BRACKETS = /^(\([^()*\s]+)*\*\)*$/;
const isOfVerb = (cell: string) => /^\(V\*/.test(cell);

function layoutOf(sentences: Sentence[]): Layout | null {
  if (sentences.length === 0) return null;
  const counted = countedColumn(sentences);
  if (counted === 0) {
    const predicate = BEFORE_PREDICATES.find((at) => {
      const fitting = sentences.filter((sentence) => fits(sentence, at));
      const some = fitting.some((sentence) => namedIn(sentence, at).length > 0);
      return some && fitting.length >= 0.9 * sentences.length;
    });
    if (predicate !== undefined) return { kind: "columns", word: 1, predicate };
  }
  const bracketed = sentences.filter(
    (sentence) => argumentColumns(sentence).length > 0,
  );
  return bracketed.length > 0 && 4 * bracketed.length >= sentences.length
    ? { kind: "brackets", word: counted === -1 ? 0 : counted + 1 }
    : null;
}

/** The first column that counts each sentence's words, from 0 or from 1; −1 where none does. */
function countedColumn(sentences: Sentence[]): number {
  const several = sentences.filter(({ length }) => length > 1);
  const width = Math.min(...several.map(([first]) => first!.cells.length), 4);
  if (several.length === 0) return -1;
  for (let at = 0; at < width; at++)
    if (
      several.every((sentence) => {
        const first = Number(sentence[0]!.cells[at]);
        return (
          (first === 0 || first === 1) &&
          sentence.every(({ cells }, i) => cells[at] === String(first + i))
        );
      })
    )
      return at;
  return -1;
}

/** The words whose cell there names a predicate. */
const namedIn = (sentence: Sentence, at: number): number[] =>
  sentence.flatMap(({ cells }, i) =>
    /^[_-]?$/.test(cells[at] ?? "") ? [] : [i],
  );
const fits = (sentence: Sentence, at: number): boolean => {
  const width = at + 1 + namedIn(sentence, at).length;
  return sentence.every(({ cells }) => cells.length === width);
};

/** From the first column with a "(V*" to the last with brackets. */
function argumentColumns(sentence: Sentence): number[] {
  const width = Math.min(...sentence.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => at);
  const first = columns.find((at) =>
    sentence.some(({ cells }) => isOfVerb(cells[at]!)),
  );
  if (first === undefined) return [];
  // A bracket too many is a fault of its column, not another kind of column.
  return columns.filter(
    (at) =>
      at >= first && sentence.every(({ cells }) => BRACKETS.test(cells[at]!)),
  );
}

interface Proposition {
  at: number;
  /** IOB2. */
  tags: string[];
}

function predicatesOf(sentence: Sentence, layout: Layout): Proposition[] {
  const { cells, number } = sentence[0]!;
  const other = sentence.find((line) => line.cells.length !== cells.length);
  if (other) throw new Broken("columns", other.number);
  if (layout.kind === "columns") {
    const { predicate } = layout;
    if (!fits(sentence, predicate)) throw new Broken("columns", number);
    return namedIn(sentence, predicate).map((at, i) => ({
      at,
      tags: sentence.map(({ cells }, word) => {
        const [role] = cells[predicate + 1 + i]!.split(/[|;]/);
        return role && !/^[_-]$/.test(role)
          ? `B-${role}`
          : word === at
            ? `B-${VERB}`
            : "O";
      }),
    }));
  }
  return argumentColumns(sentence).map((column) => {
    const tags = bracketed(sentence, column);
    const at = tags.indexOf(`B-${VERB}`);
    if (at === -1) throw new Broken("predicate", number);
    return { at, tags };
  });
}

/** "(A0*", "*", "*)" → B-A0, I-A0, I-A0. Throws where they do not close, or lie in each other. */
function bracketed(sentence: Sentence, column: number): string[] {
  let open: { role: string; line: number } | null = null;
  const tags: string[] = [];
  for (const { cells, number } of sentence) {
    const cell = cells[column]!;
    const begun = [...cell.matchAll(/\(([^()*\s]+)/g)].map(([, role]) => role!);
    const closed = cell.length - cell.replaceAll(")", "").length;
    const [role] = begun;
    if (begun.length > 1 || (open && role !== undefined))
      throw new Broken("brackets", number);
    if (role !== undefined) open = { role, line: number };
    if (closed > (open ? 1 : 0)) throw new Broken("brackets", number);
    tags.push(open ? `${role === undefined ? "I" : "B"}-${open.role}` : "O");
    if (closed > 0) open = null;
  }
  if (open) throw new Broken("brackets", (open as { line: number }).line);
  return tags;
}
