import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildKernels, builds } from "./build";

it("The kernels in the repository are those of their source", () => {
  const folder = mkdtempSync(join(tmpdir(), "kernels-"));
  try {
    buildKernels(folder);
    for (const name of Object.keys(builds).map((build) => `${build}.wasm`))
      expect(
        readFileSync(join(folder, name)).equals(
          readFileSync(`src/engine/program/${name}`),
        ),
        `${name} differs: npm run build:wasm`,
      ).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
