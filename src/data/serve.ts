// The data worker's side of the boundary: holds the table that was read last and
// answers questions about it. Takes any port, so that it runs in a test as well.

import { buffersOf, serve, type Port } from "../port";
import { Failure } from "../said";
import { withJoined } from "./columns/onehot";
import type { Prepared } from "./prepare";
import type { DataCalls, FileToRead, Mapping } from "./protocol";
import { suggestion } from "./suggestion";
import { readTable, viewOf, type Source } from "./table";
import type { Table } from "./table/shape";
import { preparedFor } from "./tasks";

export function serveData(port: Port): void {
  let table: Table | null = null;
  /** The latest mapping's outcome: the page asks several things of one mapping. */
  let held: { key: string; prepared: Prepared } | null = null;

  const haveTable = (): Table => {
    if (!table) throw new Failure("read: nothing yet");
    return table;
  };
  const under = (mapping: Mapping): Prepared => {
    const key = JSON.stringify(mapping);
    if (held?.key !== key)
      held = { key, prepared: preparedFor(haveTable(), mapping) };
    return held.prepared;
  };

  serve<DataCalls>(
    port,
    {
      async read(files, choices, task) {
        const next = withJoined(
          readTable(
            await Promise.all(files.map(load)),
            choices,
            task === "masked words",
          ),
        );
        // Only a table that can be shown replaces the former one.
        const view = viewOf(next);
        [table, held] = [next, null];
        return view;
      },
      suggest: (mapping) => suggestion(haveTable(), mapping),
      overview: (mapping) => under(mapping).overview(),
      dataset: (mapping, options) => under(mapping).dataset(options),
      baselines: (mapping, options) =>
        under(mapping).baselines(options, breather()),
    },
    () => {},
    buffersOf,
  );
}

async function load({ file, name, role, path }: FileToRead): Promise<Source> {
  const called = name ?? (file as File).name ?? "data";
  try {
    return {
      name: called,
      bytes: new Uint8Array(await file.arrayBuffer()),
      role,
      ...(path ? { path } : {}),
    };
  } catch (error) {
    throw new Failure("read: could not", {
      file: called,
      reason: (error as Error).message,
    });
  }
}

/** Lets other calls in about every 50 ms of a long computation. */
function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 50) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
