// Cells that hold a value written as code: a JSON list or record, or what Python,
// NumPy and Postgres print for one. Only quoted words, numbers and the usual
// constants count, so that a label such as "[other]" stays a word.

export type Value =
  | string
  | number
  | boolean
  | null
  | Value[]
  // A Map, since a class may be called "__proto__".
  | Map<string, Value>;

/** The list or record a cell holds; undefined where it is anything else. */
export function structured(
  cell: string,
): Value[] | Map<string, Value> | undefined {
  const code = cell.trim();
  const wrapped = /^(?:\[.*\]|\{.*\}|\(.*\))$/s.test(code) || CALL.test(code);
  if (!wrapped || code.length > 20_000) return undefined;
  try {
    const reader = new Reader(code);
    const value = reader.value();
    if (!reader.atEnd()) return undefined;
    if (Array.isArray(value) || value instanceof Map) return value;
    // "tensor(3)" and "np.str_('food')" are one value each.
    return CALL.test(code) ? [value] : undefined;
  } catch (error) {
    if (error instanceof NotAValue || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

class NotAValue extends Error {}

/** How NumPy, PyTorch and Python print what is around a value. */
const CALL =
  /^(?:(?:np|numpy|torch|pd)\.)?(?:array|tensor|frozenset|set|list|tuple|dict|ordereddict|str_|bool_|int_|int8|int32|int64|float32|float64)\(.*\)$/is;

const CONSTANTS = new Map<string, Value>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
  ["nan", null],
  ["NaN", null],
]);
const CLOSED_BY = new Map([
  ["[", "]"],
  ["(", ")"],
  ["{", "}"],
]);

class Reader {
  private at = 0;
  constructor(private readonly code: string) {}

  atEnd(): boolean {
    this.blank();
    return this.at === this.code.length;
  }

  value(): Value {
    this.blank();
    const first = this.code[this.at] ?? "";
    if (CLOSED_BY.has(first)) return this.group(first);
    if (first === '"' || first === "'") return this.quoted(first);
    const [word] = /^[-+.\w]+/.exec(this.code.slice(this.at, this.at + 60)) ?? [
      "",
    ];
    // b'…' and u'…', as older Pythons print words.
    const mark = this.code[this.at + 1];
    if (/^[bu]$/.test(word) && (mark === '"' || mark === "'")) {
      this.at++;
      return this.quoted(mark);
    }
    this.at += word.length;
    if (this.code[this.at] === "(" && CALL.test(`${word}()`))
      return this.called();
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) return constant;
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word)) return Number(word);
    throw new NotAValue();
  }

  /** The first argument of a call; what is named behind it ("dtype=object") says nothing. */
  private called(): Value {
    this.at++;
    this.blank();
    if (this.code[this.at] === ")") {
      this.at++;
      return [];
    }
    const value = this.value();
    const [rest] = /^\s*(,\s*\w+=[^()[\]]*)*\)/.exec(
      this.code.slice(this.at),
    ) ?? [""];
    if (rest === "") throw new NotAValue();
    this.at += rest.length;
    return value;
  }

  /** A list, tuple or set, with commas or (as NumPy prints) blanks between; or a record. */
  private group(open: string): Value {
    const close = CLOSED_BY.get(open);
    this.at++;
    const items: Value[] = [];
    const record = new Map<string, Value>();
    let comma = false;
    for (;;) {
      this.blank();
      if (this.code[this.at] === close) break;
      const item = this.value();
      this.blank();
      if (open === "{" && this.code[this.at] === ":") {
        this.at++;
        record.set(String(item), this.value());
        this.blank();
      } else items.push(item);
      if (this.code[this.at] === ",") {
        comma = true;
        this.at++;
      }
    }
    this.at++;
    if (record.size > 0 && items.length > 0) throw new NotAValue();
    // "('food')" is a word in brackets; Python's tuples have a comma.
    if (open === "(" && !comma) throw new NotAValue();
    return record.size > 0 || (open === "{" && items.length === 0)
      ? record
      : items;
  }

  private quoted(mark: string): string {
    let word = "";
    for (let i = this.at + 1; i < this.code.length; i++) {
      const next = this.code[i]!;
      if (next === mark) {
        this.at = i + 1;
        return word;
      }
      if (next !== "\\") word += next;
      else {
        const hex = /^u([0-9a-f]{4})/i.exec(this.code.slice(i + 1, i + 6));
        if (hex) {
          word += String.fromCharCode(parseInt(hex[1]!, 16));
          i += 5;
        } else {
          const plain = this.code[++i] ?? "";
          word += plain === "n" ? "\n" : plain === "t" ? "\t" : plain;
        }
      }
    }
    throw new NotAValue();
  }

  private blank(): void {
    while (/\s/.test(this.code[this.at] ?? "")) this.at++;
  }
}

/** What a cell says about its row's label. */
export type Answer =
  | { kind: "one"; label: string }
  | { kind: "none" }
  | { kind: "several"; labels: string[] }
  /** A list or record that no label can be read from. */
  | { kind: "other" };

/** Keys under which annotation tools keep the answer. */
const ANSWER_KEYS = [
  "choices",
  "choice",
  "labels",
  "label",
  "class",
  "category",
  "name",
  "accept",
  "value",
  "displayName",
  "display_name",
  "title",
  "tag",
  "intent",
  "topic",
  "cats",
];
/** What tools note beside an answer; no class is called so. */
const BESIDE =
  /^(id|user|user_?id|annotator|score|prob(ability)?|confidence|weight|(created|updated)_?at|manual|status|start|end)$/i;

/** The label in a list or record. */
export function labelIn(value: Value): Answer {
  if (value === null || value === "") return { kind: "none" };
  if (!(value instanceof Map) && !Array.isArray(value))
    return { kind: "one", label: String(value).trim() };
  if (Array.isArray(value)) {
    const has = (type: string) => value.some((item) => typeof item === type);
    // [0, 4, "WORD"] marks a part of its text.
    if (has("number") && has("string")) return { kind: "other" };
    return ofList(likely(value).map(labelIn));
  }

  for (const key of ANSWER_KEYS) {
    const inner = value.get(key);
    if (inner === undefined) continue;
    // {"label": 2, "user": 1} has an answer; {"label": 1, "other": 0} may be classes.
    const others = [...value.keys()].filter((other) => other !== key);
    if (typeof inner === "number" && !others.every((o) => BESIDE.test(o)))
      continue;
    // A span has an answer as well, but for part of its text.
    if (value.has("start") || value.has("end")) return { kind: "other" };
    return labelIn(inner);
  }
  const entries = [...value];
  if (entries.length === 0) return { kind: "none" };
  // A record of classes: which of them are on.
  if (entries.every(([, on]) => typeof on === "boolean" || isShare(on))) {
    const on = entries.filter(([, on]) => Number(on) > 0.5);
    return ofList(on.map(([label]) => ({ kind: "one", label })));
  }
  return { kind: "other" };
}

/** Of scored answers ([{label, score}, …]) those that are likelier than not. */
function likely(items: Value[]): Value[] {
  const score = (item: Value) => {
    if (!(item instanceof Map)) return undefined;
    const names = [...item.keys()];
    const key = names.find((name) =>
      /^(score|prob(ability)?|value)$/i.test(name),
    );
    return key !== undefined && names.length > 1 ? item.get(key) : undefined;
  };
  if (items.length < 2 || !items.every((item) => isShare(score(item) ?? null)))
    return items;
  return items.filter((item) => Number(score(item)) > 0.5);
}

const isShare = (value: Value) =>
  typeof value === "number" && value >= 0 && value <= 1;

function ofList(items: Answer[]): Answer {
  if (items.some(({ kind }) => kind === "other" || kind === "several"))
    return items.length === 1 ? items[0]! : { kind: "other" };
  const labels = new Set(
    items.flatMap((item) => (item.kind === "one" ? [item.label] : [])),
  );
  const [label] = labels;
  if (label === undefined) return { kind: "none" };
  return labels.size === 1
    ? { kind: "one", label }
    : { kind: "several", labels: [...labels] };
}
