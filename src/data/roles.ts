// The one rule by which a name says what a file is for, in the page as in the worker.

import type { FileRole } from "./protocol";

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
/** "testset", "traindata": one word made of two. */
const COMPOUND = /^(\p{L}+?)(set|sets|data|file|split)$/u;
const CHINESE: [RegExp, FileRole][] = [
  [/测试|測試|テスト/, "test"],
  [/验证|驗證|开发集|検証/, "validation"],
  [/训练|訓練/, "train"],
];

/** "reviews_test.csv" → test; null where the name says nothing. */
export function roleOf(name: string): FileRole | null {
  const joined = name.replace(/(held|hold)[-_. ]out/gi, "heldout");
  const parts = joined.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  const found = parts
    // As an inherited property, "constructor" would be a role.
    .map((part) => part.toLowerCase())
    .map((part) => roleOfWord(part) ?? roleOfWord(COMPOUND.exec(part)?.[1]));
  return (
    found.findLast((role) => role !== undefined) ??
    CHINESE.find(([word]) => word.test(name))?.[1] ??
    null
  );
}

const roleOfWord = (word = "") =>
  Object.hasOwn(ROLE_WORDS, word) ? ROLE_WORDS[word] : undefined;
