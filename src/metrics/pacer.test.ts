import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pacer } from "./pacer";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  const pacer = new Pacer((run) => frames.push(run));
  return {
    pacer,
    frames,
    drawn,
    /** A drawing that takes this many milliseconds. */
    drawing:
      (name: string, takes = 0) =>
      () => {
        drawn.push(name);
        vi.advanceTimersByTime(takes);
      },
    /** Milliseconds until a frame is asked for; then that frame runs. */
    next(): number {
      let waited = 0;
      for (; frames.length === 0; waited++) vi.advanceTimersByTime(1);
      frames.shift()!();
      return waited;
    },
  };
}

test("what comes together runs in one frame, and frames are apart", () => {
  const { pacer, frames, drawn: ran, drawing } = open();
  const [a, b] = ["a", "b"].map((name) => drawing(name));
  pacer.draw(a!);
  pacer.draw(b!);
  pacer.draw(a!);
  expect([frames.length, ran]).toEqual([1, []]);
  frames.shift()!();
  expect(ran).toEqual(["a", "b"]);

  pacer.draw(b!);
  vi.advanceTimersByTime(199);
  expect(frames).toHaveLength(0);
  vi.advanceTimersByTime(1);
  frames.shift()!();
  expect(ran).toEqual(["a", "b", "b"]);

  vi.advanceTimersByTime(1000);
  pacer.draw(a!);
  expect(frames).toHaveLength(1);
});

test("what a run asks for goes into the next round", () => {
  const { pacer, frames } = open();
  let times = 0;
  const again = () => {
    times++;
    pacer.draw(again);
  };
  pacer.draw(again);
  frames.shift()!();
  expect([times, frames.length]).toEqual([1, 0]);
  vi.advanceTimersByTime(200);
  frames.shift()!();
  expect(times).toBe(2);
});

test("a round that is more than a frame's work goes on after twice what it took", () => {
  const { pacer, drawn, drawing, next } = open();
  for (const name of ["a", "b", "c", "d"]) pacer.draw(drawing(name, 5));
  expect(next()).toBe(0);
  expect(drawn).toEqual(["a", "b"]);
  expect(next()).toBe(20);
  expect(drawn).toEqual(["a", "b", "c", "d"]);
});

test("what is asked for again while a round lasts waits until the round is over", () => {
  const { pacer, drawn, drawing, next } = open();
  const all = ["a", "b", "c"].map((name) => drawing(name, 10));
  all.forEach((each) => pacer.draw(each));
  next();
  all.forEach((each) => pacer.draw(each));
  next();
  next();
  expect(drawn).toEqual(["a", "b", "c"]);
  expect(next()).toBe(200 - 30 - 20 - 20);
  expect(drawn).toEqual(["a", "b", "c", "a"]);
});

test("slow drawings are further apart: they take a third of the time", () => {
  const { pacer, drawing, next } = open();
  const slow = drawing("slow", 300);
  pacer.draw(slow);
  next();
  pacer.draw(slow);
  expect(next()).toBe(600);
});

test("what is forgotten is not drawn, asked for or left over", () => {
  const { pacer, drawn, drawing, frames, next } = open();
  const [a, b, c] = ["a", "b", "c"].map((name) => drawing(name, 10));
  for (const each of [a!, b!, c!]) pacer.draw(each);
  next();
  pacer.draw(a!);
  pacer.forget(a!);
  pacer.forget(b!);
  next();
  expect(drawn).toEqual(["a", "c"]);
  vi.advanceTimersByTime(1000);
  expect(frames).toHaveLength(0);
});

test("a drawing that fails does not keep the others from being drawn", () => {
  const { pacer, drawn, drawing, frames, next } = open();
  pacer.draw(() => {
    throw new Error("broken");
  });
  pacer.draw(drawing("b"));
  expect(() => frames.shift()!()).toThrow("broken");
  next();
  expect(drawn).toEqual(["b"]);
});
