// How a predicate is written, so that its word says which it is: the word itself, or
// "gave 2" where it is the second of its word in the sentence. This is the second
// text of a pair, as in Shi & Lin, 2019 (arXiv:1904.05255), who write the word alone.

import { listIn } from "../spans/marks";

const same = (a: string, b: string) =>
  a.normalize("NFC").toLowerCase() === b.normalize("NFC").toLowerCase();

/** The predicate at `at`, with its number from the second of its word on: capitals do not make another word. */
export function writtenPredicate(words: readonly string[], at: number): string {
  const word = words[at]!;
  const before = words.slice(0, at).filter((other) => same(other, word)).length;
  return before === 0 ? word : `${word} ${before + 1}`;
}

export interface Found {
  at: number;
  /** Its word is there again, and nothing says which is meant: the first is taken. */
  unsure: boolean;
}

/** Which word is meant by "gave", or "gave 2"; of several words the first. Null where it is not there. */
export function placeOfPredicate(
  words: readonly string[],
  written: string,
): Found | null {
  const asked = written.trim();
  const places = (word: string) =>
    words.flatMap((other, at) => (same(other, word) ? [at] : []));
  const [at, ...others] = places(asked);
  if (at !== undefined) return { at, unsure: others.length > 0 };
  const [, word, number] = /^(\S+)\s+(\d+)$/.exec(asked) ?? [];
  const numbered =
    word === undefined ? undefined : places(word)[Number(number) - 1];
  if (numbered !== undefined) return { at: numbered, unsure: false };
  const parts = asked.split(/\s+/);
  if (parts.length < 2) return null;
  const first = words.findIndex((_, at) =>
    parts.every((part, i) => same(words[at + i] ?? "", part)),
  );
  return first === -1 ? null : { at: first, unsure: false };
}

/**
 * Which word a cell means: a number from 0 on, a list of 0 and 1 with one a word,
 * "gave@3" (the third word), or as `placeOfPredicate`. Null where it is none.
 */
export function predicateOfCell(
  words: readonly string[],
  cell: string,
): Found | null {
  const written = cell.trim();
  const within = (at: number): Found | null =>
    Number.isInteger(at) && at >= 0 && at < words.length
      ? { at, unsure: false }
      : null;
  if (/^\d+$/.test(written)) return within(Number(written));
  const list = listIn(written);
  if (list?.every((item) => typeof item === "number")) {
    if (list.length === 1 && words.length > 1) return within(Number(list[0]));
    return list.length === words.length ? within(list.indexOf(1)) : null;
  }
  const [, word, number] = /^(\S+)@(\d+)$/.exec(written) ?? [];
  const named = words[Number(number) - 1];
  if (word !== undefined && named !== undefined && same(named, word))
    return within(Number(number) - 1);
  return placeOfPredicate(words, written);
}

const NAME =
  /^(predicate|pred|verb|trigger)([-_ ]?(index|idx|id|position|word|indicator))?$/i;

/** The column that says which word is the predicate: the one chosen, or one that is named so; −1 where there is none. */
export function predicateColumn(
  columns: readonly string[],
  { text, label, textB }: { text: string; label: string; textB: string | null },
): number {
  return textB !== null
    ? columns.indexOf(textB)
    : columns.findIndex(
        (name) => name !== text && name !== label && NAME.test(name),
      );
}
