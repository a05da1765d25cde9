// The kernels' mathematics written plainly in double precision: what tests hold
// every executor against. Matrices are row-major and dense.

type Numbers = ArrayLike<number>;

/** NT: a[m,k] b[n,k]ᵀ; NN: a[m,k] b[k,n]; TN: a[k,m]ᵀ b[k,n]. */
export function product(
  form: "NT" | "NN" | "TN",
  a: Numbers,
  b: Numbers,
  m: number,
  n: number,
  k: number,
): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++)
        sum +=
          (form === "TN" ? a[l * m + i]! : a[i * k + l]!) *
          (form === "NT" ? b[j * k + l]! : b[l * n + j]!);
      c[i * n + j] = sum;
    }
  return c;
}

export function columnSums(
  a: Numbers,
  rows: number,
  cols: number,
): Float64Array {
  const sums = new Float64Array(cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) sums[j]! += a[i * cols + j]!;
  return sums;
}

/** erf by its series, and by its continued fraction far out. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let f = 0;
  for (let n = 60; n > 0; n--) f = n / 2 / (x + f);
  return 1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + f);
}

export function activation(
  kind: "gelu" | "gelu_new" | "gelu_pytorch_tanh" | "relu",
  x: number,
): number {
  if (kind === "relu") return Math.max(x, 0);
  if (kind === "gelu") return 0.5 * x * (1 + erf(x / Math.SQRT2));
  return (
    0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
  );
}

/** Output and gradients; `kv` is [rows, 2H], `kept` the factor dropout gives a probability. */
export function attention(given: {
  q: Numbers;
  kv: Numbers;
  dOut: Numbers;
  lengths: number[];
  heads: number;
  d: number;
  single: boolean;
  kept: (b: number, h: number, q: number, k: number) => number;
}) {
  const { q, kv, dOut, lengths, heads, d, single, kept } = given;
  const H = heads * d;
  const rows = lengths.reduce((a, b) => a + b, 0);
  const queries = single ? lengths.length : rows;
  const out = new Float64Array(queries * H);
  const dq = new Float64Array(queries * H);
  const dkv = new Float64Array(rows * 2 * H);
  const first = new Float64Array(heads * lengths[0]! ** 2);
  let start = 0;
  lengths.forEach((n, b) => {
    for (let h = 0; h < heads; h++)
      for (let i = 0; i < (single ? 1 : n); i++) {
        const row = (single ? b : start + i) * H + h * d;
        const key = (j: number) => (start + j) * 2 * H + h * d;
        const scores = Array.from({ length: n }, (_, j) => {
          let s = 0;
          for (let f = 0; f < d; f++) s += q[row + f]! * kv[key(j) + f]!;
          return s / Math.sqrt(d);
        });
        const top = Math.max(...scores);
        const total = scores.reduce((sum, s) => sum + Math.exp(s - top), 0);
        const p = scores.map((s) => Math.exp(s - top) / total);
        if (b === 0) p.forEach((x, j) => (first[(h * n + i) * n + j] = x));
        const factor = p.map((_, j) => kept(b, h, i, j));
        const dp = p.map((x, j) => {
          let s = 0;
          for (let f = 0; f < d; f++) {
            const v = key(j) + H + f;
            out[row + f]! += x * factor[j]! * kv[v]!;
            dkv[v]! += x * factor[j]! * dOut[row + f]!;
            s += dOut[row + f]! * kv[v]!;
          }
          return s * factor[j]!;
        });
        const mean = p.reduce((sum, x, j) => sum + x * dp[j]!, 0);
        p.forEach((x, j) => {
          const ds = (x * (dp[j]! - mean)) / Math.sqrt(d);
          for (let f = 0; f < d; f++) {
            dq[row + f]! += ds * kv[key(j) + f]!;
            dkv[key(j) + f]! += ds * q[row + f]!;
          }
        });
      }
    start += n;
  });
  return { out, dq, dkv, first };
}

export function norm(
  x: Numbers,
  gamma: Numbers,
  beta: Numbers,
  dy: Numbers,
  rows: number,
  cols: number,
  epsilon: number,
) {
  const y = new Float64Array(rows * cols);
  const dx = new Float64Array(rows * cols);
  const dGamma = new Float64Array(cols);
  const dBeta = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    const row = Array.from({ length: cols }, (_, j) => x[r * cols + j]!);
    const mean = row.reduce((a, b) => a + b, 0) / cols;
    const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / cols;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    const z = row.map((value) => (value - mean) * inverse);
    const g = z.map((_, j) => dy[r * cols + j]! * gamma[j]!);
    const m1 = g.reduce((a, b) => a + b, 0) / cols;
    const m2 = g.reduce((a, b, j) => a + b * z[j]!, 0) / cols;
    z.forEach((value, j) => {
      const at = r * cols + j;
      y[at] = value * gamma[j]! + beta[j]!;
      dx[at] = inverse * (g[j]! - m1 - value * m2);
      dGamma[j]! += dy[at]! * value;
      dBeta[j]! += dy[at]!;
    });
  }
  return { y, dx, dGamma, dBeta };
}
