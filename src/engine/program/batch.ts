// Puts a batch where the program reads it, without allocating. Also the one
// place that knows which words a batch uses, and in which rows.

import { learnsNumbers } from "../parameters";
import type { Capacity, Program } from "./shape";
import { header, headerAt } from "./header";

/** Token ids of several sequences, one after the other. */
export interface Batch {
  /** Number of sequences. */
  size: number;
  /** Tokens of each. */
  lengths: Int32Array;
  /** Rows each takes when padded to one length; 0 when nothing is padded. */
  padded: number;
  ids: Int32Array;
  /** Segment of each token: 0, or 1 in the second text of a pair. */
  segments: Int32Array;
  /**
   * One label per sequence; for "many labels" 0 … 1 for each label, and for
   * "score" any number for each output, [size, labels] both; for "tokens" one
   * per row, and for "words" the word of each selected row. Negative classes
   * are ignored.
   */
  labels?: Int32Array | Float32Array;
  /** "words": which rows are to be guessed. */
  selected?: Int32Array;
  /** [size, hidden]: what the head reads, where the head alone is trained; the tokens are not looked at then. */
  features?: Float32Array;
  /** [rows of logits, labels]: what `explain` differentiates, and "sentence" trains to lessen, is the sum of the logits times these. */
  chosen?: Float32Array;
}

/** The hash behind dropout: kernels/math.wasm.ts, and the shaders, have the same; oracle/hash.ts draws its masks with this one. */
export function mix(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Key of all dropout in one batch of one step. */
export const dropoutKey = (seed: number, step: number, batch: number): number =>
  mix((mix((mix(seed >>> 0) + step) >>> 0) + batch) >>> 0);

/** Positions of the dropout counter: e = ((sequence · 512 + position) · features + feature) mod 2³². */
export const counterPositions = 512;

export class Filler {
  private readonly tables: Record<string, Int32Array>;
  private readonly floatLabels: Float32Array;
  private readonly features: Float32Array | null;
  private readonly head: Int32Array;
  private readonly slotOf: Int32Array;
  private readonly segmentOf: Int32Array;
  private readonly counts: Int32Array;
  private readonly rowSegment: Int32Array;
  private words = 0;
  /** Rows of the present batch. */
  rows = 0;

  constructor(
    private readonly program: Program,
    buffer: ArrayBufferLike,
  ) {
    const { capacity, config } = program;
    this.tables = {};
    for (const [name, region] of program.regions)
      // The host's copy for a GPU ends with the tables.
      if (region.at + 4 * region.size <= buffer.byteLength)
        this.tables[name] = new Int32Array(buffer, region.at, region.size);
    const labels = this.table("labels");
    this.floatLabels = new Float32Array(
      buffer,
      labels.byteOffset,
      labels.length,
    );
    const features = this.tables["features"];
    this.features = features
      ? new Float32Array(buffer, features.byteOffset, features.length)
      : null;
    this.head = new Int32Array(buffer, headerAt, 64);
    this.slotOf = new Int32Array(config.vocab_size).fill(-1);
    this.segmentOf = new Int32Array(config.vocab_size).fill(-1);
    this.counts = new Int32Array(capacity.tokens + 1);
    this.rowSegment = new Int32Array(capacity.tokens);
  }

  private table(name: string): Int32Array {
    const table = this.tables[name];
    if (!table) throw new Error(`internal: no table ${name}`);
    return table;
  }

  /** Forgets the words of the last step. */
  begin(): void {
    const words = this.table("words");
    for (let i = 0; i < this.words; i++) this.slotOf[words[i]!] = -1;
    this.words = 0;
    this.head[header.words] = 0;
  }

  /** `first` sequence of the batch for the dropout counter is 0 in every batch; the key differs. */
  fill(batch: Batch): void {
    if (batch.features) return this.fillFeatures(batch, batch.features);
    const { config } = this.program;
    const { head } = this;
    this.check(batch, this.program.capacity);
    const cls = this.table("cls");
    const lengths = this.table("lengths");
    const positions = this.table("positions");
    const keys = this.table("rowKeys");
    const clsKeys = this.table("clsKeys");
    let rows = 0;
    for (let b = 0; b < batch.size; b++) {
      cls[b] = rows;
      clsKeys[b] = b * counterPositions;
      lengths[b] = batch.lengths[b]!;
      const n = batch.padded || batch.lengths[b]!;
      for (let t = 0; t < n; t++, rows++) {
        positions[rows] = t;
        keys[rows] = b * counterPositions + t;
      }
    }
    cls[batch.size] = rows;
    const ids = this.table("ids");
    const types = this.table("types");
    for (let r = 0; r < rows; r++) {
      const id = batch.ids[r]!;
      const type = batch.segments[r]!;
      if (!(id >= 0 && id < config.vocab_size))
        throw new Error(
          `internal: token ${id} where the vocabulary has ${config.vocab_size}`,
        );
      if (!(type >= 0 && type < config.type_vocab_size))
        throw new Error(
          `internal: segment ${type} where there are ${config.type_vocab_size}`,
        );
      ids[r] = id;
      types[r] = type;
    }
    this.rows = rows;
    head[header.rows] = rows;
    head[header.sequences] = batch.size;
    this.sort(rows, ids);
    this.fillLabels(batch);
    this.fillChosen(batch);
    head[header.selected] = 0;
    if (batch.selected) {
      const selected = this.table("selected");
      for (let i = 0; i < batch.selected.length; i++)
        selected[i] = batch.selected[i]!;
      head[header.selected] = batch.selected.length;
    }
  }

  private fillLabels({ labels }: Batch): void {
    if (!labels) return;
    const to = learnsNumbers(this.program.job.kind)
      ? this.floatLabels
      : this.table("labels");
    for (let i = 0; i < labels.length; i++) to[i] = labels[i]!;
  }

  /** Rows of logits are whole vectors of four. */
  private fillChosen({ chosen }: Batch): void {
    if (!chosen) return;
    const { labels } = this.program.job;
    const table = this.table("chosen");
    const to = new Float32Array(table.buffer, table.byteOffset, table.length);
    const wide = Math.ceil(labels / 4) * 4;
    to.fill(0);
    for (let i = 0; i < chosen.length; i++)
      to[Math.floor(i / labels) * wide + (i % labels)] = chosen[i]!;
  }

  /** One row per sequence, and no tokens. */
  private fillFeatures(batch: Batch, features: Float32Array): void {
    const { capacity, config } = this.program;
    if (!this.features)
      throw new Error("internal: features for a program that encodes");
    if (batch.size < 1 || batch.size > capacity.sequences)
      throw new Error(
        `internal: ${batch.size} sequences where there is room for ${capacity.sequences}`,
      );
    if (features.length !== batch.size * config.hidden_size)
      throw new Error(
        `internal: ${features.length} features for ${batch.size} sequences`,
      );
    this.features.set(features);
    const clsKeys = this.table("clsKeys");
    for (let b = 0; b < batch.size; b++) clsKeys[b] = b * counterPositions;
    this.rows = batch.size;
    this.head[header.rows] = batch.size;
    this.head[header.sequences] = batch.size;
    this.head[header.segments] = 0;
    this.head[header.fresh] = this.words;
    this.head[header.selected] = 0;
    this.fillLabels(batch);
  }

  /** Rows by word: each word of the batch is one segment. */
  private sort(rows: number, ids: Int32Array): void {
    const { slotOf, segmentOf, counts, rowSegment, head } = this;
    const words = this.table("words");
    const starts = this.table("segmentStarts");
    const slots = this.table("segmentSlots");
    const sorted = this.table("sortedRows");
    const dense = this.program.job.denseEmbeddings;
    head[header.fresh] = this.words;
    let segments = 0;
    for (let r = 0; r < rows; r++) {
      const id = ids[r]!;
      let segment = segmentOf[id]!;
      if (segment < 0) {
        if (slotOf[id]! < 0) {
          slotOf[id] = this.words;
          words[this.words++] = id;
        }
        segment = segmentOf[id] = segments;
        slots[segments] = dense ? id : slotOf[id]!;
        counts[segments++] = 0;
      }
      counts[segment]!++;
      rowSegment[r] = segment;
    }
    let at = 0;
    for (let s = 0; s < segments; s++) {
      starts[s] = at;
      at += counts[s]!;
      counts[s] = starts[s]!;
    }
    starts[segments] = at;
    for (let r = 0; r < rows; r++) {
      sorted[counts[rowSegment[r]!]!++] = r;
      segmentOf[ids[r]!] = -1;
    }
    head[header.segments] = segments;
    head[header.words] = this.words;
  }

  private check(batch: Batch, capacity: Capacity): void {
    let rows = 0;
    let longest = 0;
    for (let b = 0; b < batch.size; b++) {
      const n = batch.lengths[b]!;
      if (n < 1 || (batch.padded && n > batch.padded))
        throw new Error(`internal: sequence ${b} has ${n} tokens`);
      rows += batch.padded || n;
      longest = Math.max(longest, batch.padded || n);
    }
    if (batch.size < 1 || batch.size > capacity.sequences)
      throw new Error(
        `internal: ${batch.size} sequences where there is room for ${capacity.sequences}`,
      );
    if (rows > capacity.tokens || longest > capacity.length)
      throw new Error(
        `internal: ${rows} tokens, ${longest} in one sequence, where there is room for ${capacity.tokens} and ${capacity.length}`,
      );
    if (rows > batch.ids.length || rows > batch.segments.length)
      throw new Error(
        `internal: ${rows} tokens announced, ${batch.ids.length} given`,
      );
    const { labels, selected } = batch;
    if (labels && labels.length > this.table("labels").length)
      throw new Error(
        `internal: ${labels.length} labels where there is room for ${this.table("labels").length}`,
      );
    if (selected && selected.length > (capacity.selected ?? capacity.tokens))
      throw new Error(`internal: ${selected.length} masked words`);
  }
}
