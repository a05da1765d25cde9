// From a list of operations to dispatches: which shader, which words, how many
// workgroups. Most operations are one dispatch; and where a layer's dx and dW do
// not wait for each other, the two products are one.

import * as attentionShaders from "../../kernels/attention.wgsl";
import * as embedding from "../../kernels/embedding.wgsl";
import {
  type Form,
  gemmShader,
  type Tile,
  tileNamed,
  tiles,
} from "../../kernels/gemm.wgsl";
import * as lossShaders from "../../kernels/loss.wgsl";
import * as normShaders from "../../kernels/norm.wgsl";
import { rowsAlone, type Sharing } from "../../kernels/prelude.wgsl";
import * as rows from "../../kernels/rows.wgsl";
import * as update from "../../kernels/update.wgsl";
import type { Program } from "../../program";
import type { Region } from "../arena";
import { header, headerAt } from "../header";
import {
  forms,
  most,
  type Operation,
  operationWords,
  type Size,
} from "../operations";

/** What was measured of an adapter, or is to be taken as measured. Plain JSON. */
export interface Tuning {
  /** Vendor, architecture and description: of another adapter it says nothing. */
  adapter: string;
  /** Threads that share a row, and whether products pass through shared memory. */
  sharing: Sharing;
  /** Name of the fastest tile for each class of product (`productClass`). */
  tiles: Record<string, string>;
}

/** A number the host keeps: an index into its copy of the arena's start, or the number itself. */
export type Number = { at: number } | { value: number };

/** Groups of this dispatch: Σ ⌈number · times / by⌉, or tiles of C. */
export type Count =
  | { number: Number; times: number; by: number }
  | { tile: Tile; rows: Number; columns: number };

export interface Dispatch {
  name: string;
  code: string;
  /** Of both operations, as they stay; sizes are written for each batch. */
  words: Int32Array;
  sizes: { word: number; number: Number }[];
  counts: Count[];
  /** Groups = ⌈counts / this⌉ · heads. */
  together: number;
  heads: number;
}

/** Products of the same shape class run at the same tile. */
export function productClass({ words }: Operation, sharing: Sharing): string {
  const form = formOf(words);
  // A GPU in software does one tile after the other, however few.
  if (sharing === 1) return form;
  const size = words[form === "TN" ? 4 : 2] as { size: Size };
  return `${form}${most(size.size) <= 64 ? ", few rows" : ""}`;
}

export const formOf = (words: Operation["words"]): Form =>
  (Object.keys(forms) as Form[]).find((form) => forms[form] === words[1])!;

export class Planner {
  constructor(
    private readonly program: Program,
    readonly tuning: Tuning,
    /** Bytes from which the arena has room for what attention hands on. */
    private readonly spare: number,
  ) {}

  tile(operation: Operation): Tile {
    const { tiles: chosen, sharing } = this.tuning;
    return (
      tileNamed(chosen[productClass(operation, sharing)] ?? "") ??
      tiles.find(({ shared }) => shared === (sharing !== 1))!
    );
  }

  plan(operations: Operation[]): Dispatch[] {
    const dispatches: Dispatch[] = [];
    const done = new Set<Operation>();
    operations.forEach((operation, i) => {
      if (done.has(operation)) return;
      const partner = this.partner(operations, i, done);
      if (partner) {
        done.add(partner);
        const pair = [operation, partner].sort(
          (a, b) => Number(a.words[1]) - Number(b.words[1]),
        );
        dispatches.push(this.products(pair));
      } else dispatches.push(...this.one(operation));
    });
    return dispatches;
  }

  /** The product after `operations[at]` that can be done at the same time: one NN, the other TN. */
  private partner(
    operations: Operation[],
    at: number,
    done: Set<Operation>,
  ): Operation | null {
    const first = operations[at]!;
    if (first.kind !== "gemm" || formOf(first.words) === "NT") return null;
    const tile = this.tile(first);
    for (let i = at + 1; i < Math.min(at + 4, operations.length); i++) {
      const other = operations[i]!;
      if (done.has(other) || other.kind !== "gemm") continue;
      const form = formOf(other.words);
      if (form === "NT" || form === formOf(first.words)) continue;
      const theirs = this.tile(other);
      if (
        theirs.shared !== tile.shared ||
        theirs.down * theirs.across !== tile.down * tile.across
      )
        continue;
      // It moves forward past what lies between, so must not touch any of it.
      const passed = operations.slice(at, i);
      if (passed.every((o) => independent(o, other))) return other;
    }
    return null;
  }

  private size(size: Size): Number {
    return typeof size === "number" ? { value: size } : this.header(size.word);
  }
  private header(name: keyof typeof header): Number {
    return { at: headerAt / 4 + header[name] };
  }

  /** A dispatch of these operations' words. */
  private dispatch(
    name: string,
    code: string,
    operations: Operation[],
    counts: Count[],
    together = 1,
    heads = 1,
  ): Dispatch {
    const words = new Int32Array(2 * operationWords);
    const floats = new Float32Array(words.buffer);
    const sizes: Dispatch["sizes"] = [];
    operations.forEach((operation, i) => {
      for (const [key, word] of Object.entries(operation.words)) {
        const to = i * operationWords + Number(key);
        if (word === null) continue;
        if (typeof word === "number") words[to] = word;
        else if ("float" in word) floats[to] = word.float;
        else if ("size" in word)
          sizes.push({ word: to, number: this.size(word.size) });
        else words[to] = word.region.at + word.offset * 4;
      }
    });
    return { name, code, words, sizes, counts, together, heads };
  }

  private products(operations: Operation[]): Dispatch {
    const used = operations.map((operation) => this.tile(operation));
    const wanted = operations.map(({ words }) => formOf(words));
    operations.forEach(check);
    return this.dispatch(
      `${wanted.join(" and ")}, ${used.map(({ name }) => name).join(" and ")}`,
      gemmShader(wanted, used),
      operations,
      operations.map(({ words }, i) => ({
        tile: used[i]!,
        rows: this.size((words[2] as { size: Size }).size),
        columns: words[3] as number,
      })),
    );
  }

  private one(operation: Operation): Dispatch[] {
    const { words } = operation;
    const { sharing } = this.tuning;
    const size = (word: number): Number => {
      const value = words[word];
      return value !== null && typeof value === "object" && "size" in value
        ? this.size(value.size)
        : { value: typeof value === "number" ? value : 0 };
    };
    const count = (number: Number, times = 1, by = 1): Count => ({
      number,
      times,
      by,
    });
    const number = (word: number) => words[word] as number;
    /** A row of work to a workgroup, or to a thread. */
    const byRow = (
      name: string,
      code: (sharing: Sharing) => string,
      ...counts: Count[]
    ) =>
      this.dispatch(
        name,
        code(sharing),
        [operation],
        counts,
        sharing === 1 ? rowsAlone : 1,
      );
    const one: Number = { value: 1 };
    switch (operation.kind) {
      case "gemm":
        return [this.products([operation])];
      case "attention":
      case "attentionBackward":
        return this.attention(operation);
      case "norm":
        return [byRow("norm", normShaders.norm, count(size(1)))];
      case "normBackward":
        return [
          byRow(
            "normBackward",
            normShaders.normBackward,
            count(size(1)),
            count({ value: number(2) }),
          ),
        ];
      case "embed": {
        const embed = byRow("embed", embedding.embed, count(size(1)));
        return words[16] ? [this.catchUp(operation, 10), embed] : [embed];
      }
      case "embedBackward": {
        const dispatch = byRow(
          "embedBackward",
          embedding.embedBackward,
          count(this.header("segments")),
          count({ value: number(12) + number(13) * number(2) }),
        );
        dispatch.sizes.push({ word: 28, number: this.header("segments") });
        return [dispatch];
      }
      case "gather":
        return [byRow("gather", rows.gather, count(size(1)))];
      case "scatter": {
        const scatter = byRow("scatter", rows.scatter, count(size(6)));
        return number(7)
          ? [scatter]
          : [byRow("scatterClear", rows.scatterClear, count(size(1))), scatter];
      }
      case "clear":
        return [byRow("clear", rows.clear, count(size(2), 1, rows.clearChunk))];
      case "loss":
        return [
          byRow("loss", lossShaders.loss, count(size(1))),
          byRow("lossSum", lossShaders.lossSum, count(one)),
        ];
      case "gradientNorm":
        return [
          byRow(
            "normSquares",
            update.normSquares,
            count(size(3), 1, update.normChunk),
            count(size(9), number(10), update.normChunk),
          ),
          byRow("normSum", update.normSum, count(one)),
        ];
      case "adamw":
        return [
          byRow(
            "adamw",
            update.adamw,
            count({ value: number(5) + number(11) }, 1, update.updateChunk),
            ...(words[20] ? [count(this.header("words"))] : []),
          ),
        ];
      case "catchUp":
        return [this.catchUp(operation, 0)];
    }
  }

  private catchUp(operation: Operation, o: number): Dispatch {
    const rows = operation.words[o + 8] as { size: Size };
    return this.dispatch(
      "catchUp",
      update.catchUp(this.tuning.sharing, o),
      [operation],
      [{ number: this.size(rows.size), times: 1, by: 1 }],
    );
  }

  private attention(operation: Operation): Dispatch[] {
    const { words } = operation;
    const d = words[3] as number;
    const threads = attentionShaders.attentionThreads(this.tuning.sharing);
    const rows = this.header("rows");
    const queries = words[14] === 1 ? this.header("sequences") : rows;
    const make = (name: string, code: string, number: Number): Dispatch => {
      const made = this.dispatch(
        `${name} of ${d}`,
        code,
        [operation],
        [{ number, times: 1, by: 1 }],
        threads,
        words[2] as number,
      );
      made.words[28] = this.spare;
      made.sizes.push({ word: 29, number });
      return made;
    };
    if (words[26]) {
      // The first sequence ends where the second begins.
      const first = this.program.regions.get("cls")!.at / 4 + 1;
      return [make("watch", attentionShaders.watch(threads), { at: first })];
    }
    if (operation.kind === "attention")
      return [
        make("attention", attentionShaders.attention(d, threads), queries),
      ];
    return [
      make(
        "attentionBackwardQueries",
        attentionShaders.attentionBackwardQueries(d, threads),
        queries,
      ),
      make(
        "attentionBackwardKeys",
        attentionShaders.attentionBackwardKeys(d, threads),
        rows,
      ),
    ];
  }
}

/** Neither writes what the other reads or writes. */
function independent(a: Operation, b: Operation): boolean {
  const apart = (some: Region[], others: Region[]) =>
    some.every((x) =>
      others.every(
        (y) => x.at + 4 * x.size <= y.at || y.at + 4 * y.size <= x.at,
      ),
    );
  return (
    apart(a.writes, b.reads) &&
    apart(a.reads, b.writes) &&
    apart(a.writes, b.writes)
  );
}

/** What the shaders take for granted. */
function check({ words, label }: Operation): void {
  const whole = (word: number) => Number(words[word] ?? 0) % 4 === 0;
  const k = words[4] as { size: Size };
  if (
    !whole(6) ||
    !whole(8) ||
    !whole(10) ||
    (formOf(words) === "NT" && most(k.size) % 4)
  )
    throw new Error(`internal: ${label} has rows that are not whole fours`);
}
