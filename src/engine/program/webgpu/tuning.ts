// Which kernels an adapter does fastest, measured on the program's own largest
// products: the best single tile reaches only part of each GPU's own best.

import { tiles } from "../../kernels/gemm/tiles";
import type { Sharing } from "../../kernels/prelude.wgsl";
import type { Program } from "../../program";
import type { Operation } from "../operations";
import type { DispatchList } from "./list";
import { productClass, type Tuning } from "./products";

/** By adapter, of this page; callers may keep a copy of an executor's own for longer. */
const known = new Map<string, Tuning>();

export function adapterKey({ adapterInfo }: GPUDevice): string {
  const { vendor, architecture, device, description } = adapterInfo;
  return [vendor, architecture, device, description].join(" / ");
}

/** Milliseconds of one operation at a tuning. */
type Measure = (operation: Operation, tuning: Tuning) => Promise<number>;

/** Largest of each class, of all that is done for every batch. */
export function representatives(
  program: Program,
  sharing: Sharing,
): Map<string, Operation> {
  const largest = new Map<string, Operation>();
  const { train, predict } = program.lists;
  for (const operation of [...train, ...predict]) {
    if (operation.kind !== "gemm") continue;
    const name = productClass(operation, sharing);
    if ((largest.get(name)?.flops ?? -1) < operation.flops)
      largest.set(name, operation);
  }
  return largest;
}

/** Measures what is not known yet. */
export async function tune(
  program: Program,
  adapter: string,
  given: Tuning | undefined,
  measure: Measure,
): Promise<Tuning> {
  const start =
    (given?.adapter === adapter ? given : undefined) ?? known.get(adapter);
  const tuning: Tuning = start
    ? { ...start, tiles: { ...start.tiles } }
    : { adapter, sharing: 64, tiles: {} };
  if (!start) {
    const norm = [...program.lists.predict, ...program.lists.train].find(
      ({ kind }) => kind === "norm",
    );
    if (norm) {
      const together = await measure(norm, { ...tuning, sharing: 64 });
      const alone = await measure(norm, { ...tuning, sharing: 1 });
      tuning.sharing = alone < together ? 1 : 64;
    }
  }
  for (const [name, operation] of representatives(program, tuning.sharing)) {
    if (tuning.tiles[name] !== undefined) continue;
    let best = Infinity;
    for (const tile of tiles) {
      // A GPU that has no use for shared memory in one kernel has none in another.
      if (tile.shared !== (tuning.sharing !== 1)) continue;
      const ms = await measure(operation, {
        ...tuning,
        tiles: { [name]: tile.name },
      });
      if (ms < best) {
        best = ms;
        tuning.tiles[name] = tile.name;
      }
    }
  }
  known.set(adapter, tuning);
  return tuning;
}

/** Milliseconds of a list, at best; the first time a driver may still be compiling. */
export async function timeOf(
  device: GPUDevice,
  list: DispatchList,
): Promise<number> {
  const go = async (times: number): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < times; i++) list.run();
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / times;
  };
  await go(1);
  let best = await go(1);
  // Where it takes no time, only many show it.
  const times = Math.max(1, Math.min(64, Math.ceil(10 / best)));
  for (let i = 0; i < 2; i++) best = Math.min(best, await go(times));
  return best;
}
