import { useBackend } from "../fixtures/backends";
import { kernelTests } from "../fixtures/kernels";

for (const name of ["webgpu", "wasm", "webgl"] as const)
  kernelTests(name, () => useBackend(name));
