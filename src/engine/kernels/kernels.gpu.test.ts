import { useBackend } from "../fixtures/backends";
import { kernelTests } from "./suite";

kernelTests("webgpu", () => useBackend("webgpu"));
kernelTests("wasm", () => useBackend("wasm"));
