// What a list of operations is written down in: the matrices it works on, and when
// each is last needed. The operations themselves are in record/, a file for each kind.

import type { Capacity, Config, Job } from "./shape";
import {
  gradientOffset,
  type GradientLayout,
  type Parameter,
  type Region,
} from "./arena";
import {
  type Count,
  most,
  type Operation,
  type Place,
  type Size,
} from "./operations";

/** A matrix of `rows` × `cols` with `ld` floats from row to row. */
export interface Matrix extends Place {
  rows: Size;
  cols: number;
  ld: number;
}

/** One LayerNorm's memory of its forward pass. */
export interface NormState {
  x: Matrix;
  stats: Matrix;
  name: string;
}

/** Where dropout draws its numbers; every place in the network has its own. */
export const sites = {
  embeddings: 0,
  attention: (layer: number) => 1 + 3 * layer,
  attentionOutput: (layer: number) => 2 + 3 * layer,
  output: (layer: number) => 3 + 3 * layer,
  head: 65536,
} as const;

/** What a list is recorded for: whether it drops, whether it goes back, and what it leaves on the way. */
export interface Pass {
  /** Random zeros, as in training. */
  drops: boolean;
  /** Where the way back begins: at the loss, at what the host chose of the logits, or nowhere. */
  from: "loss" | "chosen" | null;
  /** Gradients of the parameters, too, and not only of what flows through them. */
  ofParameters: boolean;
}
export const forward: Pass = { drops: false, from: null, ofParameters: false };
export const training: Pass = { drops: true, from: "loss", ofParameters: true };
/** Training by a gradient that the host worked out. */
export const pulled: Pass = { ...training, from: "chosen" };
/** Gradients of chosen logits with respect to what goes into the encoder. */
export const explaining: Pass = {
  drops: false,
  from: "chosen",
  ofParameters: false,
};

export class Recorder {
  readonly regions = new Map<string, Region>();
  readonly rows: Count;
  readonly sequences: Count;
  readonly selected: Count;
  pass = forward;
  widest = 8;
  private operations: Operation[] = [];
  private temporaries: Region[] = [];
  private kept = new Map<string, Region>();
  private layer = "";

  constructor(
    readonly config: Config,
    readonly job: Job,
    readonly capacity: Capacity,
    readonly parameters: Map<string, Parameter>,
    readonly layout: GradientLayout,
  ) {
    this.rows = { header: "rows", most: capacity.tokens };
    this.sequences = { header: "sequences", most: capacity.sequences };
    this.selected = {
      header: "selected",
      most: capacity.selected ?? capacity.tokens,
    };
  }

  fixed = (name: string, size: number): Region => {
    const region = { name, size, at: 0, first: 0, last: Infinity };
    this.regions.set(name, region);
    return region;
  };

  list(
    pass: Pass,
    body: () => void,
  ): { operations: Operation[]; regions: Region[]; kept: Map<string, Region> } {
    this.pass = pass;
    this.operations = [];
    this.temporaries = [];
    this.kept = new Map();
    body();
    const { operations } = this;
    for (const region of this.temporaries) {
      region.first = Infinity;
      region.last = -1;
    }
    operations.forEach(({ reads, writes }, i) => {
      for (const region of [...reads, ...writes]) {
        if (region.last === Infinity) continue;
        region.first = Math.min(region.first, i);
        region.last = Math.max(region.last, i);
      }
    });
    for (const region of this.kept.values()) region.last = operations.length;
    return { operations, regions: this.temporaries, kept: this.kept };
  }

  /** What the way back needs is kept. */
  get goesBack(): boolean {
    return this.pass.from !== null;
  }

  /** Whether the gradient of this parameter is wanted. */
  learns(name: string): boolean {
    return this.pass.ofParameters && this.parameter(name).trained;
  }

  /** Whether rows of the word embeddings are updated only where a batch uses them. */
  get lazy(): boolean {
    return this.layout.lazy;
  }

  /** Everything recorded next belongs to this part of the network. */
  part(name: string): void {
    this.layer = name;
  }

  push(
    kind: Operation["kind"],
    label: string,
    operands: Operation["operands"],
    reads: (Place | null)[],
    writes: (Place | null)[],
    flops: number,
  ): void {
    const regions = (places: (Place | null)[]) =>
      places.flatMap((place) => (place ? [place.region] : []));
    this.operations.push({
      kind,
      label: this.layer ? `${this.layer} ${label}` : label,
      operands: operands,
      reads: regions(reads),
      writes: regions(writes),
      flops,
    });
  }

  /** A temporary matrix; rows are whole vectors of four. */
  matrix(name: string, rows: Size, cols: number): Matrix {
    const ld = Math.ceil(cols / 4) * 4;
    const region = {
      name: `${this.layer} ${name}`.trim(),
      size: Math.max(16, most(rows) * ld),
      at: 0,
      first: Infinity,
      last: -1,
    };
    this.temporaries.push(region);
    return { region, offset: 0, rows, cols, ld };
  }

  /** The host reads this one afterwards, under this name. */
  keep(name: string, matrix: Matrix): void {
    this.kept.set(name, matrix.region);
  }

  table(name: string): Place {
    const region = this.regions.get(name);
    if (!region) throw new Error(`internal: no region ${name}`);
    return { region, offset: 0 };
  }

  /** What the host says the head reads, [B, H]. */
  features(): Matrix {
    const H = this.config.hidden_size;
    return {
      ...this.table("features"),
      rows: this.sequences,
      cols: H,
      ld: H,
    };
  }

  /** A parameter as a matrix; `rows` counts further ones that touch it. */
  weight(name: string, rows?: number): Matrix {
    const p = this.parameter(name);
    const cols = p.shape.at(-1) ?? 1;
    return {
      ...this.table("parameters"),
      offset: p.offset,
      rows: rows ?? p.size / cols,
      cols,
      ld: cols,
    };
  }

  gradient(name: string): Place {
    const p = this.parameter(name);
    const place = this.table("gradients");
    place.offset = gradientOffset(this.layout, p);
    return place;
  }

  parameter(name: string): Parameter {
    const p = this.parameters.get(name);
    if (!p) throw new Error(`internal: no parameter ${name}`);
    return p;
  }

  /** Threshold and scale of dropout; nothing is dropped outside training. */
  get drop(): { threshold: number; scale: number } | null {
    const rate = this.pass.drops ? this.job.dropout : 0;
    return rate > 0
      ? { threshold: Math.floor(rate * 2 ** 32), scale: 1 / (1 - rate) }
      : null;
  }

  get drops(): boolean {
    return this.drop !== null;
  }

  keys(rows: Size): Place {
    return this.table(
      typeof rows === "object" && rows.header === "sequences"
        ? "clsKeys"
        : "rowKeys",
    );
  }
}

/** The operands of an operation that is part of another, whose own begin after `from`. */
export const partOf = (
  from: number,
  operands: Operation["operands"],
): Operation["operands"] =>
  Object.fromEntries(
    Object.entries(operands).map(([key, operand]) => [
      from + Number(key),
      operand,
    ]),
  );
