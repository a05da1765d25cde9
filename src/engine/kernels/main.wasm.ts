// The CPU executor: runs a list of operations over the arena. Kinds and their
// words are those of words.ts.

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
import { attention, attentionBackward, attentionScratch } from "./attention.wasm";
import { norm, normBackward } from "./norm.wasm";
import { embed, embedBackward } from "./embedding.wasm";
import { clear, gather, scatter } from "./rows.wasm";
import { loss } from "./loss.wasm";
import { adamw, adamwRows, catchUp, gradientNorm } from "./update.wasm";

export { gemmPack, gemmScratch, attentionScratch, join };

const OPERATION: i32 = 128;

function perform(operations: usize, count: i32): void {
  for (let i = 0; i < count; i++) one(operations + <usize>(i * OPERATION));
}

function one(op: usize): void {
  switch (arg(op, 0)) {
    case 1:
      gemm(op);
      break;
    case 2:
      attention(op);
      break;
    case 3:
      attentionBackward(op);
      break;
    case 4:
      norm(op);
      break;
    case 5:
      normBackward(op);
      break;
    // Owed updates of the words come first, written as a `catchUp` from word 10 on.
    case 6:
      if (arg(op, 16)) catchUp(op + 40);
      embed(op);
      break;
    case 7:
      embedBackward(op);
      break;
    case 8:
      gather(op);
      break;
    case 9:
      scatter(op);
      break;
    case 10:
      clear(op);
      break;
    case 11:
      loss(op);
      break;
    case 12:
      gradientNorm(op);
      break;
    // Likewise the rows in use, as if their words began at word 12.
    case 13:
      adamw(op);
      if (arg(op, 20)) adamwRows(op + 48);
      break;
    case 15:
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
