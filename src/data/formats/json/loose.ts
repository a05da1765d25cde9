// A reader of values for text that is nearly JSON: trailing commas, NaN, and the
// way Python prints dictionaries. Strict JSON goes through JSON.parse; this is
// what is tried where that gave up.

export interface Found {
  value: unknown;
  /** Just behind the value. */
  end: number;
  /** Single quotes, None, True, tuples: Python's hand. */
  python: boolean;
}

const WORDS: [string, unknown, boolean][] = [
  ["true", true, false],
  ["false", false, false],
  ["null", null, false],
  ["NaN", null, false],
  ["nan", null, true],
  ["Infinity", null, false],
  ["-Infinity", null, false],
  ["None", null, true],
  ["True", true, true],
  ["False", false, true],
];
const CLOSING: Record<string, string> = { "[": "]", "(": ")", "{": "}" };
const ESCAPES: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
};
const NUMBER = /-?\d+(\.\d*)?([eE][-+]?\d+)?/y;
const SPACE = /\s*/y;

/** The value that begins at `from`; null where there is none that can be read. */
export function valueAt(text: string, from: number): Found | null {
  let at = from;
  let python = false;

  const skip = () => {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)![0].length;
  };
  const fail = (): never => {
    throw new SyntaxError(`at ${at}`);
  };

  function value(depth: number): unknown {
    skip();
    const c = text[at] ?? fail();
    if (depth > 100) fail();
    if (c === "{") return members(depth);
    if (c === "[" || c === "(") return items(depth, CLOSING[c]!);
    if (c === '"' || c === "'") return quoted();
    if (/[ub]/.test(c) && /["']/.test(text[at + 1] ?? "")) {
      python = true;
      at++;
      return quoted();
    }
    for (const [word, meant, pythons] of WORDS)
      if (text.startsWith(word, at)) {
        at += word.length;
        python ||= pythons;
        return meant;
      }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text) ?? fail();
    at += number[0].length;
    return Number(number[0]);
  }

  function items(depth: number, closing: string): unknown[] {
    python ||= closing === ")";
    at++;
    const all: unknown[] = [];
    for (skip(); text[at] !== closing; skip()) {
      all.push(value(depth + 1));
      skip();
      if (text[at] === ",") at++;
      else if (text[at] !== closing) fail();
    }
    at++;
    return all;
  }

  function members(depth: number): unknown {
    at++;
    const all: [string, unknown][] = [];
    for (skip(); text[at] !== "}"; skip()) {
      const key = value(depth + 1);
      if (key !== null && typeof key === "object") fail();
      skip();
      if (text[at] !== ":") fail();
      at++;
      all.push([String(key), value(depth + 1)]);
      skip();
      if (text[at] === ",") at++;
      else if (text[at] !== "}") fail();
    }
    at++;
    return Object.fromEntries(all);
  }

  function quoted(): string {
    const mark = text[at];
    python ||= mark === "'";
    let out = "";
    for (at++; text[at] !== mark; at++) {
      const c = text[at] ?? fail();
      if (c === "\n" || c === "\r") fail();
      if (c !== "\\") {
        out += c;
        continue;
      }
      const escaped = text[++at] ?? fail();
      const digits = { u: 4, x: 2, U: 8 }[escaped as "u" | "x" | "U"] ?? 0;
      if (digits === 0) {
        out += ESCAPES[escaped] ?? escaped;
        continue;
      }
      const hex = text.slice(at + 1, at + 1 + digits);
      const code = /^[\da-f]+$/i.test(hex) ? parseInt(hex, 16) : -1;
      if (hex.length < digits || code < 0 || code > 0x10ffff) fail();
      out +=
        digits === 8 ? String.fromCodePoint(code) : String.fromCharCode(code);
      at += digits;
    }
    at++;
    return out;
  }

  try {
    return { value: value(0), end: at, python };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
