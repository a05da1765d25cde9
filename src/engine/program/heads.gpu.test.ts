import { describe } from "vitest";
import { openDevice } from "../device";
import { headTests } from "../fixtures/heads";
import { WebgpuExecutor } from "./webgpu";

describe("WebGPU", () =>
  headTests(async (program) => {
    const { device } = await openDevice();
    const executor = await WebgpuExecutor.create(program, device);
    return {
      executor,
      gradients: (batch) => {
        executor.accumulate([batch]);
        return executor.readRegion("gradients");
      },
    };
  }));
