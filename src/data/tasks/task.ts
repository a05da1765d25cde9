// What the data side knows of a task: how the cells of a row become what its text is
// to be answered with, and how that is split, packed, checked and beaten cheaply.

import type { Task } from "../../task";
import type { Targets } from "../dataset";
import type {
  Baselines,
  Check,
  FileRole,
  LabelOverview,
  Mapping,
  MergedLabel,
  SetAside,
} from "../protocol";
import type { Examples } from "../rows";
import type { Table } from "../table/shape";

/** What a row may be to be answered with. */
export type Target = string | number | object;

export interface Source {
  table: Table;
  mapping: Mapping;
  /** The part a row of the table belongs to. */
  roles: (row: number) => FileRole;
}

export interface Readings<T> {
  /** What a row of the table is to be answered with, or why it is of no use. */
  of(row: number): T | Unusable;
  merged: MergedLabel[];
  checks: Check[];
}

export interface Unusable {
  unusable: SetAside["reason"];
}

/** Texts with what they are to be answered with. */
export interface Answered<T> {
  texts: string[];
  targets: T[];
}

export interface DataTask<T extends Target> {
  task: Task;
  /** True where texts alone are learned from: whatever the mapping says of labels is passed over. */
  unlabelled?: boolean;
  read(source: Source): Readings<T>;
  /** The text that a target is of, where it is not the cell as it stands. */
  textOf?(target: T): string;
  /** The second text, where the task makes it and none is a cell as it stands. Rows of one text then count as one when they are divided. */
  pairOf?(target: T): string;
  /** The labels in a target; none where it has no such thing. */
  labelsOf(target: T): string[];
  /** Of numbers: how they are spread. */
  spread?(targets: T[]): NonNullable<LabelOverview["scores"]>;
  /** Two targets are the same where this is. Goes into the row's hash. */
  written(target: T): string;
  /** By what rows are dealt out evenly, for each row. */
  strata(targets: T[]): string[];
  /** What the outputs of a model for these targets mean. */
  names(train: T[], mapping: Mapping): string[];
  pack(targets: T[], names: string[]): Targets;
  /** What is said of these targets. Where the first is an error, training cannot start and nothing else is looked at. */
  checks(table: Table, mapping: Mapping, examples: Examples<T>): Check[];
  /** Scores on the validation part of what needs no encoder. */
  baselines(
    names: string[],
    train: Answered<T>,
    validation: Answered<T>,
    breathe: () => Promise<void>,
  ): Promise<Baselines>;
}
