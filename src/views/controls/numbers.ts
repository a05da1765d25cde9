// How numbers are written on screen: as many digits as mean something.

import { htmlLanguage, language } from "../../say";
import type { Metric } from "../../task";

const narrow = "\u202f"; // between a number and its unit; never breaks a line

/** A share or score: 0.873. */
export function score(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "–";
}

/** A loss: three significant digits between 0.001 and 1000. */
export function loss(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1000 || (size > 0 && size < 0.001)) return scientific(value);
  return size >= 100
    ? value.toFixed(0)
    : value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** A number in the data's own units: at most four digits that say something. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value.toLocaleString(htmlLanguage[language()], {
    maximumSignificantDigits: 4,
  });
}

/** A figure of an evaluation: most are shares, some are in units of their own. */
export function metricFigure(metric: Metric, value: number): string {
  switch (metric) {
    case "rmse":
    case "mae":
      return figure(value);
    case "perplexity":
      return Number.isFinite(value) ? value.toFixed(value < 100 ? 1 : 0) : "–";
    case "maskedLoss":
      return loss(value);
    default:
      return score(value);
  }
}

/** A probability: 92 %, 99.6 %, < 0.1 %. */
export function percent(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const hundred = value * 100;
  if (hundred > 0 && hundred < 0.1) return `<${narrow}0.1${narrow}%`;
  if (hundred < 100 && hundred >= 99.95) return `>${narrow}99.9${narrow}%`;
  const digits = hundred > 99 || hundred < 1 ? 1 : 0;
  const short = hundred.toFixed(digits).replace(/\.0$/, "");
  return `${short}${narrow}%`;
}

/** A count or rate: 840, 1.2 k, 34 k, 1.9 M. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return prefixed(value, 1000, ["", "k", "M", "G", "T"], "");
}

/** 7.7 MB: decimal, as file managers count. */
export function bytes(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  return prefixed(value, 1000, ["", "k", "M", "G", "T"], "B");
}

/** A learning rate: 3e-4, 2.86e-4. */
export function scientific(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const [digits, exponent] = value.toExponential(2).split("e");
  return `${Number(digits)}e${Number(exponent)}`;
}

/** As `scientific`, always as wide: 3.00e-4. */
export function learningRate(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value === 0 ? "0" : value.toExponential(2);
}

/** Thousands apart, as the page's language has them: 10,003. */
export function whole(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return Math.round(value).toLocaleString(htmlLanguage[language()]);
}

function prefixed(
  value: number,
  base: number,
  prefixes: string[],
  unit: string,
): string {
  let size = value;
  let power = 0;
  // 999.5 would be written 1000: it belongs to the next prefix.
  while (Math.abs(size) >= base - 0.5 && power < prefixes.length - 1) {
    size /= base;
    power++;
  }
  const digits = power > 0 && Math.abs(size) < 9.95 ? 1 : 0;
  const suffix = `${prefixes[power]}${unit}`;
  return size.toFixed(digits) + (suffix ? narrow + suffix : "");
}
