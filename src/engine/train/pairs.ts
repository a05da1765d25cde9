// Losses that draw embeddings of one label together and those of others apart, over
// all pairs of a batch, with their gradients. On the host, in double precision: a
// batch is small, and its embeddings are here anyway.

export interface Pulled {
  loss: number;
  /** Of the loss, with respect to the embeddings: [count, width]. */
  gradient: Float32Array;
}

/** [count, width] embeddings and a label for each → loss and gradient. */
export type PairLoss = (
  embeddings: Float32Array,
  labels: ArrayLike<number>,
) => Pulled;

/**
 * The mean over pairs of different texts of (cosine − 1)² where their labels are the
 * same and cosine² where they are not: what SetFit trains with (Tunstall et al. 2022,
 * https://arxiv.org/abs/2209.11055). 0 where there is no pair.
 */
export const cosineLoss: PairLoss = (embeddings, labels) => {
  const count = labels.length;
  const pairs = (count * (count - 1)) / 2;
  const slopes = new Float64Array(count * count);
  const units = unitsOf(embeddings, count);
  let loss = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const off = cosine(units, i, j) - Number(labels[i] === labels[j]);
      loss += off ** 2 / pairs;
      slopes[i * count + j] = (2 * off) / pairs;
    }
  return { loss, gradient: throughCosines(units, slopes) };
};

/**
 * The supervised contrastive loss with the sum outside the logarithm (Khosla et al.
 * 2020, https://arxiv.org/abs/2004.11362, equation 2): for each text the mean of
 * −log softmax(cosine / temperature) over the texts of its label, among all others;
 * the mean over the texts that have such a companion. 0 where none has.
 */
export const supervisedLoss =
  (temperature: number): PairLoss =>
  (embeddings, labels) => {
    const count = labels.length;
    const slopes = new Float64Array(count * count);
    const units = unitsOf(embeddings, count);
    const companions = Array.from(labels, (label, i) =>
      Array.from(labels, (_, j) => j).filter(
        (j) => j !== i && labels[j] === label,
      ),
    );
    const heard = companions.filter(({ length }) => length > 0).length;
    let loss = 0;
    companions.forEach((same, i) => {
      if (same.length === 0) return;
      const scores = Array.from(labels, (_, j) =>
        j === i ? -Infinity : cosine(units, i, j) / temperature,
      );
      const most = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - most));
      const total = shares.reduce((sum, share) => sum + share, 0);
      shares.forEach((share, j) => {
        slopes[i * count + j]! += share / total / temperature / heard;
      });
      for (const j of same) {
        loss += (most + Math.log(total) - scores[j]!) / same.length / heard;
        slopes[i * count + j]! -= 1 / same.length / temperature / heard;
      }
    });
    return { loss, gradient: throughCosines(units, slopes) };
  };

interface Units {
  count: number;
  width: number;
  /** [count, width], each of length 1; of nothing, nothing. */
  values: Float64Array;
  lengths: Float64Array;
}

function unitsOf(embeddings: Float32Array, count: number): Units {
  const width = embeddings.length / Math.max(1, count);
  const values = Float64Array.from(embeddings);
  const lengths = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = values.subarray(i * width, (i + 1) * width);
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    lengths[i] = length || 1;
    row.forEach((x, k) => (row[k] = x / lengths[i]!));
  }
  return { count, width, values, lengths };
}

function cosine({ values, width }: Units, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++)
    sum += values[i * width + k]! * values[j * width + k]!;
  return sum;
}

/** `slopes` [i, j] of the cosine of rows i and j → the embeddings' gradient: with unit rows u, that of eᵢ is Σ slope · (uⱼ − cos · uᵢ) / |eᵢ|. */
function throughCosines(units: Units, slopes: Float64Array): Float32Array {
  const { count, width, values, lengths } = units;
  const gradient = new Float64Array(count * width);
  const pull = (i: number, j: number, slope: number, cos: number) => {
    const by = slope / lengths[i]!;
    for (let k = 0; k < width; k++)
      gradient[i * width + k]! +=
        by * (values[j * width + k]! - cos * values[i * width + k]!);
  };
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const slope = slopes[i * count + j]!;
      if (slope === 0) continue;
      const cos = cosine(units, i, j);
      pull(i, j, slope, cos);
      pull(j, i, slope, cos);
    }
  return Float32Array.from(gradient);
}
