// Spans of a text, each of a type: read from tags, one a word, or from lists of
// places. Inside they are words with IOB2 tags, whatever the file wrote.

import { shown } from "../../said";
import { noUsableRow, nothingToJudgeBy } from "../checks/none";
import { byName, countLabels } from "../rows";
import { spanBaselines } from "./spans/baselines";
import { conventionsOf, readCells, type TaggedText } from "./spans/cells";
import { spanChecks } from "./spans/checks";
import { Faults, isUseless, othersThan } from "./spans/faults";
import type { DataTask, Readings, Source, Unusable } from "./task";

export const spans: DataTask<TaggedText> = {
  task: "spans",
  read,
  textOf: ({ text }) => text,
  labelsOf: ({ tags }) =>
    tags.flatMap((tag) => (tag.startsWith("B-") ? [tag.slice(2)] : [])),
  written: ({ words, tags }) => JSON.stringify({ words, tags }),

  strata(targets) {
    const types = targets.map(spans.labelsOf);
    const rows = new Map(
      countLabels(types.flat()).map(({ label, rows }) => [label, rows]),
    );
    return types.map((own) =>
      own.reduce(
        (best, type) =>
          best === "" || rows.get(type)! < rows.get(best)! ? type : best,
        "",
      ),
    );
  },

  names: (train) => [
    "O",
    ...[...new Set(train.flatMap(spans.labelsOf))]
      .sort(byName)
      .flatMap((type) => [`B-${type}`, `I-${type}`]),
  ],

  pack(targets, names) {
    const index = new Map(names.map((name, i) => [name, i]));
    const offsets = new Uint32Array(targets.length + 1);
    targets.forEach(
      ({ words }, i) => (offsets[i + 1] = offsets[i]! + words.length),
    );
    return {
      task: "spans",
      words: Int32Array.from(targets.flatMap(({ words }) => words.flat())),
      offsets,
      tags: Int32Array.from(
        targets.flatMap(({ tags }) => tags.map((tag) => index.get(tag)!)),
      ),
    };
  },

  checks(_, mapping, examples) {
    const stop =
      noUsableRow(mapping, examples) ??
      spanChecks.fatal(mapping, examples) ??
      nothingToJudgeBy(examples, 2);
    return stop ? [stop] : spanChecks.findings(examples);
  },

  baselines: spanBaselines,
};

function read({ table, mapping }: Source): Readings<TaggedText> {
  const [text, label] = [mapping.text, mapping.label].map((column) =>
    table.columns.indexOf(column),
  ) as [number, number];
  const cells = table.rows.map((row) => ({
    // Untrimmed: offsets count from where the cell begins.
    text: row[text]!,
    label: row[label]!,
  }));
  // Each file by itself: what is written together follows one convention.
  const conventions = table.files.map((_, file) =>
    conventionsOf(cells.filter((_, row) => table.file[row] === file)),
  );
  const found = new Faults(mapping.label);
  const readings = cells.map((pair, row): TaggedText | Unusable => {
    const file = table.file[row]!;
    const { example, faults } = readCells(pair, conventions[file]!);
    for (const { fault, what } of faults)
      if (!(fault === "no label" || pair.text.trim() === ""))
        found.add(
          fault,
          shown(what),
          table.files[file]!.name,
          table.number[row]!,
        );
    if (example) return example;
    const [first] = faults;
    return {
      unusable:
        first && isUseless(first.fault) ? isUseless(first.fault)! : "no label",
    };
  });
  return {
    of: (row) => readings[row]!,
    merged: [],
    checks: [
      ...othersThan(
        table.files.map(({ name }) => name),
        conventions,
      ),
      ...found.checks(),
    ],
  };
}
