// Compiles the kernels four times: for one thread, and for several over a shared
// memory; with multiplication and addition in one instruction (relaxed SIMD), and
// for engines without. The results are kept in the repository; a test builds
// them afresh.

import { execFileSync } from "node:child_process";

const common = [
  "src/engine/kernels/main.wasm.ts",
  ..."-O3 --noAssert --runtime stub --importMemory --enable simd".split(" "),
];
const single = "--disable threads";
const threads = "--enable threads --sharedMemory --maximumMemory 65536";
const relaxed = "--enable relaxed-simd";
export const builds = {
  single,
  threads,
  "single.relaxed": `${single} ${relaxed}`,
  "threads.relaxed": `${threads} ${relaxed}`,
};

/** Writes single.wasm and threads.wasm into `folder`. */
export function buildKernels(folder: string): void {
  for (const [name, options] of Object.entries(builds))
    execFileSync(process.execPath, [
      "node_modules/assemblyscript/bin/asc.js",
      ...common,
      ...options.split(" "),
      "-o",
      `${folder}/${name}.wasm`,
    ]);
}

if (process.argv[1]?.endsWith("build.ts")) buildKernels("src/engine/program");
