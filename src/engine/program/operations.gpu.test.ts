import { describe } from "vitest";
import { openDevice } from "../device";
import { operationTests } from "../fixtures/operations";
import { WebgpuExecutor } from "./webgpu";
import { untuned } from "./webgpu/tuning";

describe.each([1, 64] as const)(
  "WebGPU, threads that share a row: %i",
  (sharing) =>
    operationTests(async (program) => {
      const { device } = await openDevice();
      const executor = await WebgpuExecutor.create(program, device, {
        tuning: { ...untuned(device), sharing },
      });
      const {
        memory: { arena },
      } = executor as unknown as { memory: { arena: GPUBuffer } };
      return {
        executor,
        write: ({ region, offset }, data) =>
          device.queue.writeBuffer(
            arena,
            region.at + 4 * offset,
            data as Float32Array<ArrayBuffer>,
          ),
        async read({ region, offset }, size) {
          program.regions.set("asked for", region);
          const all = await executor.readRegion("asked for");
          return all.slice(offset, offset + size);
        },
      };
    }),
);
