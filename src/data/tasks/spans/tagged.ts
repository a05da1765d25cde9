// What tasks whose words have tags share: how rows are read, dealt out and packed.

import { shown } from "../../../said";
import type { TaggedWords } from "../../dataset";
import { byName } from "../../rows";
import type { Readings, Source, Unusable } from "../task";
import { conventionsOf, readCells, type TaggedText } from "./cells";
import { Faults, isUseless, othersThan } from "./faults";

/** The types of the spans that begin, one each. */
export const begun = ({ tags }: Pick<TaggedText, "tags">): string[] =>
  tags.flatMap((tag) => (tag.startsWith("B-") ? [tag.slice(2)] : []));

/** "O", then "B-" and "I-" of each type. */
export const tagNames = (types: string[]): string[] => [
  "O",
  ...[...new Set(types)]
    .sort(byName)
    .flatMap((type) => [`B-${type}`, `I-${type}`]),
];

export function packTags(targets: TaggedText[], names: string[]): TaggedWords {
  const index = new Map(names.map((name, i) => [name, i]));
  const offsets = new Uint32Array(targets.length + 1);
  targets.forEach(
    ({ words }, i) => (offsets[i + 1] = offsets[i]! + words.length),
  );
  return {
    words: Int32Array.from(targets.flatMap(({ words }) => words.flat())),
    offsets,
    tags: Int32Array.from(
      targets.flatMap(({ tags }) => tags.map((tag) => index.get(tag)!)),
    ),
  };
}

/** What is wrong with a cell is said with its place, once a kind. */
export function readTagged({ table, mapping }: Source): Readings<TaggedText> {
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
