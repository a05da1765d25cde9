// What every kernel shares: the header of the step, the way work is dealt out,
// and the barrier. Addresses are fixed: the arena begins behind them.
//
// Work is dealt dynamically (whoever is free takes the next unit), so a slow or
// disturbed core delays nobody. Results stay bit-equal whatever the number of
// threads, because a unit always computes whole numbers: no sum is ever split
// by who happens to compute it, only by fixed chunks.

import { Header } from "./operands";

/** The numbers of `Header`. */
export const HEADER: usize = 4096;
/** Counters that threads contend for, 64 bytes apart: a cache line to each. */
const NEXT: usize = 6144;
const ARRIVED: usize = 6208;
const GENERATION: usize = 6272;
const START: usize = 6336;
const LIST: usize = 6400;
const COUNT: usize = 6404;

/** Of this thread: each has its own instance, and with it its own globals. */
let self: i32 = 0;
let crew: i32 = 1;
let alone: i32 = 0;

@inline
export function header(at: i32): i32 {
  return load<i32>(HEADER + (at << 2));
}

@inline
export function headerFloat(at: i32): f32 {
  return load<f32>(HEADER + (at << 2));
}

/** Operand of an operation: a whole number; below, an address in bytes, and a float. */
@inline
export function arg(op: usize, operand: i32): i32 {
  return load<i32>(op + (operand << 2));
}

@inline
export function argAt(op: usize, operand: i32): usize {
  return <usize>load<u32>(op + (operand << 2));
}

@inline
export function argFloat(op: usize, operand: i32): f32 {
  return load<f32>(op + (operand << 2));
}

/** This thread's private working space. */
@inline
export function scratch(): usize {
  return (
    <usize>header(Header.scratch) + <usize>(self * header(Header.scratchBytes))
  );
}

export function thread(): i32 {
  return self;
}

export function threads(): i32 {
  return crew;
}

// Reached through a variable so that it stays a function of its own: in V8 11.3
// (Node 20), code that is not optimised yet keeps locals in registers across
// atomic.wait, and loses them. Across a call it does not.
let sleep: (at: usize, value: i32) => void = wait;

function wait(at: usize, value: i32): void {
  if (ASC_FEATURE_THREADS) atomic.wait<i32>(at, value, -1);
}

/** The next unit of the present phase. */
@inline
export function next(): i32 {
  if (ASC_FEATURE_THREADS) return atomic.add<i32>(NEXT, 1);
  return alone++;
}

/** Ends a phase: everybody is through, and the units count from 0 again. */
export function barrier(): void {
  if (ASC_FEATURE_THREADS) {
    if (crew == 1) {
      store<i32>(NEXT, 0);
      return;
    }
    const generation = atomic.load<i32>(GENERATION);
    if (atomic.add<i32>(ARRIVED, 1) == crew - 1) {
      atomic.store<i32>(ARRIVED, 0);
      atomic.store<i32>(NEXT, 0);
      atomic.store<i32>(GENERATION, generation + 1);
      atomic.notify(GENERATION, -1);
      return;
    }
    // Phases end together within microseconds, unless a core was taken away.
    for (let spin = 0; spin < 20000; spin++)
      if (atomic.load<i32>(GENERATION) != generation) return;
    while (atomic.load<i32>(GENERATION) == generation)
      sleep(GENERATION, generation);
  } else alone = 0;
}

export function join(thread: i32, threads: i32): void {
  self = thread;
  crew = threads;
  alone = 0;
}

/** Tells the others which list to run. */
export function announce(list: usize, count: i32): void {
  if (ASC_FEATURE_THREADS) {
    store<u32>(LIST, <u32>list);
    store<i32>(COUNT, count);
    store<i32>(NEXT, 0);
    atomic.add<i32>(START, 1);
    atomic.notify(START, -1);
  }
}

export function started(): i32 {
  if (ASC_FEATURE_THREADS) return atomic.load<i32>(START);
  return 0;
}

/** Waits for a list after those `seen`: spins at first, since steps follow each other closely, then sleeps. */
export function awaitStart(seen: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    for (let spin = 0; spin < 20000; spin++) {
      const now = atomic.load<i32>(START);
      if (now != seen) return now;
    }
    while (atomic.load<i32>(START) == seen) sleep(START, seen);
    return atomic.load<i32>(START);
  }
  return 0;
}

export function list(): usize {
  return <usize>load<u32>(LIST);
}

export function count(): i32 {
  return load<i32>(COUNT);
}
