// Which kernels an adapter does fastest, measured on the program's own largest
// products: the best single tile reaches only part of each GPU's own best. Whoever
// keeps a tuning longer than the page gives it to `readTuning` when it comes back.

import { isSoftware } from "../../device";
import { tileNamed, tiles } from "../../kernels/gemm/tiles";
import { gemmShader } from "../../kernels/gemm.wgsl";
import type { Program } from "../shape";
import type { Operation } from "../operations";
import type { DispatchList } from "./list";
import { productClass, type Tuning } from "./products";

/** By adapter, of this page. */
const known = new Map<string, Tuning>();

export function adapterKey({ adapterInfo }: GPUDevice): string {
  const { vendor, architecture, device, description } = adapterInfo;
  return [vendor, architecture, device, description].join(" / ");
}

let version: string | undefined;
/** Changes with the text of any kernel that is measured. */
const kernelsVersion = (): string => (version ??= hashOfKernels());

function hashOfKernels(): string {
  let hash = 0x811c9dc5;
  for (const tile of tiles)
    for (const form of ["NT", "NN", "TN"] as const)
      for (const character of gemmShader([form], [tile]))
        hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** A tuning in which nothing was measured yet. */
export const untuned = (device: GPUDevice): Tuning => ({
  adapter: adapterKey(device),
  kernels: kernelsVersion(),
  // Barriers and shared memory are what a GPU is made for, and what one in
  // software can only pay for.
  sharing: isSoftware(device.adapterInfo) ? 1 : 64,
  tiles: {},
});

/** What was kept of this device, unless it is of another adapter, of other kernels, or no tuning at all. */
export function readTuning(value: unknown, device: GPUDevice): Tuning | null {
  const { adapter, kernels, sharing, tiles } = (value ?? {}) as Partial<Tuning>;
  const own = untuned(device);
  if (adapter !== own.adapter || kernels !== own.kernels) return null;
  if ((sharing !== 1 && sharing !== 64) || !tiles || typeof tiles !== "object")
    return null;
  const fits = ([, name]: [string, unknown]) =>
    typeof name === "string" && tileNamed(name)?.shared === (sharing !== 1);
  return {
    ...own,
    sharing,
    tiles: Object.fromEntries(Object.entries(tiles).filter(fits)),
  };
}

/** Milliseconds of one operation at a tuning. */
type Measure = (operation: Operation, tuning: Tuning) => Promise<number>;

/** Largest of each class, of all that is done for every batch. */
function representatives(program: Program): Map<string, Operation> {
  const largest = new Map<string, Operation>();
  const { train, predict } = program.lists;
  for (const operation of [...train, ...predict]) {
    if (operation.kind !== "gemm") continue;
    const { name, measured } = productClass(operation);
    if (measured && (largest.get(name)?.flops ?? -1) < operation.flops)
      largest.set(name, operation);
  }
  return largest;
}

/** Measures what is not known yet; the same tuning where all is. */
export async function tune(
  program: Program,
  device: GPUDevice,
  given: Tuning | null,
  measure: Measure,
): Promise<Tuning> {
  const start = given ?? known.get(adapterKey(device)) ?? untuned(device);
  let tuning = start;
  for (const [name, operation] of representatives(program)) {
    if (tuning.tiles[name] !== undefined) continue;
    let best = Infinity;
    let fastest = "";
    for (const tile of tiles) {
      if (tile.shared !== (start.sharing !== 1)) continue;
      const ms = await measure(operation, {
        ...start,
        tiles: { [name]: tile.name },
      });
      if (ms < best) {
        best = ms;
        fastest = tile.name;
      }
    }
    tuning = { ...tuning, tiles: { ...tuning.tiles, [name]: fastest } };
  }
  if (!given) known.set(tuning.adapter, tuning);
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
