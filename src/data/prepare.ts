// A table under a mapping, for one task: counted, checked, divided and packed. What
// rows are to be answered with is the task's to know; nothing else looks inside.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { Failure } from "../said";
import { checkExamples, checkMapping } from "./checks";
import type { Dataset } from "./dataset";
import { examplesOf } from "./examples";
import { hashRows, packRows } from "./pack";
import type {
  Baselines,
  LabelOverview,
  Mapping,
  SplitOptions,
} from "./protocol";
import {
  countLabels,
  joinedRows,
  joinedText,
  type Examples,
  type Rows,
} from "./rows";
import { split } from "./split";
import type { Table } from "./table/shape";
import type { DataTask, Target } from "./tasks/task";

export interface Prepared {
  overview(): LabelOverview;
  dataset(options: SplitOptions): Dataset;
  baselines(
    options: SplitOptions,
    breathe: () => Promise<void>,
  ): Promise<Baselines>;
}

export function prepare<T extends Target>(
  task: DataTask<T>,
  table: Table,
  asked: Mapping,
): Prepared {
  const mapping = task.unlabelled ? { ...asked, label: "", labels: [] } : asked;
  const stop = checkMapping(mapping);
  const examples = stop.length > 0 ? null : examplesOf<T>(table, mapping, task);
  const checks = examples
    ? checkExamples(task, table, mapping, examples)
    : stop;
  const parted = (options: SplitOptions) => {
    const error = checks.find((check) => check.level === "error");
    if (error) throw new Failure(error.message.code, error.message.values);
    if (!examples) throw new Error("internal: no examples");
    return divide(task, mapping, examples, options);
  };
  return {
    overview: () => ({
      ...(examples ? counted(task, examples) : nothing),
      checks,
    }),
    dataset: (options) => datasetOf(task, table, parted(options)),
    baselines(options, breathe) {
      const { names, parts, indices } = parted(options);
      const part = (role: "train" | "validation") => ({
        texts: Array.from(indices[role], (i) => joinedText(parts[role], i)),
        targets: Array.from(indices[role], (i) => parts[role].targets[i]!),
      });
      return task.baselines(names, part("train"), part("validation"), breathe);
    },
  };
}

const nothing: Omit<LabelOverview, "checks"> = {
  labels: [],
  usable: 0,
  setAside: [],
  merged: [],
  parts: { train: 0, validation: 0, test: 0 },
  lengths: { median: 0, p95: 0, max: 0 },
};

function counted<T extends Target>(
  { labelsOf, spread }: DataTask<T>,
  { parts, setAside, merged }: Examples<T>,
): Omit<LabelOverview, "checks"> {
  const rows = parts.train;
  const lengths = Uint32Array.from(
    rows.texts,
    (text, i) => text.length + (rows.textsB?.[i]?.length ?? 0),
  ).sort();
  const at = (share: number) =>
    lengths[Math.floor(share * (lengths.length - 1))] ?? 0;
  return {
    labels: countLabels(rows.targets.flatMap(labelsOf)),
    ...(spread && rows.targets.length > 0 && { scores: spread(rows.targets) }),
    usable: rows.texts.length,
    setAside,
    merged,
    parts: {
      train: rows.texts.length,
      validation: parts.validation.texts.length,
      test: parts.test.texts.length,
    },
    lengths: { median: at(0.5), p95: at(0.95), max: at(1) },
  };
}

interface Division<T> {
  names: string[];
  parts: Examples<T>["parts"];
  indices: Record<"train" | "validation" | "test", Uint32Array>;
}

/** What the outputs mean, and which rows of which files go into which part. */
function divide<T extends Target>(
  task: DataTask<T>,
  mapping: Mapping,
  examples: Examples<T>,
  options: SplitOptions,
): Division<T> {
  const { train, validation, test } = examples.parts;
  const known = new Set(train.targets.flatMap(task.labelsOf));
  const names = task.names(train.targets, mapping);
  const all = (rows: Rows<T>) =>
    Uint32Array.from(rows.targets.keys()).filter((i) =>
      task.labelsOf(rows.targets[i]!).every((label) => known.has(label)),
    );
  const given = examples.validationGiven;
  if (options.allRows) {
    const both = given ? joinedRows(train, validation) : train;
    return {
      names,
      parts: { train: both, validation, test },
      indices: {
        train: all(both),
        validation: new Uint32Array(),
        test: all(test),
      },
    };
  }
  // Nothing is judged by a text that was learned by heart, whatever was asked of it.
  const rows = task.pairOf ? { texts: train.texts, textsB: null } : train;
  const held = given ? null : split(rows, task.strata(train.targets), options);
  return {
    names,
    parts: { train, validation: given ? validation : train, test },
    indices: {
      train: held?.train ?? all(train),
      validation: held?.validation ?? all(validation),
      test: all(test),
    },
  };
}

function datasetOf<T extends Target>(
  task: DataTask<T>,
  { files }: Table,
  { names, parts, indices }: Division<T>,
): Dataset {
  const utf8 = new TextEncoder();
  const fingerprint = sha256
    .create()
    .update(utf8.encode(JSON.stringify(names)));
  const part = (role: "train" | "validation" | "test") => {
    const rows = indices[role];
    const examples = packRows(parts[role], rows, names, task);
    fingerprint.update(utf8.encode(`${role} ${examples.count}\n`));
    const written = (i: number) => task.written(parts[role].targets[rows[i]!]!);
    return { examples, hashes: hashRows(examples, written, fingerprint) };
  };
  const [train, validation] = [part("train"), part("validation")];
  const test = indices.test.length > 0 ? part("test") : null;
  const main = files.find((file) => file.role === "train") ?? files[0]!;
  return {
    task: task.task,
    name: main.name.replace(/\.[^.]*$/, "") || main.name,
    labels: names,
    train: train.examples,
    validation: validation.examples,
    test: test?.examples ?? null,
    fingerprint: bytesToHex(fingerprint.digest()),
    rowHashes: {
      train: train.hashes,
      validation: validation.hashes,
      test: test?.hashes ?? null,
    },
  };
}
