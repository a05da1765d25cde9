import { describe, expect, test } from "vitest";
import { inEnglish, told } from "../fixtures/english";
import { asText } from "../say";
import { openExecutor, type Machine } from "./executors";
import type { Classifier, Setup } from "./classifier";
import { openProgram } from "./executors/program";
import { open } from "./executors/open";
import {
  measure,
  rightNumbers,
  selfTest,
  testNumbers,
  WrongNumbers,
} from "./executors/probe";
import { createInNode } from "./program/node";
import type { DeviceReport, ExecutorName } from "./protocol";

/** What a machine answers, by backend: milliseconds of a step, a detail, or an error. */
interface Described {
  ms?: number;
  detail?: string;
  software?: boolean;
  missing?: string;
  wrong?: boolean;
}

function machine(all: Partial<Record<ExecutorName, Described>>) {
  const used: string[] = [];
  const measured: string[] = [];
  let current: ExecutorName = "cpu";
  const described: Machine = {
    async open(name) {
      used.push(name);
      const { missing, detail, software } = all[name] ?? {
        missing: `No ${name} here.`,
      };
      if (missing) throw new Error(missing);
      current = name;
      return {
        detail: detail ?? name,
        software: software ?? false,
        openClassifier: () => Promise.reject(new Error("not in this test")),
      };
    },
    async selfTest(name) {
      const { wrong } = all[name]!;
      if (wrong) throw new WrongNumbers(name, 0, 1);
    },
    async measure() {
      measured.push(current);
      return all[current]!.ms!;
    },
  };
  return { described, used, measured };
}

describe("the executor", () => {
  test("is the fastest measured one, and the report says why", async () => {
    const { described, used } = machine({
      wasm: { ms: 80 },
      webgpu: { ms: 12, detail: "apple m2" },
      webgl: { ms: 40 },
      cpu: {},
    });
    const { report } = await openExecutor("auto", null, described);
    expect(report.chosen).toBe("webgpu");
    expect(asText(report.reason)).toBe(
      "WebGPU was fastest: 12 ms for a small training step (WebGL 40 ms, WebAssembly 80 ms).",
    );
    expect(used.at(-1)).toBe("webgpu");
    expect(
      report.executors.map(({ name, probeMs }) => [name, probeMs]),
    ).toEqual([
      ["wasm", 80],
      ["webgpu", 12],
      ["webgl", 40],
      ["cpu", null],
    ]);
  });

  test("is never one that computes wrong numbers, however fast", async () => {
    const { described, measured } = machine({
      wasm: { ms: 80 },
      webgpu: {
        ms: 1,
        wrong: true,
      },
      cpu: {},
    });
    const { report } = await openExecutor("webgpu", null, described);
    expect(report.chosen).toBe("wasm");
    expect(measured).not.toContain("webgpu");
    expect(asText(report.reason)).toBe(
      "WebGPU cannot be used here: WebGPU computes wrong numbers on this machine (0 where 1 is right). WebAssembly took 80 ms for a small training step; nothing faster is here.",
    );
  });

  test("is another than the one that computes wrong numbers, and that is said unasked", async () => {
    const { described } = machine({
      wasm: { ms: 80 },
      webgpu: {
        ms: 1,
        wrong: true,
      },
      cpu: {},
    });
    const { report } = await openExecutor("auto", null, described);
    expect(asText(report.reason)).toBe(
      "WebGPU computes wrong numbers on this machine (0 where 1 is right). WebAssembly took 80 ms for a small training step; nothing faster is here.",
    );
  });

  test("is the one asked for where it works", async () => {
    const { described, used } = machine({
      wasm: { ms: 8 },
      webgpu: { detail: "google swiftshader (software)", software: true },
      cpu: {},
    });
    const { report } = await openExecutor("webgpu", null, described);
    expect(report.chosen).toBe("webgpu");
    expect(asText(report.reason)).toMatch(/^WebGPU, as chosen\./);
    expect(used.at(-1)).toBe("webgpu");
  });

  test("that only emulates a GPU is not measured, and that is said", async () => {
    const { described, measured } = machine({
      wasm: { ms: 80 },
      webgpu: {
        ms: 1,
        detail: "google swiftshader (software)",
        software: true,
      },
      cpu: {},
    });
    const { report } = await openExecutor("auto", null, described);
    expect(report.chosen).toBe("wasm");
    expect(measured).toEqual(["wasm"]);
    const webgpu = report.executors.find(({ name }) => name === "webgpu")!;
    expect(webgpu).toMatchObject({ available: true, probeMs: null });
    expect(asText(webgpu.problem)).toMatch(/^Not measured: google swiftshader/);
  });

  test("is plain JavaScript where nothing else works, measured then", async () => {
    const { described } = machine({ cpu: { ms: 900 } });
    const { report } = await openExecutor("auto", null, described);
    expect(report.chosen).toBe("cpu");
    expect(report.executors.at(-1)!.probeMs).toBe(900);
    expect(inEnglish(report.executors)[0]).toMatchObject({
      name: "wasm",
      available: false,
      problem: "No wasm here.",
    });
  });

  test("cannot be found on a machine without any: a sentence says what was tried", async () => {
    await expect(
      openExecutor("auto", null, machine({}).described),
    ).rejects.toThrow(/^Nothing here can train: wasm: No wasm here\./);
  });
});

describe("a remembered report", () => {
  const remembered = (): DeviceReport => ({
    executors: [
      {
        name: "wasm",
        available: true,
        detail: "wasm",
        probeMs: 80,
        problem: null,
      },
      {
        name: "webgpu",
        available: true,
        detail: "apple m2",
        probeMs: 12,
        problem: null,
      },
    ],
    chosen: "webgpu",
    reason: told(""),
    isolated: false,
  });

  test("spares the measuring, for another choice too", async () => {
    for (const preference of ["auto", "wasm"] as const) {
      const { described, measured } = machine({
        wasm: { ms: 80 },
        webgpu: { ms: 12, detail: "apple m2" },
      });
      const { report } = await openExecutor(
        preference,
        remembered(),
        described,
      );
      expect(report.chosen).toBe(preference === "auto" ? "webgpu" : "wasm");
      expect(measured).toEqual([]);
    }
  });

  test.each([
    ["another GPU", { webgpu: { ms: 200, detail: "intel uhd" } }],
    ["no GPU", {}],
    [
      "a GPU that computes wrong numbers",
      { webgpu: { ms: 1, detail: "apple m2", wrong: true } },
    ],
  ])("is measured anew with %s", async (_, gpu) => {
    const { described, measured } = machine({
      wasm: { ms: 80 },
      cpu: {},
      ...gpu,
    });
    const { report } = await openExecutor("auto", remembered(), described);
    expect(measured).toContain("wasm");
    expect(report.chosen).toBe("wasm");
  });

  test("of a former version, whose sentences are in one language, does not hold", async () => {
    const { described, measured } = machine({ wasm: { ms: 200 }, cpu: {} });
    const former = remembered();
    Object.assign(former.executors[1]!, {
      problem: "Not measured: it took too long.",
    });
    await openExecutor("wasm", former, described);
    expect(measured).toEqual(["wasm"]);
  });

  test("of a page that was isolated does not hold for one that is not", async () => {
    const { described, measured } = machine({ wasm: { ms: 200 }, cpu: {} });
    await openExecutor("auto", { ...remembered(), isolated: true }, described);
    expect(measured).toEqual(["wasm"]);
  });
});

test("what a GPU was measured to do comes back to it, and is told when there is more", async () => {
  const given: unknown[] = [];
  let tuning: unknown = { tiles: 1 };
  const told: DeviceReport[] = [];
  const gpu: Machine = {
    async open(name, remembered) {
      if (name !== "webgpu") throw new Error("not here");
      given.push(remembered);
      return {
        detail: "apple m2",
        software: false,
        get tuning() {
          return tuning;
        },
        openClassifier: () => Promise.resolve({} as Classifier),
      };
    },
    selfTest: () => Promise.resolve(),
    measure: () => Promise.resolve(5),
  };
  const first = await openExecutor("auto", null, gpu, (r) => told.push(r));
  expect(given[0]).toBeUndefined();
  expect(first.report.tuning).toEqual({ tiles: 1 });
  expect(told).toEqual([]);
  tuning = { tiles: 2 };
  await first.openClassifier({} as Setup);
  await first.openClassifier({} as Setup);
  expect(told).toEqual([{ ...first.report, tuning: { tiles: 2 } }]);
  given.length = 0;
  await openExecutor("auto", told[0]!, gpu);
  expect(given).toEqual([{ tiles: 2 }]);
});

test("the self-test's numbers are those of the oracle", async () => {
  const { openClassifier } = await open("cpu");
  const numbers = await testNumbers(openClassifier);
  expect(numbers.length).toBe(rightNumbers.length);
  numbers.forEach((n, i) => expect(n).toBeCloseTo(rightNumbers[i]!, 5));
  expect(await measure({ openClassifier }, Infinity)).toBeGreaterThan(0);
});

test("the program passes the self-test, and one that computes otherwise does not", async () => {
  const openClassifier = (
    setup: Parameters<typeof openProgram>[0],
    epsilon = setup.config.layer_norm_eps,
  ) =>
    openProgram(
      { ...setup, config: { ...setup.config, layer_norm_eps: epsilon } },
      (program) => createInNode(program),
    );
  await selfTest("wasm", { openClassifier });
  await expect(
    selfTest("wasm", { openClassifier: (setup) => openClassifier(setup, 0.1) }),
  ).rejects.toThrow(
    /^WebAssembly computes wrong numbers on this machine \([\d.]+ where [\d.]+ is right\)\.$/,
  );
});
