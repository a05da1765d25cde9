import { useBackend } from "./fixtures/backends";
import { smallTests } from "./fixtures/small";

for (const name of ["webgpu", "wasm", "webgl"] as const)
  smallTests(name, () => useBackend(name));
