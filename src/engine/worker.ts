// The engine's thread: serves the handlers to the page.

import { serve } from "../port";
import { createEngine, transfersOf } from "./handlers";
import type { Calls, Progress, Signal } from "./protocol";

declare const self: DedicatedWorkerGlobalScope;

const engine = createEngine((progress) => report(progress));
const report = serve<Calls, Signal, Progress>(
  self,
  engine.handlers,
  (signal) => engine.signal(signal),
  transfersOf,
);
