import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rounds } from "./rounds";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what comes together runs in one frame, and frames are apart", () => {
  const frames: (() => void)[] = [];
  const ran: string[] = [];
  const next = rounds((run) => frames.push(run), 200);
  const [a, b] = ["a", "b"].map((name) => () => void ran.push(name));
  next(a!);
  next(b!);
  next(a!);
  expect([frames.length, ran]).toEqual([1, []]);
  frames.shift()!();
  expect(ran).toEqual(["a", "b"]);

  next(b!);
  vi.advanceTimersByTime(199);
  expect(frames).toHaveLength(0);
  vi.advanceTimersByTime(1);
  frames.shift()!();
  expect(ran).toEqual(["a", "b", "b"]);

  vi.advanceTimersByTime(1000);
  next(a!);
  expect(frames).toHaveLength(1);
});

test("what a run asks for goes into the next round", () => {
  const frames: (() => void)[] = [];
  const next = rounds((run) => frames.push(run), 200);
  let times = 0;
  const again = () => {
    times++;
    next(again);
  };
  next(again);
  frames.shift()!();
  expect([times, frames.length]).toEqual([1, 0]);
  vi.advanceTimersByTime(200);
  frames.shift()!();
  expect(times).toBe(2);
});
