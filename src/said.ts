// What is to be said, before it is in any language: a code of the catalogue
// (say/en/) and the values that go into its sentence. Workers and the store speak
// in these; only the page turns them into words, so that a language can change while
// they are on screen. A leaf that everybody may import.

import type { Code } from "./say/codes";

export interface Said {
  readonly code: Code;
  readonly values?: Values;
}
/** Strings are shown as they are (names, texts, cells); numbers in the language's digits; lists with its "and". */
export type Value = string | number | Said | readonly Value[];
export type Values = Readonly<Record<string, Value>>;

/** A name that is shown as it is, or something to be said. */
export type Text = Said | string;

export const said = (code: Code, values?: Values): Said =>
  values === undefined ? { code } : { code, values };

/** Something went wrong that a person can do something about. Any other error is our own mistake. */
export class Failure extends Error {
  /** How `message` is worded: codes where nobody knows better. Tests make it English. */
  static inWords = ({ code, values }: Said): string =>
    values === undefined ? code : `${code} ${JSON.stringify(values)}`;
  readonly said: Said;

  constructor(code: Code, values?: Values, options?: ErrorOptions) {
    const content = said(code, values);
    super(Failure.inWords(content), options);
    this.name = "Failure";
    this.said = content;
  }
}

/** What an error says to a person; of our own mistakes, what they say to us. */
export function reasonOf(error: unknown): Said {
  if (error instanceof Error && "said" in error) return error.said as Said;
  return said("internal", {
    message: error instanceof Error ? error.message : String(error),
  });
}

/** a, b, c: a list in brackets, or a few of several, where no "and" belongs. */
export const commas = (items: readonly Value[]): Value =>
  chain(items, "item, next");
/** a; b; c: of parts that hold commas themselves. */
export const semicolons = (items: readonly Value[]): Value =>
  chain(items, "item; next");
/** One whole sentence after the other. */
export const sentences = (all: readonly Said[]): Said =>
  all.reduce((item, next) => said("sentence, next", { item, next }));

function chain(
  [first = "", ...rest]: readonly Value[],
  code: "item, next" | "item; next",
): Value {
  return rest.reduce((item, next) => said(code, { item, next }), first);
}

/** “a”, “b” and 3 more: values from files, quoted, the first of them. */
export function listed(values: readonly string[], most = 3): Value[] {
  const more = values.length - most;
  return [
    ...values.slice(0, most).map(shown),
    ...(more > 0 ? [said("and more", { count: more })] : []),
  ];
}

/** A value as it stands in a sentence: quoted, on one line, at most 40 characters. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, " ");
  return `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`;
}
