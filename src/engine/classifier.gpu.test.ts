import { openDevice } from "./device";
import { classifierTests } from "./fixtures/classifier";
import { WebgpuExecutor } from "./program/webgpu";

classifierTests(async (program) =>
  WebgpuExecutor.create(program, (await openDevice()).device),
);
