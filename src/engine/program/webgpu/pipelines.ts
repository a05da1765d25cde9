// Compiled WGSL of one device. Compiling takes seconds, so that the same text is
// compiled once however many executors use it.

export interface Pipelines {
  layout: GPUBindGroupLayout;
  /** Rejects with the compiler's messages beside the lines they are about. */
  compile(name: string, code: string): Promise<GPUComputePipeline>;
}

const known = new WeakMap<GPUDevice, Pipelines>();

/** Bytes of uniforms that a dispatch sees. */
export const slot = 256;

export function pipelinesOf(device: GPUDevice): Pipelines {
  const present = known.get(device);
  if (present) return present;
  const layout = device.createBindGroupLayout({
    entries: [
      {
        binding: 0,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: "storage" },
      },
      {
        binding: 1,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: "uniform", hasDynamicOffset: true },
      },
    ],
  });
  const pipelineLayout = device.createPipelineLayout({
    bindGroupLayouts: [layout],
  });
  const compiled = new Map<string, Promise<GPUComputePipeline>>();
  const pipelines: Pipelines = {
    layout,
    compile(name, code) {
      let pipeline = compiled.get(code);
      if (!pipeline)
        compiled.set(
          code,
          (pipeline = compile(device, pipelineLayout, name, code)),
        );
      return pipeline;
    },
  };
  known.set(device, pipelines);
  return pipelines;
}

async function compile(
  device: GPUDevice,
  layout: GPUPipelineLayout,
  label: string,
  code: string,
): Promise<GPUComputePipeline> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code, label });
  const scope = device.popErrorScope();
  const { messages } = await module.getCompilationInfo();
  await scope;
  const errors = messages.filter(({ type }) => type === "error");
  if (errors.length) {
    const lines = code.split("\n");
    throw new Error(
      `internal: shader ${label}\n${errors
        .map((e) => `${e.lineNum}: ${e.message}\n  ${lines[e.lineNum - 1]}`)
        .join("\n")}`,
    );
  }
  return device.createComputePipelineAsync({
    layout,
    compute: { module, entryPoint: "main" },
  });
}
