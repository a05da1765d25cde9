// What annotation tools and dataset servers put around a text and its label:
// taken off, so that both stand in columns. Values that are lists or
// dictionaries stay as they are; what they mean as labels is judged later.

import { isKnownName, named, TEXT } from "../../names";
import { isCells, type Cells } from "./shapes";

/** Records with what wraps their text taken off. */
export function unwrapped(records: Cells[]): Cells[] {
  if (records.length > 0 && records.every(isTask))
    return withoutEmptyLabels(records.map(ofTask));
  return exploded(texts(lifted(paragraphs(judged(pairs(records))))));
}

/** spaCy's training pairs: ["text", {"entities": [[0, 4, "X"]]}]. */
function pairs(records: Cells[]): Cells[] {
  const entities = ({ "column 2": inner }: Cells) =>
    isCells(inner) && Array.isArray(inner["entities"])
      ? inner["entities"]
      : null;
  return records.length > 0 &&
    records.every(
      (record) => typeof record["column 1"] === "string" && entities(record),
    )
    ? records.map((record) => ({
        text: record["column 1"],
        entities: entities(record),
      }))
    : records;
}

/** Prodigy: what was rejected or skipped says nothing about its spans. */
const judged = (records: Cells[]): Cells[] =>
  records.map((record) =>
    Array.isArray(record["spans"]) &&
    (record["answer"] === "reject" || record["answer"] === "ignore")
      ? { ...record, spans: null }
      : record,
  );

/** Where tasks mark spans and choose nothing, there is no column of labels. */
const withoutEmptyLabels = (records: Cells[]): Cells[] =>
  records.some(({ spans }) => Array.isArray(spans)) &&
  records.every(({ label }) => label === null)
    ? records.map(({ label: _, ...rest }) => rest)
    : records;

/** spaCy 2 keeps a document's texts in paragraphs, each with its own cats. */
function paragraphs(records: Cells[]): Cells[] {
  const inside = records.map(({ paragraphs }) =>
    Array.isArray(paragraphs) && paragraphs.every(isCells) ? paragraphs : null,
  );
  if (!inside.every((each) => each?.every(({ cats }) => cats !== undefined)))
    return records;
  return records.flatMap(({ id }, i) =>
    inside[i]!.map(({ raw, cats, sentences }) => ({
      ...(id === undefined ? {} : { id }),
      text: typeof raw === "string" ? raw : tokensOf(sentences),
      cats: Array.isArray(cats)
        ? Object.fromEntries(
            cats
              .filter(isCells)
              .map(({ label, value }) => [String(label), value] as const),
          )
        : cats,
    })),
  );
}

const tokensOf = (sentences: unknown): string =>
  (Array.isArray(sentences) ? sentences : [])
    .flatMap((sentence: unknown) =>
      isCells(sentence) && Array.isArray(sentence["tokens"])
        ? (sentence["tokens"] as unknown[])
        : [],
    )
    .map((token) => (isCells(token) ? String(token["orth"] ?? "") : ""))
    .join(" ");

/** {"text": {"value": "…", "lang": "en"}}: the text alone, and what stands beside it. */
function texts(records: Cells[]): Cells[] {
  const inner = (value: unknown) =>
    isCells(value)
      ? Object.entries(value).find(
          ([key, text]) =>
            /^(value|content|text|raw|body|string|plain)$/i.test(key) &&
            typeof text === "string",
        )
      : undefined;
  const sample = records.slice(0, 100);
  const keys = Object.keys(records[0] ?? {}).filter(
    (key) =>
      named(key, TEXT) >= 0.6 &&
      sample.filter((record) => inner(record[key])).length > sample.length / 2,
  );
  if (keys.length === 0) return records;
  return records.map((record) =>
    Object.fromEntries(
      Object.entries(record).flatMap(([key, value]) => {
        const found = keys.includes(key) ? inner(value) : undefined;
        if (!found) return [[key, value]];
        const { [found[0]]: _, ...beside } = value as Cells;
        return [
          [key, found[1]],
          ...Object.entries(beside).map(([name, each]) => [
            `${key}.${name}`,
            each,
          ]),
        ];
      }),
    ),
  );
}

/** Label Studio: a task holds `data`, and what annotators answered. */
const isTask = (record: Cells) =>
  isCells(record["data"]) &&
  (Array.isArray(record["annotations"]) ||
    Array.isArray(record["completions"]));

function ofTask(task: Cells): Cells {
  const data = task["data"] as Cells;
  const strings = Object.entries(data).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const main =
    strings.find(([key]) => /^text$/i.test(key)) ??
    strings.find(([key, value]) => isKnownName(key) && /\s/.test(value)) ??
    strings.sort((a, b) => b[1].length - a[1].length)[0];
  const others = Object.entries(data).filter(([key]) => key !== main?.[0]);
  return {
    ...(task["id"] === undefined ? {} : { id: task["id"] }),
    text: main?.[1] ?? "",
    ...answers(task),
    ...Object.fromEntries(
      others.filter(([key]) => !["id", "text", "label"].includes(key)),
    ),
  };
}

/** The latest answer that was not cancelled, by the question it answers. */
function answers(task: Cells): Cells {
  const all = (task["annotations"] ?? task["completions"]) as unknown[];
  const given = all.filter(
    (each): each is Cells => isCells(each) && each["was_cancelled"] !== true,
  );
  const results = given.at(-1)?.["result"];
  const found = new Map<string, unknown>();
  const spans: Cells[] = [];
  for (const result of Array.isArray(results) ? results : []) {
    const value: unknown = isCells(result) ? result["value"] : null;
    if (!isCells(value)) continue;
    const { start, end, labels, text } = value;
    if (typeof start === "number" && typeof end === "number" && labels)
      spans.push({ start, end, labels, text });
    const answer =
      value["choices"] ??
      value["rating"] ??
      value["number"] ??
      (Array.isArray(value["taxonomy"])
        ? value["taxonomy"].map((path: unknown) =>
            Array.isArray(path) ? path.join(" / ") : path,
          )
        : undefined);
    // Spans stand in a column of their own; free texts are no label of the whole text.
    if (answer === undefined || answer === null) continue;
    const question = String((result as Cells)["from_name"] ?? "label");
    if (!found.has(question))
      found.set(
        question,
        Array.isArray(answer) && answer.length === 1 ? answer[0] : answer,
      );
  }
  const [first, ...more] = found;
  return {
    ...(spans.length > 0 ? { spans } : {}),
    label: first?.[1] ?? null,
    ...Object.fromEntries(
      more.filter(([key]) => !["id", "text", "label"].includes(key)),
    ),
  };
}

/** Where the text lies one level deeper in every record ("row", "_source"), that level comes up. */
function lifted(records: Cells[]): Cells[] {
  const sample = records.slice(0, 100);
  const hasText = (cells: Cells) =>
    Object.entries(cells).some(
      ([key, value]) =>
        typeof value === "string" && isKnownName(key) && /\s/.test(value),
    );
  if (sample.length === 0 || sample.filter(hasText).length > sample.length / 2)
    return records;
  const key = Object.keys(sample[0]!).find(
    (each) =>
      sample.filter((record) => isCells(record[each]) && hasText(record[each]))
        .length >
      sample.length / 2,
  );
  if (key === undefined) return records;
  return records.map((record) => {
    const { [key]: inner, ...rest } = record;
    return isCells(inner) ? { ...rest, ...inner } : record;
  });
}

const SEVERAL =
  /^(patterns|utterances|phrases|examples|texts|sentences|queries|questions)$/i;
const ONE = /^(tag|intent|label|class|category|name)$/i;

/** Chatbots keep one intent with many phrasings: each phrasing is a row. */
function exploded(records: Cells[]): Cells[] {
  const [first] = records;
  if (!first) return records;
  const isTexts = (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === "string");
  const several = Object.keys(first).find(
    (key) => SEVERAL.test(key) && isTexts(first[key]),
  );
  const one = Object.keys(first).find(
    (key) => ONE.test(key) && typeof first[key] === "string",
  );
  if (several === undefined || one === undefined) return records;
  if (!records.every((record) => isTexts(record[several]))) return records;
  return records.flatMap((record) =>
    (record[several] as string[]).map((text) => ({
      text,
      label: record[one],
    })),
  );
}
