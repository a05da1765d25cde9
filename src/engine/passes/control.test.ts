import { expect, test } from "vitest";
import { said } from "../../said";
import { Control } from "./control";

test("calls are answered one after the other when nothing runs", async () => {
  const control = new Control();
  const order: string[] = [];
  const slow = control.between(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push("slow");
    return 1;
  });
  const quick = control.between(() => {
    order.push("quick");
    return 2;
  });
  expect(await Promise.all([slow, quick])).toEqual([1, 2]);
  expect(order).toEqual(["slow", "quick"]);
});

test("calls wait for a step boundary of the run", async () => {
  const control = new Control();
  const order: string[] = [];
  const run = control.during(async () => {
    for (let step = 0; step < 3; step++) {
      order.push(`step ${step} begins`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push(`step ${step} ends`);
      await control.turn();
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await control.between(() => order.push("call"));
  await run;
  expect(order.indexOf("call")).toBe(order.indexOf("step 0 ends") + 1);
});

test("calls are answered while paused, and resume goes on", async () => {
  const control = new Control();
  const order: string[] = [];
  const run = control.during(async () => {
    control.pause();
    await control.resumed();
    order.push("resumed");
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await control.between(() => order.push("call"));
  await control.between(() => order.push("another"));
  control.resume();
  await run;
  expect(order).toEqual(["call", "another", "resumed"]);
});

test("stop ends a pause", async () => {
  const control = new Control();
  const run = control.during(async () => {
    control.pause();
    await control.resumed();
    return control.stopped;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  control.stop();
  expect(await run).toBe(true);
  expect(control.stopped).toBe(false);
});

test("a failing call harms neither the run nor the next call", async () => {
  const control = new Control();
  const run = control.during(async () => {
    await control.turn();
    await control.turn();
    return "done";
  });
  await expect(
    control.between(() => {
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await control.between(() => 1)).toBe(1);
  expect(await run).toBe("done");
});

test("a lost device fails reads that would never settle, and the run", async () => {
  const control = new Control();
  const run = control.during(async () => {
    await control.read(new Promise(() => {}));
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  control.lose(said("internal", { message: "The GPU was lost." }));
  await expect(run).rejects.toThrow("The GPU was lost.");
  await expect(control.turn()).rejects.toThrow("The GPU was lost.");
  control.found();
  await control.turn();
});

test("signals without a run change nothing for the next one", async () => {
  const control = new Control();
  control.pause();
  control.stop();
  expect(
    await control.during(async () => [control.paused, control.stopped]),
  ).toEqual([false, false]);
});

test("the time a run was paused is known, and starts anew with the next run", async () => {
  const control = new Control();
  const run = control.during(async () => {
    control.pause();
    await control.resumed();
    return control.pausedMs;
  });
  await new Promise((resolve) => setTimeout(resolve, 60));
  control.resume();
  expect(await run).toBeGreaterThan(50);
  expect(await control.during(async () => control.pausedMs)).toBe(0);
});
