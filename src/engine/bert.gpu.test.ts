import { useBackend } from "./backends";
import { smallTests } from "./fixtures/small";

smallTests("webgpu", () => useBackend("webgpu"));
smallTests("wasm", () => useBackend("wasm"));
