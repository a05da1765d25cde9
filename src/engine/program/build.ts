// Compiles the kernels twice: for one thread, and for several over a shared memory.

import { main } from "assemblyscript/asc";

const entry = "src/engine/program/assembly/main.ts";
const common = [
  entry,
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--importMemory",
  "--enable",
  "simd",
];
const builds = {
  single: ["--disable", "threads"],
  threads: [
    "--enable",
    "threads",
    "--sharedMemory",
    "--maximumMemory",
    "65536",
  ],
};

/** Writes single.wasm and threads.wasm into `folder`. */
export async function buildKernels(folder: string): Promise<void> {
  for (const [name, options] of Object.entries(builds)) {
    const { error, stderr } = await main([
      ...common,
      ...options,
      "-o",
      `${folder}/${name}.wasm`,
    ]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  }
}

if (process.argv[1]?.endsWith("build.ts"))
  await buildKernels("src/engine/program");
