// Not on webgpu: nobody trains the oracle there, and parity.gpu.test.ts holds it.

import { useBackend } from "../fixtures/backends";
import { smallTests } from "../fixtures/small";

for (const name of ["wasm", "webgl"] as const)
  smallTests(name, () => useBackend(name));
