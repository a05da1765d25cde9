// Writes operations down: one method per kind, in the words the kernels read.

import type { Capacity, Config, Task } from "../program";
import type { Parameter, Region } from "./arena";
import {
  type Count,
  epilogues,
  forms,
  most,
  type Operation,
  type Place,
  type Size,
} from "./operations";

/** A matrix of `rows` × `cols` with `ld` words from row to row. */
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

export class Recorder {
  readonly regions = new Map<string, Region>();
  readonly rows: Count;
  readonly sequences: Count;
  readonly selected: Count;
  matrices = { offset: 0, size: 0 };
  vectors = { offset: 0, size: 0 };
  lazy = false;
  training = false;
  widest = 8;
  private operations: Operation[] = [];
  private temporaries: Region[] = [];
  private kept = new Map<string, Region>();
  private layer = "";

  constructor(
    readonly config: Config,
    readonly task: Task,
    readonly capacity: Capacity,
    readonly parameters: Map<string, Parameter>,
  ) {
    this.rows = { word: "rows", most: capacity.tokens };
    this.sequences = { word: "sequences", most: capacity.sequences };
    this.selected = { word: "selected", most: capacity.tokens };
  }

  fixed = (name: string, size: number): Region => {
    const region = { name, size, at: 0, first: 0, last: Infinity };
    this.regions.set(name, region);
    return region;
  };

  list(
    training: boolean,
    body: () => void,
  ): { operations: Operation[]; regions: Region[]; kept: Map<string, Region> } {
    this.training = training;
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

  /** Everything recorded next belongs to this part of the network. */
  part(name: string): void {
    this.layer = name;
  }

  private push(
    kind: Operation["kind"],
    label: string,
    words: Operation["words"],
    reads: (Place | null)[],
    writes: (Place | null)[],
    flops: number,
  ): void {
    const regions = (places: (Place | null)[]) =>
      places.flatMap((place) => (place ? [place.region] : []));
    this.operations.push({
      kind,
      label: this.layer ? `${this.layer} ${label}` : label,
      words,
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
    place.offset = p.decays
      ? p.offset - this.matrices.offset
      : this.matrices.size + p.offset - this.vectors.offset;
    return place;
  }

  parameter(name: string): Parameter {
    const p = this.parameters.get(name);
    if (!p) throw new Error(`internal: no parameter ${name}`);
    return p;
  }

  /** Threshold and scale of dropout; nothing is dropped outside training. */
  private get drop(): { threshold: number; scale: number } | null {
    const rate = this.training ? this.task.dropout : 0;
    return rate > 0
      ? { threshold: Math.floor(rate * 2 ** 32), scale: 1 / (1 - rate) }
      : null;
  }

  get drops(): boolean {
    return this.drop !== null;
  }

  private keys(rows: Size): Place {
    return this.table(
      typeof rows === "object" && rows.word === "sequences"
        ? "clsKeys"
        : "rowKeys",
    );
  }

  /** out = a · weightᵀ, and what follows. */
  linear(
    label: string,
    a: Matrix,
    weight: Matrix,
    bias: Place,
    out: Matrix,
    then: {
      epilogue?: "bias" | "activation" | "residual" | "tanh";
      /** Slope of the activation, or the residual. */
      extra?: Matrix | null;
      /** The dropped copy of tanh. */
      dropped?: Matrix;
      site?: number;
    } = {},
  ): void {
    const drop = then.site === undefined ? null : this.drop;
    const extra = then.extra ?? null;
    const activation = { gelu: 0, gelu_new: 1, gelu_pytorch_tanh: 1, relu: 2 }[
      this.config.hidden_act
    ];
    this.gemm(
      label,
      "NT",
      a,
      weight,
      out,
      out.rows,
      out.cols,
      a.cols,
      {
        11: epilogues[then.epilogue ?? "bias"],
        12: bias,
        13: extra,
        14: then.dropped ?? null,
        15: then.site ?? 0,
        16: drop?.threshold ?? 0,
        17: { float: drop?.scale ?? 1 },
        18: this.keys(out.rows),
        19: activation,
      },
      then.epilogue === "residual" ? [bias, extra] : [bias],
      [then.dropped ?? null, then.epilogue === "activation" ? extra : null],
    );
  }

  /** dx = dy · weight, and what follows. */
  linearBackward(
    label: string,
    dy: Matrix,
    weight: Matrix,
    out: Matrix,
    then: {
      epilogue?: "none" | "multiply" | "add" | "tanhBackward";
      extra?: Matrix;
      site?: number;
    } = {},
  ): void {
    const drop = then.site === undefined ? null : this.drop;
    this.gemm(
      label,
      "NN",
      dy,
      weight,
      out,
      dy.rows,
      out.cols,
      dy.cols,
      {
        11: epilogues[then.epilogue ?? "none"],
        13: then.extra ?? null,
        15: then.site ?? 0,
        16: drop?.threshold ?? 0,
        17: { float: drop?.scale ?? 1 },
        18: this.keys(dy.rows),
      },
      [then.extra ?? null],
      [],
    );
  }

  /** Gradients of the weight and bias of that name: dyᵀ · x and the sum of dy's rows. */
  weightGradient(
    label: string,
    dy: Matrix,
    x: Matrix,
    weight: string,
    bias: string,
  ): void {
    const to = {
      ...this.gradient(weight),
      rows: dy.cols,
      cols: x.cols,
      ld: x.cols,
    };
    const sums = this.gradient(bias);
    this.gemm(
      label,
      "TN",
      dy,
      x,
      to,
      dy.cols,
      x.cols,
      dy.rows,
      {
        12: sums,
        20: 1,
      },
      [],
      [sums],
    );
  }

  gemm(
    label: string,
    form: "NT" | "NN" | "TN",
    a: Matrix,
    b: Matrix,
    c: Matrix,
    m: Size,
    n: number,
    k: Size,
    words: Operation["words"],
    reads: (Place | null)[],
    writes: (Place | null)[],
  ): void {
    this.widest = Math.max(this.widest, n);
    this.push(
      "gemm",
      `${label} ${form} [${most(m)}×${n}×${most(k)}]`,
      {
        1: forms[form],
        2: { size: m },
        3: n,
        4: { size: k },
        5: a,
        6: a.ld,
        7: b,
        8: b.ld,
        9: c,
        10: c.ld,
        ...words,
      },
      [a, b, ...reads],
      [c, ...writes],
      2 * most(m) * n * most(k),
    );
  }

  embed(out: Matrix): void {
    const e = "bert.embeddings";
    const places = ["ids", "types", "positions"].map((n) => this.table(n));
    this.push(
      "embed",
      this.lazy
        ? "owed updates; word + position + segment"
        : "word + position + segment",
      {
        1: { size: out.rows },
        2: out.cols,
        3: places[0]!,
        4: places[1]!,
        5: places[2]!,
        6: this.weight(`${e}.word_embeddings.weight`),
        7: this.weight(`${e}.position_embeddings.weight`),
        8: this.weight(`${e}.token_type_embeddings.weight`),
        9: out,
        ...(this.lazy && shift(this.catchUpWords(false), 10)),
      },
      [...places, this.table("parameters")],
      [out],
      2 * most(out.rows) * out.cols,
    );
  }

  norm(name: string, x: Matrix, out: Matrix, site?: number): NormState {
    const stats = this.matrix("mean, 1/σ", x.rows, 2);
    stats.ld = 2;
    const drop = site === undefined ? null : this.drop;
    this.push(
      "norm",
      "LayerNorm",
      {
        1: { size: x.rows },
        2: x.cols,
        3: x,
        4: out,
        5: this.weight(`${name}.weight`),
        6: this.weight(`${name}.bias`),
        7: stats,
        8: { float: this.config.layer_norm_eps },
        9: site ?? 0,
        10: drop?.threshold ?? 0,
        11: { float: drop?.scale ?? 1 },
        12: this.keys(x.rows),
      },
      [x],
      [out, stats],
      8 * most(x.rows) * x.cols,
    );
    return { x, stats, name };
  }

  /**
   * Returns the gradient of x, and the same through the dropout at `after`.
   * `before` is dropout that came between LayerNorm and dy.
   */
  normBackward(
    { x, stats, name }: NormState,
    dy: Matrix,
    {
      before,
      after,
      slope,
    }: { before?: number; after?: number; slope?: Matrix },
  ): { dx: Matrix; dz: Matrix } {
    const dx = this.matrix("dx of LayerNorm", x.rows, x.cols);
    const drop = this.drop;
    const drops = drop && after !== undefined;
    const dz = drops ? this.matrix("dx, dropped", x.rows, x.cols) : dx;
    const partials = this.matrix(
      "partial sums",
      Math.ceil(most(x.rows) / 32),
      2 * x.cols,
    );
    const dGamma = this.gradient(`${name}.weight`);
    const dBeta = this.gradient(`${name}.bias`);
    this.push(
      "normBackward",
      "LayerNorm backward",
      {
        1: { size: x.rows },
        2: x.cols,
        3: dy,
        4: x,
        5: stats,
        6: this.weight(`${name}.weight`),
        7: dGamma,
        8: dBeta,
        9: dx,
        10: drops ? dz : null,
        11: partials,
        12: drop && before !== undefined ? before : -1,
        13: drops ? after : -1,
        14: drop?.threshold ?? 0,
        15: { float: drop?.scale ?? 1 },
        16: this.keys(x.rows),
        17: slope ?? null,
      },
      [dy, x, stats, slope ?? null],
      [dx, dz, partials, dGamma],
      16 * most(x.rows) * x.cols,
    );
    return { dx, dz };
  }

  private attentionWords(a: Attention): Operation["words"] {
    const drop = this.drop;
    const d = this.config.hidden_size / this.config.num_attention_heads;
    return {
      1: { size: this.sequences },
      2: this.config.num_attention_heads,
      3: d,
      4: a.q,
      5: a.q.ld,
      6: a.k,
      7: a.v,
      8: a.k.ld,
      9: a.out,
      10: a.out?.ld ?? 0,
      11: a.lse,
      12: this.table("cls"),
      13: this.table("lengths"),
      14: a.single ? 1 : 0,
      15: a.site,
      16: drop?.threshold ?? 0,
      17: { float: drop?.scale ?? 1 },
      18: { float: 1 / Math.sqrt(d) },
      27: this.table("rowKeys"),
    };
  }

  private attentionFlops(a: Attention): number {
    const queries = a.single ? this.capacity.sequences : this.capacity.tokens;
    return 4 * queries * this.capacity.length * this.config.hidden_size;
  }

  attention(a: Attention): void {
    this.push(
      "attention",
      "attention",
      this.attentionWords(a),
      [a.q, a.k, a.v],
      [a.out, a.lse],
      this.attentionFlops(a),
    );
  }

  /** Writes [heads, T, T] of the first sequence. */
  watch(a: Attention, to: Place): void {
    this.push(
      "attention",
      "attention probabilities of the first sequence",
      { ...this.attentionWords(a), 9: null, 11: null, 16: 0, 26: to },
      [a.q, a.k],
      [to],
      2 * this.capacity.length ** 2 * this.config.hidden_size,
    );
  }

  attentionBackward(
    a: Attention,
    dOut: Matrix,
    dq: Matrix,
    dk: Matrix,
    dv: Matrix,
  ): void {
    this.push(
      "attentionBackward",
      "attention backward",
      {
        ...this.attentionWords(a),
        20: dOut,
        21: dq,
        22: dq.ld,
        23: dk,
        24: dv,
        25: dk.ld,
      },
      [a.q, a.k, a.v, a.out, a.lse, dOut],
      [dq, dk, dv],
      2.5 * this.attentionFlops(a),
    );
  }

  embedBackward(d: Matrix): void {
    const e = "bert.embeddings";
    const word = this.lazy
      ? this.table("wordGradients")
      : this.gradient(`${e}.word_embeddings.weight`);
    if (!this.lazy && this.task.kind !== "words")
      this.push(
        "clear",
        "word gradients = 0",
        { 1: word, 2: this.config.vocab_size * d.cols },
        [],
        [word],
        0,
      );
    this.push(
      "embedBackward",
      "word, position and segment gradients",
      {
        1: { size: d.rows },
        2: d.cols,
        3: d,
        4: word,
        5: this.gradient(`${e}.position_embeddings.weight`),
        6: this.gradient(`${e}.token_type_embeddings.weight`),
        7: this.table("types"),
        8: this.table("cls"),
        9: this.table("sortedRows"),
        10: this.table("segmentStarts"),
        11: this.table("segmentSlots"),
        12: this.config.max_position_embeddings,
        13: this.config.type_vocab_size,
        14: this.lazy ? 0 : 1,
      },
      [d],
      [word],
      3 * most(d.rows) * d.cols,
    );
  }

  gather(x: Matrix, rows: Place, count: Count, name: string): Matrix {
    const out = this.matrix(name, count, x.cols);
    this.push(
      "gather",
      name,
      { 1: { size: count }, 2: x.cols, 3: x, 4: out, 5: rows },
      [x],
      [out],
      0,
    );
    return out;
  }

  scatter(x: Matrix, to: Matrix, rows: Place, add: boolean): void {
    this.push(
      "scatter",
      add ? "add to the rows" : "spread to the rows",
      {
        1: { size: to.rows },
        2: x.cols,
        3: x,
        4: to,
        5: rows,
        6: { size: x.rows },
        7: add ? 1 : 0,
      },
      add ? [x, to] : [x],
      [to],
      0,
    );
  }

  loss(logits: Matrix): Matrix {
    const d = this.matrix("dlogits", logits.rows, logits.cols);
    this.push(
      "loss",
      "loss and dlogits",
      {
        1: { size: logits.rows },
        2: logits.cols,
        3: logits,
        4: logits.ld,
        5: d,
        6: this.table("labels"),
        7: this.table("classWeights"),
        8: this.task.kind === "many labels" ? 1 : 0,
        9: this.table("rowLoss"),
      },
      [logits],
      [d],
      10 * most(logits.rows) * logits.cols,
    );
    return d;
  }

  private catchUpWords(everything: boolean): Operation["words"] {
    return {
      1: this.weight("bert.embeddings.word_embeddings.weight"),
      2: this.table("wordMoments1"),
      3: this.table("wordMoments2"),
      4: this.table("wordLast"),
      5: this.table("wordDecayed"),
      6: this.config.hidden_size,
      7: everything ? null : this.table("words"),
      8: {
        size: everything
          ? this.config.vocab_size
          : { word: "words", most: this.table("words").region.size },
      },
      9: this.table("history"),
    };
  }

  /** Pays what all rows of the word embeddings are owed. */
  catchUp(): void {
    this.push(
      "catchUp",
      "pay all owed updates",
      this.catchUpWords(true),
      [],
      [],
      0,
    );
  }

  update(): void {
    this.part("");
    const H = this.config.hidden_size;
    const { matrices, vectors } = this;
    const g = this.table("gradients");
    const total = matrices.size + vectors.size;
    const words = this.lazy ? this.table("words").region.size : 0;
    const partials = this.fixed(
      "normPartials",
      2 * (Math.ceil(total / 4096) + Math.ceil((words * H) / 4096) + 4),
    );
    const at = (name: string, offset: number): Place => ({
      ...this.table(name),
      offset,
    });
    this.push(
      "gradientNorm",
      "global norm of the gradients",
      {
        1: { region: partials, offset: 0 },
        2: g,
        3: { size: total },
        4: 1,
        5: g,
        6: { size: 0 },
        7: 0,
        8: this.lazy ? this.table("wordGradients") : g,
        9: this.lazy ? { size: { word: "words", most: words } } : { size: 0 },
        10: this.lazy ? H : 0,
      },
      [],
      [],
      2 * (total + words * H),
    );
    this.push(
      "adamw",
      this.lazy ? "AdamW; of words, those in use" : "AdamW",
      {
        1: at("parameters", matrices.offset),
        2: g,
        3: this.table("moments1"),
        4: this.table("moments2"),
        5: matrices.size,
        6: 1,
        7: at("parameters", vectors.offset),
        8: at("gradients", matrices.size),
        9: at("moments1", matrices.size),
        10: at("moments2", matrices.size),
        11: vectors.size,
        12: 0,
        ...(this.lazy &&
          shift(
            {
              1: this.weight("bert.embeddings.word_embeddings.weight"),
              2: this.table("wordMoments1"),
              3: this.table("wordMoments2"),
              4: this.table("wordGradients"),
              5: this.table("words"),
              6: this.table("wordLast"),
              7: this.table("wordDecayed"),
              8: H,
              9: this.table("history"),
            },
            12,
          )),
      },
      [],
      [],
      14 * (total + words * H),
    );
  }
}

export interface Attention {
  q: Matrix;
  k: Matrix;
  v: Matrix;
  out: Matrix | null;
  lse: Matrix | null;
  /** One query per sequence, its [CLS]. */
  single: boolean;
  site: number;
}

/** The words of an operation that is part of another. */
const shift = (words: Operation["words"], by: number): Operation["words"] =>
  Object.fromEntries(
    Object.entries(words).map(([key, word]) => [Number(key) + by, word]),
  );
