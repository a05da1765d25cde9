import { useBackend } from "./fixtures/backends";
import { smallTests } from "./fixtures/small";

smallTests("webgpu", () => useBackend("webgpu"));
smallTests("wasm", () => useBackend("wasm"));
