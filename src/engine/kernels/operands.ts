// How an operation is written down: 32 operands, the first its kind. This is what
// the recorder writes, what WebAssembly (*.wasm.ts) and WGSL (*.wgsl.ts) read, and
// the only file that all three share; so it is plain enough for TypeScript and
// AssemblyScript alike. Everything else about an operand (a number, a float, the
// address of a matrix, the address of a size) is the recorder's business.

export enum Kind {
  gemm = 1,
  attention,
  attentionBackward,
  norm,
  normBackward,
  embed,
  embedBackward,
  gather,
  scatter,
  clear,
  loss,
  gradientNorm,
  adamw,
  catchUp = 15,
}

/** The first numbers of the arena: what changes from step to step. */
export enum Header {
  /** Packed rows of this batch. */
  rows = 0,
  sequences,
  /** Distinct words of the step so far. */
  words,
  /** Distinct words of this batch. */
  segments,
  /** Words below this one were already met in this step. */
  fresh,
  /** Positions whose word is to be guessed. */
  selected,
  /** 0 in the first batch of a step: gradients are set, not added to. */
  accumulate,
  dropoutKey,
  /** Finished steps. */
  done,
  lossScale,
  stepSize,
  inverseRoot,
  keep,
  beta1,
  beta2,
  epsilon,
  maxNorm,
  loss,
  norm,
  clip,
  /** Product of all decays so far. */
  decayed,
  scratch,
  scratchBytes,
  /** The step being done, from 1. */
  step,
  pack,
}

/** C[m, n] = op(A) · op(B); `ld…` are floats from row to row. */
export enum Gemm {
  form = 1,
  m,
  n,
  k,
  a,
  lda,
  b,
  ldb,
  c,
  ldc,
  epilogue,
  /** Added to C's rows; in form TN, where the sums of A's columns go. */
  bias,
  /** What the epilogue reads beside C, or the slope that it writes. */
  extra,
  /** The dropped copy of C. */
  dropped,
  site,
  threshold,
  scale,
  /** By row, for dropout. */
  keys,
  activation,
  /** 1: adds to C where `Header.accumulate` says so; 2: always. */
  add,
}

export enum Form {
  NT = 0,
  NN,
  TN,
}

/** What is done to C while it is in the cache. */
export enum Epilogue {
  none = 0,
  bias,
  activation,
  residual,
  multiply,
  add,
  tanh,
  tanhBackward,
  dropout,
}

export enum Activation {
  gelu = 0,
  geluTanh,
  relu,
  silu,
}

/** Forward, backward, and what is watched. Matrices [rows, heads · features], statistics [rows, heads]. */
export enum Attention {
  sequences = 1,
  heads,
  /** Features of a head. */
  features,
  q,
  ldq,
  k,
  v,
  ldk,
  out,
  ldout,
  /** log Σ exp of each row's scores. */
  lse,
  /** First row of each sequence, and the end. */
  cls,
  lengths,
  /** 1: one query per sequence, its [CLS]. */
  single,
  site,
  threshold,
  keepScale,
  /** 1 / √features. */
  scale,
  dOut = 20,
  dq,
  lddq,
  dk,
  dv,
  lddk,
  /** Of the first sequence, [heads, T, T]. */
  probabilities,
  keys,
  /** The GPU's own: what its kernels hand on, and the number of queries. */
  spare,
  queries,
}

export enum Norm {
  rows = 1,
  cols,
  x,
  y,
  gamma,
  beta,
  /** Mean and 1/σ of each row. */
  stats,
  epsilon,
  site,
  threshold,
  scale,
  keys,
}

export enum NormBackward {
  rows = 1,
  cols,
  dy,
  x,
  stats,
  gamma,
  dGamma,
  dBeta,
  dx,
  /** dx through the dropout at `after`. */
  dz,
  partials,
  /** Sites of the dropout between LayerNorm and dy, and below; -1 for none. */
  before,
  after,
  threshold,
  scale,
  keys,
  /** Of an activation that came before, or 0. */
  slope,
}

export enum Embed {
  rows = 1,
  cols,
  ids,
  types,
  positions,
  word,
  position,
  type,
  out,
  /** A `CatchUp` whose operands begin after this one; none where its `cols` are 0. */
  catchUp,
}

export enum EmbedBackward {
  rows = 1,
  cols,
  d,
  word,
  position,
  type,
  types,
  cls,
  sortedRows,
  segmentStarts,
  segmentSlots,
  positions,
  typeRows,
  /** 1: gradients lie by word; 0: by slot. */
  dense,
  /** The GPU's own: distinct words of this batch. */
  segments = 28,
}

export enum Gather {
  rows = 1,
  cols,
  x,
  out,
  from,
}

export enum Scatter {
  rows = 1,
  cols,
  x,
  out,
  to,
  count,
  /** 1: adds to the rows; 0: all others become 0. */
  add,
}

export enum Clear {
  place = 1,
  size,
}

export enum Loss {
  rows = 1,
  classes,
  logits,
  ld,
  dLogits,
  labels,
  classWeights,
  /** Of LossKind. */
  which,
  rowLoss,
}

/** What the labels are, and what their loss is. */
export enum LossKind {
  /** Class indices, one per row: softmax cross-entropy. */
  softmax = 0,
  /** 0 … 1 for each class by itself: sigmoid cross-entropy. */
  sigmoid,
  /** A number for each output: squared error. */
  squared,
}

/** Three ranges of gradients; the length of each is count · times. */
export enum GradientNorm {
  partials = 1,
  first,
  firstCount,
  firstTimes,
  second,
  secondCount,
  secondTimes,
  third,
  thirdCount,
  thirdTimes,
}

/** Two flat ranges, one that decays and one that does not. */
export enum AdamW {
  weights = 1,
  gradients,
  moments1,
  moments2,
  size,
  decays,
  weightsTwo,
  gradientsTwo,
  moments1Two,
  moments2Two,
  sizeTwo,
  decaysTwo,
  /** An `AdamWRows` whose operands begin after this one; none where its `cols` are 0. */
  rows = 12,
}

/** The rows of the word embeddings in use. */
export enum AdamWRows {
  weights = 1,
  moments1,
  moments2,
  gradients,
  ids,
  last,
  decayed,
  cols,
  history,
}

/** What rows of the word embeddings are owed. */
export enum CatchUp {
  weights = 1,
  moments1,
  moments2,
  last,
  decayed,
  cols,
  /** Null: all rows. */
  ids,
  rows,
  history,
}

/** Of each step, in the ring that `history` begins. */
export enum History {
  stepSize = 0,
  inverseRoot,
  keep,
  decayed,
}
