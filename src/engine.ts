// The page's only door to the model: everything behind it runs in a worker.
// Calls have one reply each, signals none, and progress streams in between. The
// surprise: when the worker dies, every pending and later call rejects with a
// sentence for people; nothing restarts it but opening a new engine.

import { connect, type Connection } from "./port";
import { said } from "./said";
import type { Calls, Progress, Signal } from "./engine/protocol";

export type * from "./engine/protocol";
export { formerRows, rowsNamed } from "./engine/model/former";
export { belongsTo, sideBySide } from "./engine/model/folder";
export {
  confusionCells,
  denseConfusion,
  sparseConfusion,
  type ConfusionCell,
} from "./engine/tasks/labels/confusion";

export type Engine = Connection<Calls, Signal>;

export function openEngine(onProgress: (progress: Progress) => void): Engine {
  const worker = new Worker(new URL("./engine/worker.ts", import.meta.url), {
    type: "module",
    name: "attune-engine",
  });
  const engine = connect<Calls, Signal, Progress>(
    worker,
    said("training engine"),
    onProgress,
    () => worker.terminate(),
  );
  worker.onerror = (event) =>
    engine.close(event.message || said("worker did not load"));
  worker.onmessageerror = () =>
    engine.close("internal: a message could not be read");
  return engine;
}
