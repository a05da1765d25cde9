// One memory for everything: where each parameter lies, and where each
// activation may lie so that those which never live together share space.

/** A stretch of the arena; `at` (bytes) is known once it is planned. */
export interface Region {
  name: string;
  /** Floats, or other numbers of 4 bytes. */
  size: number;
  at: number;
  /** First and last operation that touch it; regions that outlive a step have none. */
  first: number;
  last: number;
}

export interface Parameter {
  /** Hugging Face's. */
  name: string;
  shape: number[];
  size: number;
  /** Floats from the start of the parameters. */
  offset: number;
  decays: boolean;
  trained: boolean;
}

export interface ParameterGroup {
  names: [name: string, shape: number[]][];
  decays: boolean;
  trained: boolean;
}

/** A stretch of the parameters, in floats. */
interface Span {
  offset: number;
  size: number;
}

/**
 * Where the gradient and both moments of what is trained lie: of the decaying
 * parameters first, then of the others. `lazy` word embeddings are in neither.
 */
export interface GradientLayout {
  matrices: Span;
  vectors: Span;
  lazy: boolean;
}

/** What is trained is the end of each kind: one stretch, with what rests left out. */
export function layGradients(
  parameters: Map<string, Parameter>,
  lazyName: string | null,
): GradientLayout {
  const span = (decays: boolean): Span => {
    const trained = [...parameters.values()].filter(
      (p) => p.trained && p.decays === decays && p.name !== lazyName,
    );
    const first = Math.min(...trained.map((p) => p.offset));
    const last = Math.max(...trained.map((p) => p.offset + p.size));
    return { offset: first, size: align(last - first, 16) };
  };
  return {
    matrices: span(true),
    vectors: span(false),
    lazy: lazyName !== null,
  };
}

/** Floats from the start of the gradients, or of either moment. */
export const gradientOffset = (
  { matrices, vectors }: GradientLayout,
  { decays, offset }: Parameter,
): number =>
  decays ? offset - matrices.offset : matrices.size + offset - vectors.offset;

export const align = (n: number, to: number): number => Math.ceil(n / to) * to;

/**
 * Decaying parameters first, each kind in the order given. A group's members
 * touch (one GEMM does query, key and value); groups start on a cache line, and
 * what lies between is zero for ever.
 */
export function layParameters(groups: ParameterGroup[]): {
  parameters: Map<string, Parameter>;
  size: number;
} {
  const parameters = new Map<string, Parameter>();
  let offset = 0;
  for (const kind of [true, false])
    for (const { names, decays, trained } of groups) {
      if (decays !== kind) continue;
      for (const [name, shape] of names) {
        const size = shape.reduce((product, n) => product * n, 1);
        parameters.set(name, { name, shape, size, offset, decays, trained });
        offset += size;
      }
      offset = align(offset, 16);
    }
  return { parameters, size: offset };
}

/** Places regions by their lifetimes, the largest first, each as low as it fits. Returns the floats needed. */
export function planRegions(regions: Region[], base: number): number {
  const placed: Region[] = [];
  let top = 0;
  const bySize = [...regions].sort((a, b) => b.size - a.size);
  for (const region of bySize) {
    const size = align(region.size, 16) * 4;
    let at = base;
    const rivals = placed
      .filter((o) => o.first <= region.last && region.first <= o.last)
      .sort((a, b) => a.at - b.at);
    for (const rival of rivals) {
      if (rival.at - at >= size) break;
      at = Math.max(at, rival.at + align(rival.size, 16) * 4);
    }
    region.at = at;
    placed.push(region);
    top = Math.max(top, at + size - base);
  }
  return top / 4;
}
