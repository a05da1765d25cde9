// Limited-memory BFGS (Nocedal & Wright, algorithm 7.5) for smooth convex
// functions, with a backtracking line search that keeps the curvature positive.

type Objective = (at: Float64Array, gradient: Float64Array) => number;

const MEMORY = 5;

/** From `start` to where no part of the gradient exceeds `tolerance`, in at most `most` steps. Deterministic. */
export async function minimize(
  objective: Objective,
  start: Float64Array,
  breathe: () => Promise<void>,
  tolerance = 3e-4,
  most = 100,
): Promise<Float64Array> {
  const size = start.length;
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(size);
  let value = objective(x, gradient);
  let spare: [Float64Array, Float64Array] = [
    new Float64Array(size),
    new Float64Array(size),
  ];
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  const curvature: number[] = [];

  for (let n = 0; n < most && largest(gradient) > tolerance; n++) {
    await breathe();
    const direction = descent(gradient, steps, changes, curvature);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      // Rounding has spoilt the memory: start again downhill.
      steps.length = changes.length = curvature.length = 0;
      for (let i = 0; i < size; i++) direction[i] = -gradient[i]!;
      slope = -dot(gradient, gradient);
    }
    const [nextX, nextGradient] = spare;
    let nextValue = Infinity;
    let length = n === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
    let low = 0;
    let high = Infinity;
    for (let tries = 0; tries < 30; tries++) {
      for (let i = 0; i < size; i++) nextX[i] = x[i]! + length * direction[i]!;
      nextValue = objective(nextX, nextGradient);
      // The two Wolfe conditions, by bisection.
      if (nextValue > value + 1e-4 * length * slope) high = length;
      else if (dot(direction, nextGradient) < 0.9 * slope) low = length;
      else break;
      length = high === Infinity ? 2 * length : (low + high) / 2;
    }
    // No lower point within rounding: this is the minimum as far as numbers go.
    if (!(nextValue < value)) break;

    // The oldest pair's memory serves for the newest.
    const full = steps.length === MEMORY;
    const step = (full && steps.shift()) || new Float64Array(size);
    const change = (full && changes.shift()) || new Float64Array(size);
    if (full) curvature.shift();
    for (let i = 0; i < size; i++) {
      step[i] = nextX[i]! - x[i]!;
      change[i] = nextGradient[i]! - gradient[i]!;
    }
    const bend = dot(step, change);
    if (bend > 1e-14 * dot(change, change)) {
      steps.push(step);
      changes.push(change);
      curvature.push(bend);
    }
    spare = [x, gradient];
    [x, gradient, value] = [nextX, nextGradient, nextValue];
  }
  return x;
}

/** −H·gradient by the two-loop recursion. */
function descent(
  gradient: Float64Array,
  steps: Float64Array[],
  changes: Float64Array[],
  curvature: number[],
): Float64Array {
  const q = new Float64Array(gradient.length);
  for (let i = 0; i < q.length; i++) q[i] = -gradient[i]!;
  const alphas: number[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const alpha = dot(steps[i]!, q) / curvature[i]!;
    alphas[i] = alpha;
    add(q, -alpha, changes[i]!);
  }
  const last = changes.at(-1);
  if (last) {
    const scale = curvature.at(-1)! / dot(last, last);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (let i = 0; i < steps.length; i++) {
    const beta = dot(changes[i]!, q) / curvature[i]!;
    add(q, alphas[i]! - beta, steps[i]!);
  }
  return q;
}

function add(to: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
