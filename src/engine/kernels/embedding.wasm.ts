// Word + position + segment, and back. Which rows of the table a batch uses is
// worked out by whoever fills the batch: the packed rows sorted by word, so that
// each word's gradient is one sum in a fixed order.
//
// R packed rows, H features, V words, S segments, P positions. ids, types and
// positions [R] are whole numbers; all matrices have H floats from row to row.

import { Embed, EmbedBackward, Header } from "./operands";
import { arg, argAt, barrier, header, next } from "./threads.wasm";

/** Out [R, H] = word[ids] + type[types] + position[positions], from [V, H], [S, H] and [P, H]. */
export function embed(op: usize): void {
  const rows = load<i32>(argAt(op, Embed.rows));
  const cols = arg(op, Embed.cols);
  const ld = (<usize>cols) << 2;
  const ids = argAt(op, Embed.ids);
  const types = argAt(op, Embed.types);
  const positions = argAt(op, Embed.positions);
  // Units of 32 rows: long enough that taking one costs next to nothing.
  for (let u = next(); u * 32 < rows; u = next()) {
    const end = min(rows, (u + 1) * 32);
    for (let r = u * 32; r < end; r++) {
      const w =
        argAt(op, Embed.word) + <usize>load<i32>(ids + ((<usize>r) << 2)) * ld;
      const p =
        argAt(op, Embed.position) +
        <usize>load<i32>(positions + ((<usize>r) << 2)) * ld;
      const t =
        argAt(op, Embed.type) +
        <usize>load<i32>(types + ((<usize>r) << 2)) * ld;
      const out = argAt(op, Embed.out) + <usize>r * ld;
      for (let j: usize = 0; j < ld; j += 16)
        v128.store(
          out + j,
          f32x4.add(
            f32x4.add(v128.load(w + j), v128.load(t + j)),
            v128.load(p + j),
          ),
        );
    }
  }
  barrier();
}

/**
 * Each table's row collects the rows of d [R, H] that used it:
 *   dtype[s] = Σ over r with types[r] = s of d[r],  dposition and dword alike.
 * Three kinds of unit, none of which writes what another does: 32 columns of all of
 * dtype; 8 segments, that is words, of the batch; 4 positions.
 */
export function embedBackward(op: usize): void {
  const rows = load<i32>(argAt(op, EmbedBackward.rows));
  const cols = arg(op, EmbedBackward.cols);
  const ld = (<usize>cols) << 2;
  const d = argAt(op, EmbedBackward.d);
  const word = argAt(op, EmbedBackward.word);
  const position = argAt(op, EmbedBackward.position);
  const type = argAt(op, EmbedBackward.type);
  const types = argAt(op, EmbedBackward.types);
  const cu = argAt(op, EmbedBackward.cls);
  const sorted = argAt(op, EmbedBackward.sortedRows);
  const starts = argAt(op, EmbedBackward.segmentStarts);
  const slots = argAt(op, EmbedBackward.segmentSlots);
  const positions = arg(op, EmbedBackward.positions);
  const typeRows = arg(op, EmbedBackward.typeRows);
  const dense = arg(op, EmbedBackward.dense);
  const sequences = header(Header.sequences);
  const add = header(Header.accumulate) != 0;
  const fresh = header(Header.fresh);
  const segments = header(Header.segments);
  const wordUnits = (segments + 7) >> 3;
  const positionUnits = (positions + 3) >> 2;
  const typeUnits = (cols + 31) >> 5;
  const units = wordUnits + positionUnits + typeUnits;
  for (let u = next(); u < units; u = next()) {
    if (u < typeUnits) {
      // First, because these are the longest.
      const from = (<usize>(u * 32)) << 2;
      const end = (<usize>min(cols, (u + 1) * 32)) << 2;
      if (!add)
        for (let t = 0; t < typeRows; t++)
          memory.fill(type + <usize>t * ld + from, 0, end - from);
      for (let r = 0; r < rows; r++) {
        const to = type + <usize>load<i32>(types + ((<usize>r) << 2)) * ld;
        const x = d + <usize>r * ld;
        for (let j = from; j < end; j += 16)
          v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(x + j)));
      }
    } else if (u < typeUnits + wordUnits) {
      const s0 = (u - typeUnits) << 3;
      for (let s = s0; s < min(segments, s0 + 8); s++) {
        // A word's row: its slot among the step's words, or, dense, its id. Rows
        // sorted[starts[s]] … sorted[starts[s + 1] − 1] are of word s. Slots from
        // `fresh` on were not there in the step's earlier batches.
        const slot = load<i32>(slots + ((<usize>s) << 2));
        const to = word + <usize>slot * ld;
        if (!dense && slot >= fresh) memory.fill(to, 0, ld);
        const end = load<i32>(starts + ((<usize>s) << 2), 4);
        for (let i = load<i32>(starts + ((<usize>s) << 2)); i < end; i++) {
          const x = d + <usize>load<i32>(sorted + ((<usize>i) << 2)) * ld;
          for (let j: usize = 0; j < ld; j += 16)
            v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(x + j)));
        }
      }
    } else {
      const p0 = (u - typeUnits - wordUnits) << 2;
      for (let p = p0; p < min(positions, p0 + 4); p++) {
        const to = position + <usize>p * ld;
        if (!add) memory.fill(to, 0, ld);
        for (let b = 0; b < sequences; b++) {
          // Row of position p in sequence b, unless that is shorter.
          const r = load<i32>(cu + ((<usize>b) << 2)) + p;
          if (r >= load<i32>(cu + ((<usize>b) << 2), 4)) continue;
          const x = d + <usize>r * ld;
          for (let j: usize = 0; j < ld; j += 16)
            v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(x + j)));
        }
      }
    }
  }
  barrier();
}
