// The one rule by which a name says what a file is for, in the page as in the worker.

import type { FileRole } from "../data";

const ROLE_WORDS: Record<string, FileRole> = {
  train: "train",
  training: "train",
  trn: "train",
  dev: "validation",
  devel: "validation",
  development: "validation",
  val: "validation",
  valid: "validation",
  validate: "validation",
  validation: "validation",
  eval: "validation",
  evaluation: "validation",
  test: "test",
  tests: "test",
  testing: "test",
  heldout: "test",
  holdout: "test",
};

/** "reviews_test.csv" → test; null where the name says nothing. */
export function roleOf(name: string): FileRole | null {
  const joined = name.replace(/(held|hold)[-_. ]out/gi, "heldout");
  const parts = joined.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  const found = parts
    // As an inherited property, "constructor" would be a role.
    .map((part) => part.toLowerCase())
    .map((part) =>
      Object.hasOwn(ROLE_WORDS, part) ? ROLE_WORDS[part] : undefined,
    );
  return found.findLast((role) => role !== undefined) ?? null;
}
