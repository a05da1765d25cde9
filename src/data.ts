// Labelled text: file → Table → Example → Dataset. Pure functions plus one door
// (`openData`) to the worker that runs them, so that a 60 MB file never blocks
// the page. The surprise: a Table's rows stay in that worker; the page only ever
// sees a `TableView` of it, and a Dataset crosses threads as packed bytes.

import { connect, type Port } from "./port";
import { said } from "./said";
import type { DataCalls, DataConnection } from "./data/protocol";

export type * from "./data/protocol";
export * from "./data/dataset";
export { ENCODINGS } from "./data/protocol";
export { byName } from "./data/rows";
export { PREDICATE } from "./figures";
export { placeOfPredicate } from "./data/tasks/roles/predicate";
export { wordsOf } from "./data/words";
export { spansInCells } from "./data/tasks/spans/preview";
export { roleOf } from "./data/roles";

/** Starts the worker that reads files. A file stays where it is: only its bytes are read there. */
export function openData(): DataConnection {
  const worker = new Worker(new URL("./data/worker.ts", import.meta.url), {
    type: "module",
  });
  const connection = connect<DataCalls>(
    worker as Port,
    said("data reader"),
    () => {},
    () => worker.terminate(),
  );
  worker.onerror = (event) =>
    connection.close(event.message || said("worker did not load"));
  return connection;
}
