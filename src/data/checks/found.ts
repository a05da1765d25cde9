// Findings, by how much they matter, and what their sentences are made of.

import { said, type Value, type Values, type Said } from "../../said";
import type { Check } from "../protocol";

export const error = (code: Said["code"], values?: Values): Check => ({
  level: "error",
  message: said(code, values),
});
export const warning = (code: Said["code"], values?: Values): Check => ({
  level: "warning",
  message: said(code, values),
});
export const info = (code: Said["code"], values?: Values): Check => ({
  level: "info",
  message: said(code, values),
});
/** What nobody need mend but everybody should see. */
export const notice = (code: Said["code"], values?: Values): Check => ({
  ...info(code, values),
  visible: true,
});

/** a, b, c: a list in brackets, where no "and" belongs. */
export const commas = (items: readonly Value[]): Value =>
  chain(items, "item, next");
/** a; b; c: of parts that hold commas themselves. */
export const semicolons = (items: readonly Value[]): Value =>
  chain(items, "item; next");

function chain(items: readonly Value[], code: "item, next" | "item; next") {
  const [first = "", ...rest] = items;
  return rest.reduce((item, next) => said(code, { item, next }), first);
}

/** A share as a whole percentage; 0 and 100 only where that is exact. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
