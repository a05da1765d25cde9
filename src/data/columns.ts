// Which column holds the text and which the label: guesses from names and from
// what the cells look like. Each guess can be explained in a sentence, because
// people will want to know.

import { said, shown, type Said } from "../said";
import type { Mapping } from "./protocol";
import { partsSaid } from "./columns/assign";
import { plainLabel } from "./tasks/labels/inside";
import { look, type Look } from "./look";
import { ID, LABEL, named, SECOND, TEXT, words } from "./names";
import type { Classes } from "./table/shape";

function textScore(name: string, l: Look): number {
  if (l.filled === 0) return -9;
  return (
    2 * named(name, TEXT) -
    1.5 * named(name, ID) +
    Math.min(2.5, l.length / 25) +
    Math.min(1, l.words / 6) +
    0.5 * (l.distinct / l.filled) -
    3 * l.numbers -
    2 * l.codes -
    4 * l.records -
    2 * l.empty
  );
}

function labelScore(name: string, l: Look): number {
  if (l.filled === 0) return -9;
  const repeats = l.filled / l.distinct;
  return (
    2.5 * named(name, LABEL) -
    1.5 * named(name, ID) +
    (l.distinct < 2 ? -2 : 0) +
    (repeats >= 2 ? 2 - 0.5 * Math.log10(l.distinct) : -2) +
    (l.numbers > 0.9 && l.distinct > 20 ? -1.5 : 0) -
    Math.min(3, l.length / 25) -
    3 * l.empty
  );
}

export interface Guess {
  mapping: Mapping;
  /** A sentence: which columns were taken and what spoke for them. */
  why: Said;
}

/** Of a table of one column. */
export const textsAlone = (column: string): Guess => ({
  mapping: {
    task: "masked words",
    labels: [],
    text: column,
    textB: null,
    label: "",
  },
  why: said("columns: texts alone", { column: shown(column) }),
});

/** `rows` is a sample from all over the table. There are at least two columns. */
export function guessColumns(
  columns: string[],
  rows: string[][],
  classes?: Classes,
): Guess {
  const looks = columns.map((_, i) => look(rows.map((row) => row[i] ?? "")));
  // A label in a list looks as the label does; a record without one is nothing.
  const labelLooks = columns.map((_, i) =>
    (looks[i] as Look).records > 0
      ? look(rows.map((row) => plainLabel(row[i] ?? "")))
      : (looks[i] as Look),
  );
  // "train" and "test" as values are no labels.
  const parts = new Set(
    columns.filter((name, i) =>
      partsSaid(
        name,
        rows.map((row) => row[i] ?? ""),
      ),
    ),
  );
  // Of two columns of one name ("label (2)", pandas' "label.1") the first is meant.
  const again = (name: string) => {
    const first = /^(.+?)(?: \(\d+\)|\.\d+)$/.exec(name)?.[1];
    return first !== undefined && columns.includes(first) ? 3 : 0;
  };
  const asText = (name: string, l: Look) => textScore(name, l) - again(name);
  // Tags of words, one of them the predicate's, are the roles of it.
  const roles = new Set(
    columns.filter((_, i) => {
      const tagged = rows.filter((row) => /\bB-V\b/.test(row[i] ?? ""));
      return rows.length > 0 && tagged.length >= 0.9 * rows.length;
    }),
  );
  const asLabel = (name: string, l: Look) =>
    labelScore(name, l) +
    (roles.has(name) ? 9 : 0) -
    again(name) -
    (parts.has(name) ? 4 : 0) +
    (name === classes?.joined ? 2 : classes?.names.includes(name) ? -2 : 0);
  const best = (
    score: (name: string, l: Look) => number,
    taken: (i: number) => boolean,
    looks: Look[],
  ) => {
    let winner = -1;
    let most = -Infinity;
    columns.forEach((name, i) => {
      const points = taken(i) ? -Infinity : score(name, looks[i] as Look);
      if (points > most) [winner, most] = [i, points];
    });
    return winner;
  };
  const text = best(asText, () => false, looks);
  const second = secondOf(columns, looks, text);
  const label = best(asLabel, (i) => i === text || i === second, labelLooks);
  // A table of two columns has no room for a pair and a label.
  const textB = label === -1 ? -1 : second;
  const labelAt =
    label === -1 ? (text === 0 ? 1 : 0) : wordsFor(columns, rows, label);

  const nameOf = (i: number) => columns[i] as string;
  const [a, b] = textB !== -1 && textB < text ? [textB, text] : [text, textB];
  return {
    mapping: {
      task: "one label",
      labels: [],
      text: nameOf(a),
      textB: b === -1 ? null : nameOf(b),
      label: nameOf(labelAt),
    },
    why: because(columns, looks, labelLooks, a, b, labelAt),
  };
}

/** The column that names what `label` numbers ("label" and "label_text"), or `label` itself. */
function wordsFor(columns: string[], rows: string[][], label: number): number {
  const cellOf = (row: string[], i: number) => (row[i] ?? "").trim();
  if (!rows.every((row) => /^\d*$/.test(cellOf(row, label)))) return label;
  const stem = words(columns[label] as string).join(" ");
  // A name without letters would find the column "text" itself.
  if (stem === "") return label;
  const named = columns.findIndex((name, i) => {
    const parts = words(name);
    return (
      i !== label &&
      /^(text|name|names|str|string|desc|description)$/.test(
        parts.at(-1) ?? "",
      ) &&
      parts.slice(0, -1).join(" ") === stem
    );
  });
  if (named === -1) return label;
  const [to, from] = [new Map<string, string>(), new Map<string, string>()];
  for (const row of rows) {
    const [number, word] = [cellOf(row, label), cellOf(row, named)];
    if ((to.get(number) ?? word) !== word) return label;
    if ((from.get(word) ?? number) !== number || word === "") return label;
    to.set(number, word);
    from.set(word, number);
  }
  return named;
}

/** The other half of a pair: sentence1/sentence2, premise/hypothesis; -1 where there is none. */
function secondOf(columns: string[], looks: Look[], text: number): number {
  const stem = (name: string) => {
    const parts = words(name);
    const marks = parts.filter((part) => /^([12]|[ab])$/.test(part));
    const rest = parts
      .filter((part) => !/^([12]|[ab])$/.test(part))
      .map((part) => part.replace(/([12]|[ab])$/, ""));
    const mark = marks[0] ?? /([12ab])$/.exec(parts.at(-1) ?? "")?.[1];
    return mark ? { rest: rest.join(" "), mark } : null;
  };
  const mine = stem(columns[text] as string);
  return columns.findIndex((name, i) => {
    if (i === text) return false;
    const wordy =
      (looks[i] as Look).words >= 2.5 && (looks[i] as Look).numbers < 0.5;
    if (!wordy) return false;
    const other = stem(name);
    if (mine && other)
      return mine.rest === other.rest && mine.mark !== other.mark;
    const [one, two] = [columns[text] as string, name];
    return (
      (named(two, SECOND) === 1 &&
        /premise|question|query|frage|context|问题/i.test(one)) ||
      (named(one, SECOND) === 1 &&
        /premise|question|query|frage|问题/i.test(two))
    );
  });
}

function because(
  columns: string[],
  looks: Look[],
  labelLooks: Look[],
  text: number,
  textB: number,
  label: number,
): Said {
  const nameOf = (i: number) => columns[i] as string;
  const isNamed = (i: number, known: Map<string, number>) =>
    named(nameOf(i), known) >= 0.6;
  const parts = {
    text: said(isNamed(text, TEXT) ? "text column named so" : "text column", {
      column: shown(nameOf(text)),
      words: Math.max(1, Math.round((looks[text] as Look).words)),
    }),
    label: said(
      isNamed(label, LABEL) ? "label column named so" : "label column",
      {
        column: shown(nameOf(label)),
        values: (labelLooks[label] as Look).distinct,
      },
    ),
  };
  return textB === -1
    ? said("columns guessed", parts)
    : said("columns of a pair guessed", {
        ...parts,
        pair: shown(nameOf(textB)),
      });
}
