// The CPU executor: runs a list of operations over the arena. Kinds and their
// operands are those of operands.ts.

import { AdamW, AdamWRows, CatchUp, Embed, Kind } from "./operands";
import {
  announce,
  arg,
  awaitStart,
  count,
  join,
  list,
  started,
} from "./threads.wasm";
import { gemm, gemmPack, gemmScratch } from "./gemm.wasm";
import { attention, attentionScratch } from "./attention.wasm";
import { attentionBackward } from "./attentionBackward.wasm";
import { norm, normBackward } from "./norm.wasm";
import { embed, embedBackward } from "./embedding.wasm";
import { clear, gather, scatter } from "./rows.wasm";
import { loss } from "./loss.wasm";
import { adamw, adamwRows, catchUp, gradientNorm } from "./update.wasm";

export { gemmPack, gemmScratch, attentionScratch, join };

/** Bytes of an operation: 32 operands. */
const OPERATION: i32 = 128;

/**
 * Every thread goes through the whole list: each operation deals out its units, and
 * its last barrier is what the next one's reads rely on.
 */
function perform(operations: usize, count: i32): void {
  for (let i = 0; i < count; i++) one(operations + <usize>(i * OPERATION));
}

function one(op: usize): void {
  switch (arg(op, 0)) {
    case Kind.gemm:
      gemm(op);
      break;
    case Kind.attention:
      attention(op);
      break;
    case Kind.attentionBackward:
      attentionBackward(op);
      break;
    case Kind.norm:
      norm(op);
      break;
    case Kind.normBackward:
      normBackward(op);
      break;
    // What the words are owed is paid first.
    case Kind.embed:
      if (arg(op, Embed.catchUp + CatchUp.cols))
        catchUp(op + (Embed.catchUp << 2));
      embed(op);
      break;
    case Kind.embedBackward:
      embedBackward(op);
      break;
    case Kind.gather:
      gather(op);
      break;
    case Kind.scatter:
      scatter(op);
      break;
    case Kind.clear:
      clear(op);
      break;
    case Kind.loss:
      loss(op);
      break;
    case Kind.gradientNorm:
      gradientNorm(op);
      break;
    case Kind.adamw:
      adamw(op);
      if (arg(op, AdamW.rows + AdamWRows.cols))
        adamwRows(op + (AdamW.rows << 2));
      break;
    case Kind.catchUp:
      catchUp(op);
      break;
    default:
      unreachable();
  }
}

/** Runs a list with everybody's help; returns when it is done. */
export function run(operations: usize, count: i32): void {
  announce(operations, count);
  perform(operations, count);
}

/** How many lists were announced so far: what a new helper has `seen`. */
export function ready(): i32 {
  return started();
}

/** A helping thread's life: waits for lists and runs them. A list of 0 operations ends it. */
export function help(seen: i32): void {
  for (;;) {
    seen = awaitStart(seen);
    const n = count();
    if (n == 0) return;
    perform(list(), n);
  }
}
