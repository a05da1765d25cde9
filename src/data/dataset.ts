// Labelled texts as a run takes them: packed bytes that cross threads without being
// copied, and how to read them. A leaf: data and engine share this one copy.

import type { Task } from "../task";

/** Texts packed as UTF-8 so that they cross a thread without being copied. */
export interface PackedTexts {
  /** All texts, one after the other. */
  utf8: Uint8Array<ArrayBuffer>;
  /** count + 1 byte offsets into `utf8`. */
  offsets: Uint32Array<ArrayBuffer>;
}

/** What each text is to be answered with, packed, by the dataset's task. */
export type Targets =
  | {
      task: "one label";
      /** Index into `Dataset.labels`. */
      labels: Int32Array<ArrayBuffer>;
    }
  | {
      task: "many labels";
      /** [count, labels]: 1 where the text has the label, else 0. */
      marks: Uint8Array<ArrayBuffer>;
    }
  | {
      task: "score";
      /** As they stand in the data. */
      scores: Float32Array<ArrayBuffer>;
    }
  | {
      /** The texts themselves. */
      task: "masked words";
    }
  | ({ task: "spans" } & TaggedWords)
  /** The second of two texts says which predicate they are the roles of. */
  | ({ task: "roles" } & TaggedWords);

export interface TaggedWords {
  /** [start, end) of each word in its text, in UTF-16 units; all texts one after the other. */
  words: Int32Array<ArrayBuffer>;
  /** count + 1, in words. */
  offsets: Uint32Array<ArrayBuffer>;
  /** Of each word: index into `Dataset.labels`, which are "O" and IOB2 tags. */
  tags: Int32Array<ArrayBuffer>;
}

/** One part of a dataset. */
export interface Examples {
  count: number;
  texts: PackedTexts;
  /** Second texts of pairs, or null. */
  textsB: PackedTexts | null;
  targets: Targets;
  /** Where each row stood: file index and 1-based data row. */
  origin: { file: Uint16Array<ArrayBuffer>; row: Uint32Array<ArrayBuffer> };
}

export interface Dataset {
  task: Task;
  /** Name for the run: file name without extension. */
  name: string;
  /** What the outputs mean. Sorted by name; numbers sort as numbers. Of scores the name of their column; of spans and roles "O", then "B-" and "I-" of each type; of masked words none. */
  labels: string[];
  train: Examples;
  validation: Examples;
  test: Examples | null;
  /** SHA-256 over labels, texts and split: hex. */
  fingerprint: string;
  /** Hex of the first 8 bytes of SHA-256 of each row's text(s) and target, by part, packed: 8 bytes each. */
  rowHashes: {
    train: Uint8Array<ArrayBuffer>;
    validation: Uint8Array<ArrayBuffer>;
    test: Uint8Array<ArrayBuffer> | null;
  };
}

/** One text, or a pair. */
export interface TextInput {
  text: string;
  textB: string | null;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The `i`-th of the packed texts. */
export function textAt({ utf8, offsets }: PackedTexts, i: number): string {
  return decoder.decode(utf8.subarray(offsets[i], offsets[i + 1]));
}

/** The text or pair of the `i`-th example. */
export function inputAt({ texts, textsB }: Examples, i: number): TextInput {
  return { text: textAt(texts, i), textB: textsB && textAt(textsB, i) };
}

/** The targets of a dataset of this task. Throws where they are another's. */
export function targetsOf<T extends Task>(
  { targets }: Pick<Examples, "targets">,
  task: T,
): Extract<Targets, { task: T }> {
  if (targets.task !== task)
    throw new Error(`internal: ${targets.task} where ${task} is meant`);
  return targets as Extract<Targets, { task: T }>;
}

/** The targets of a dataset whose words have tags. Throws where they have none. */
export function taggedWords({
  targets,
}: Pick<Examples, "targets">): TaggedWords & { task: "spans" | "roles" } {
  if (targets.task !== "spans" && targets.task !== "roles")
    throw new Error(`internal: ${targets.task} where words have tags`);
  return targets;
}

/** Of several parts, one after the other. Throws where they are of several tasks. */
export function joinedTargets(parts: Targets[]): Targets {
  const [first] = parts;
  if (!first) throw new Error("internal: no targets to join");
  const all = <T extends Task>(task: T) =>
    parts.map((targets) => targetsOf({ targets }, task));
  switch (first.task) {
    case "one label": {
      const labels = all("one label").flatMap(({ labels }) => [...labels]);
      return { task: first.task, labels: Int32Array.from(labels) };
    }
    case "many labels": {
      const marks = all("many labels").flatMap(({ marks }) => [...marks]);
      return { task: first.task, marks: Uint8Array.from(marks) };
    }
    case "score": {
      const scores = all("score").flatMap(({ scores }) => [...scores]);
      return { task: first.task, scores: Float32Array.from(scores) };
    }
    case "masked words":
      return { task: first.task };
    case "spans":
    case "roles": {
      const spans = parts.map((targets) => taggedWords({ targets }));
      const offsets = [0];
      for (const each of spans) {
        const before = offsets.at(-1)!;
        for (const offset of each.offsets.subarray(1))
          offsets.push(before + offset);
      }
      return {
        task: first.task,
        words: Int32Array.from(spans.flatMap(({ words }) => [...words])),
        offsets: Uint32Array.from(offsets),
        tags: Int32Array.from(spans.flatMap(({ tags }) => [...tags])),
      };
    }
  }
}
