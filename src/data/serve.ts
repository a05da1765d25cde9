// The data worker's side of the boundary: holds the table that was read last and
// answers questions about it. Takes any port, so that it runs in a test as well.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Dataset } from "./dataset";
import type { Check, LabelOverview, Mapping, SplitOptions } from "./protocol";
import { buffersOf, serve, type Port } from "../port";
import { Failure } from "../said";
import { baselines } from "./baseline";
import { checkExamples, checkMapping } from "./checks";
import {
  byName,
  countLabels,
  examplesOf,
  type Examples,
  type Rows,
} from "./examples";
import { withJoined } from "./columns/onehot";
import { hashRows, packRows } from "./pack";
import type { DataCalls, FileToRead } from "./protocol";
import { split } from "./split";
import { readTable, viewOf, type Source } from "./table";
import type { Table } from "./table/shape";

export function serveData(port: Port): void {
  let table: Table | null = null;
  /** The latest mapping's outcome: the page asks several things of one mapping. */
  let held: { key: string; mapped: Mapped } | null = null;

  const under = (mapping: Mapping): Mapped => {
    if (!table) throw new Failure("read: nothing yet");
    const key = JSON.stringify(mapping);
    if (held?.key !== key) held = { key, mapped: map(table, mapping) };
    return held.mapped;
  };

  serve<DataCalls>(
    port,
    {
      async read(files, choices) {
        const next = withJoined(
          readTable(await Promise.all(files.map(load)), choices),
        );
        // Only a table that can be shown replaces the former one.
        const view = viewOf(next);
        [table, held] = [next, null];
        return view;
      },
      overview: (mapping) => overviewOf(under(mapping)),
      dataset: (mapping, options) => datasetOf(under(mapping), options),
      baselines(mapping, options) {
        const { labels, parts, indices } = divide(under(mapping), options);
        const part = (role: "train" | "validation") => {
          const rows = parts[role];
          const both = (i: number) =>
            rows.textsB ? `${rows.texts[i]} ${rows.textsB[i]}` : rows.texts[i]!;
          const index = new Map(labels.map((label, i) => [label, i]));
          return {
            texts: Array.from(indices[role], both),
            labels: Int32Array.from(indices[role], (i) =>
              index.get(rows.labels[i]!)!,
            ),
          };
        };
        return baselines(labels, part("train"), part("validation"), breather());
      },
    },
    () => {},
    buffersOf,
  );
}

async function load({ file, name, role, path }: FileToRead): Promise<Source> {
  const called = name ?? (file as File).name ?? "data";
  try {
    return {
      name: called,
      bytes: new Uint8Array(await file.arrayBuffer()),
      role,
      ...(path ? { path } : {}),
    };
  } catch (error) {
    throw new Failure("read: could not", {
      file: called,
      reason: (error as Error).message,
    });
  }
}

interface Mapped {
  table: Table;
  examples: Examples | null;
  checks: Check[];
}

function map(table: Table, mapping: Mapping): Mapped {
  const checks = checkMapping(mapping);
  if (checks.length > 0) return { table, examples: null, checks };
  const examples = examplesOf(table, mapping);
  return { table, examples, checks: checkExamples(table, mapping, examples) };
}

function overviewOf({ examples, checks }: Mapped): LabelOverview {
  if (!examples)
    return {
      labels: [],
      usable: 0,
      setAside: [],
      merged: [],
      parts: { train: 0, validation: 0, test: 0 },
      checks,
      lengths: { median: 0, p95: 0, max: 0 },
    };
  const rows = examples.parts.train;
  const lengths = Uint32Array.from(
    rows.texts,
    (text, i) => text.length + (rows.textsB?.[i]?.length ?? 0),
  ).sort();
  const at = (share: number) =>
    lengths[Math.floor(share * (lengths.length - 1))] ?? 0;
  return {
    labels: countLabels(rows.labels),
    usable: rows.texts.length,
    setAside: examples.setAside,
    merged: examples.merged,
    parts: {
      train: rows.texts.length,
      validation: examples.parts.validation.texts.length,
      test: examples.parts.test.texts.length,
    },
    checks,
    lengths: { median: at(0.5), p95: at(0.95), max: at(1) },
  };
}

/** Labels, and which rows of which files go into which part. */
function divide({ examples, checks }: Mapped, options: SplitOptions) {
  const error = checks.find((check) => check.level === "error");
  if (error) throw new Failure(error.message.code, error.message.values);
  if (!examples) throw new Error("internal: no examples");
  const { train, validation, test } = examples.parts;
  const known = new Set(train.labels);
  const labels = [...known].sort(byName);
  const all = (rows: Rows) =>
    Uint32Array.from(rows.labels.keys()).filter((i) =>
      known.has(rows.labels[i]!),
    );
  const given = examples.validationGiven;
  if (options.allRows) {
    const both = given ? joined(train, validation) : train;
    return {
      labels,
      parts: { train: both, validation, test },
      indices: {
        train: all(both),
        validation: new Uint32Array(),
        test: all(test),
      },
    };
  }
  const held = given ? null : split(train, options);
  return {
    labels,
    parts: { train, validation: given ? validation : train, test },
    indices: {
      train: held?.train ?? all(train),
      validation: held?.validation ?? all(validation),
      test: all(test),
    },
  };
}

const joined = (a: Rows, b: Rows): Rows => ({
  texts: [...a.texts, ...b.texts],
  textsB: a.textsB && b.textsB && [...a.textsB, ...b.textsB],
  labels: [...a.labels, ...b.labels],
  file: [...a.file, ...b.file],
  row: [...a.row, ...b.row],
});

function datasetOf(mapped: Mapped, options: SplitOptions): Dataset {
  const { labels, parts, indices } = divide(mapped, options);
  const index = new Map(labels.map((label, i) => [label, i]));
  const fingerprint = sha256
    .create()
    .update(new TextEncoder().encode(JSON.stringify(labels)));
  const part = (role: "train" | "validation" | "test") => {
    const examples = packRows(parts[role], indices[role], index);
    fingerprint.update(new TextEncoder().encode(`${role} ${examples.count}\n`));
    return { examples, hashes: hashRows(examples, labels, fingerprint) };
  };
  const [train, validation] = [part("train"), part("validation")];
  const test = indices.test.length > 0 ? part("test") : null;
  const { files } = mapped.table;
  const main = files.find((file) => file.role === "train") ?? files[0]!;
  return {
    name: main.name.replace(/\.[^.]*$/, "") || main.name,
    labels,
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

/** Lets other calls in about every 50 ms of a long computation. */
function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 50) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
