// How C is cut up: a tile for each thread, threads to a workgroup.

/** Which of A and B is transposed: see gemm.wgsl.ts. */
export type Form = "NT" | "NN" | "TN";

export interface Tile {
  name: string;
  /** A and B pass through memory that a workgroup shares. */
  shared: boolean;
  /** Of C, in one thread. */
  rows: number;
  columns: number;
  /** Threads. */
  down: number;
  across: number;
}

const tile = (
  name: string,
  shared: boolean,
  [rows, columns]: [number, number],
  [down, across]: [number, number],
): Tile => ({ name, shared, rows, columns, down, across });

/**
 * Sizes are multiples of 4, because C is written in vectors. Small tiles for small
 * products: in large ones, most of a GPU would be idle. Without sharing, four
 * threads to a workgroup, as many as a GPU in software runs on a core.
 */
export const tiles: Tile[] = [
  tile("4×4", false, [4, 4], [2, 2]),
  tile("8×8", false, [8, 8], [2, 2]),
  tile("8×16", false, [8, 16], [2, 2]),
  tile("shared 32×32", true, [4, 4], [8, 8]),
  tile("shared 64×32", true, [8, 4], [8, 8]),
  tile("shared 64×64", true, [8, 8], [8, 8]),
];

export const tileNamed = (name: string): Tile | undefined =>
  tiles.find((tile) => tile.name === name);

/** Workgroups for C [m, n]. */
export const tileGroups = (tile: Tile, m: number, n: number): number =>
  Math.ceil(m / (tile.rows * tile.down)) *
  Math.ceil(n / (tile.columns * tile.across));
