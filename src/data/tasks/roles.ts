// Roles of a predicate: words with tags, as spans, for one predicate a row. Which
// predicate is meant stands in a column of its own, or is what the tags call V.

import { PREDICATE, withoutPredicate } from "../../figures";
import { shown } from "../../said";
import { notice, warning } from "../checks/found";
import { noUsableRow, nothingToJudgeBy } from "../checks/none";
import { place } from "../phrases";
import type { Check } from "../protocol";
import { rarestOf, type Examples } from "../rows";
import {
  predicateColumn,
  predicateOfCell,
  writtenPredicate,
} from "./roles/predicate";
import { tagBaselines } from "./spans/baselines";
import type { TaggedText } from "./spans/cells";
import { spanChecks } from "./spans/checks";
import { begun, packTags, readTagged, tagNames } from "./spans/tagged";
import type { Answered, DataTask, Readings, Source } from "./task";

interface RoleText extends TaggedText {
  /** Which of the words they are the roles of. */
  predicate: number;
}

const wordsOf = ({ text, words }: TaggedText): string[] =>
  words.map(([start, end]) => text.slice(start, end));
const argumentsOf = (target: TaggedText): TaggedText => ({
  ...target,
  tags: withoutPredicate(target.tags),
});
const rolesOf = (target: TaggedText) => begun(argumentsOf(target));

export const roles: DataTask<RoleText> = {
  task: "roles",
  read,
  textOf: ({ text }) => text,
  pairOf: (target) => writtenPredicate(wordsOf(target), target.predicate),
  labelsOf: rolesOf,
  written: ({ words, tags, predicate }) =>
    JSON.stringify({ words, tags, predicate }),
  strata: (targets) => rarestOf(targets.map(rolesOf)),
  names: (train) => tagNames([...train.flatMap(begun), PREDICATE]),
  pack: (targets, names) => ({ task: "roles", ...packTags(targets, names) }),

  checks(_, mapping, examples) {
    const own = argumentsAlone(examples);
    const stop =
      noUsableRow(mapping, examples) ??
      spanChecks.fatal(mapping, own) ??
      nothingToJudgeBy(examples, 2);
    return stop ? [stop] : spanChecks.findings(own, "roles: found");
  },

  baselines(_, train, validation, breathe) {
    const alone = ({ texts, targets }: Answered<RoleText>) => ({
      texts,
      targets: targets.map(argumentsOf),
    });
    return tagBaselines(
      alone(train),
      alone(validation),
      breathe,
      ({ entities, strict, tokenAccuracy }) => ({
        task: "roles",
        argumentF1: entities.f1,
        strictArgumentF1: strict.f1,
        argumentPrecision: entities.precision,
        argumentRecall: entities.recall,
        tokenAccuracy,
      }),
    );
  },
};

function argumentsAlone({
  parts,
  ...rest
}: Examples<RoleText>): Examples<TaggedText> {
  const alone = (part: keyof typeof parts) => ({
    ...parts[part],
    targets: parts[part].targets.map(argumentsOf),
  });
  return {
    ...rest,
    parts: {
      train: alone("train"),
      validation: alone("validation"),
      test: alone("test"),
    },
  };
}

type Fault = "no predicate" | "predicate elsewhere" | "predicate again";

const FAULTS = {
  "no predicate": (values) => warning("roles: no predicate", values),
  "predicate elsewhere": (values) =>
    warning("roles: predicate elsewhere", values),
  "predicate again": (values) => notice("roles: predicate again", values),
} as const satisfies Record<
  Fault,
  (values: NonNullable<Check["message"]["values"]>) => Check
>;

function read(source: Source): Readings<RoleText> {
  const { table, mapping } = source;
  const tagged = readTagged(source);
  const column = predicateColumn(table.columns, mapping);
  const found = new Map<Fault, NonNullable<Check["message"]["values"]>>();
  const counts = new Map<Fault, number>();
  const readings = table.rows.map(
    (row, i): ReturnType<Readings<RoleText>["of"]> => {
      const target = tagged.of(i);
      if ("unusable" in target) return target;
      const cell = column === -1 ? "" : row[column]!;
      const { predicate, fault } = predicateOf(target, cell);
      if (fault) {
        counts.set(fault, (counts.get(fault) ?? 0) + 1);
        if (!found.has(fault))
          found.set(fault, {
            example: shown(cell.trim() || target.text),
            where: place(table.files[table.file[i]!]!.name, table.number[i]!),
          });
      }
      if (predicate === null) return { unusable: "no predicate" };
      const tags = [...target.tags];
      // What is a role of itself stays one.
      if (tags[predicate] === "O") tags[predicate] = `B-${PREDICATE}`;
      return { ...target, tags, predicate };
    },
  );
  return {
    of: (row) => readings[row]!,
    merged: tagged.merged,
    checks: [
      ...tagged.checks,
      ...[...found].map(([fault, values]) =>
        FAULTS[fault]({ ...values, count: counts.get(fault)! }),
      ),
    ],
  };
}

/** What the tags call V is the predicate, whatever the cell says. */
function predicateOf(
  target: TaggedText,
  cell: string,
): { predicate: number | null; fault: Fault | null } {
  const said = predicateOfCell(wordsOf(target), cell);
  const tagged = target.tags.indexOf(`B-${PREDICATE}`);
  if (tagged === -1)
    return said
      ? { predicate: said.at, fault: said.unsure ? "predicate again" : null }
      : { predicate: null, fault: "no predicate" };
  const agrees =
    cell.trim() === "" ||
    said === null ||
    said.unsure ||
    // A file may count its words from 1.
    (/^\d+$/.test(cell.trim()) && said.at === tagged + 1) ||
    target.tags[said.at]!.endsWith(`-${PREDICATE}`);
  return { predicate: tagged, fault: agrees ? null : "predicate elsewhere" };
}
