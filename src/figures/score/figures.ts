// A number a text: predicted and actual → figures, as scikit-learn and SciPy
// give them (fixtures/metrics/score.json), but for constants: see below.

type Numbers = Float32Array | Float64Array;

export interface ScoreFigures {
  /** Root of the mean squared error, in the unit of the score. */
  rmse: number;
  /** Mean absolute error, in the unit of the score. */
  mae: number;
  /** 1 − squared error over that of always answering the mean; negative if worse. */
  r2: number;
  pearson: number;
  /** Pearson's correlation of the ranks; equal values share the mean of their ranks. */
  spearman: number;
}

/**
 * Both [row]. Where all of `actual` are the same, r2 and both correlations are 0,
 * even if all were predicted (scikit-learn would say 1 or 0, SciPy NaN); where all
 * of `predicted` are, the correlations are 0. Without rows, every figure is 0.
 */
export function scoreFigures(
  predicted: Numbers,
  actual: Numbers,
): ScoreFigures {
  const rows = actual.length;
  if (rows === 0) return { rmse: 0, mae: 0, r2: 0, pearson: 0, spearman: 0 };
  const center = mean(actual);
  let squared = 0;
  let absolute = 0;
  let spread = 0;
  for (let row = 0; row < rows; row++) {
    const error = predicted[row]! - actual[row]!;
    squared += error ** 2;
    absolute += Math.abs(error);
    spread += (actual[row]! - center) ** 2;
  }
  return {
    rmse: Math.sqrt(squared / rows),
    mae: absolute / rows,
    r2: constant(actual) ? 0 : 1 - squared / spread,
    pearson: correlation(predicted, actual),
    spearman: correlation(ranks(predicted), ranks(actual)),
  };
}

function correlation(a: Numbers, b: Numbers): number {
  if (constant(a) || constant(b)) return 0;
  const meanA = mean(a);
  const meanB = mean(b);
  let both = 0;
  let spreadA = 0;
  let spreadB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]! - meanA;
    const y = b[i]! - meanB;
    both += x * y;
    spreadA += x ** 2;
    spreadB += y ** 2;
  }
  const scale = Math.sqrt(spreadA) * Math.sqrt(spreadB);
  return scale > 0 ? Math.max(-1, Math.min(1, both / scale)) : 0;
}

/** By comparison: the mean of equal numbers need not equal them, so no spread is surely 0. */
function constant(values: Numbers): boolean {
  return values.every((value) => value === values[0]);
}

/** 1 for the smallest. */
function ranks(values: Numbers): Float64Array {
  const order = Array.from(values.keys()).sort(
    (a, b) => values[a]! - values[b]!,
  );
  const all = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!])
      to++;
    for (let i = from; i < to; i++) all[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return all;
}

function mean(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
