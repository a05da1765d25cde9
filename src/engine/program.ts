// BERT's training step as a short list of fused operations over one arena,
// recorded once and replayed for every batch. Nothing here computes: an executor
// (program/wasm.ts, program/webgpu.ts) does, and oracle/bert.ts judges it.
//
// The surprise: a batch has no padding. Its real tokens lie one after the other
// as rows of every matrix, and only attention knows where a sequence ends. A
// padded batch is the same program with all sequences equally long.

import { arenaStart } from "./program/header";
import {
  align,
  gradientOffset,
  layGradients,
  layParameters,
  planRegions,
  type Region,
} from "./program/arena";
import { learnsNumbers } from "./parameters";
import { recordEncoder } from "./program/encoder";
import { recordHead } from "./program/heads";
import { catchUp, update } from "./program/record/update";
import {
  explaining,
  forward,
  pulled,
  Recorder,
  training,
} from "./program/recorder";
import { parameterGroups } from "./program/parameters";
import {
  type Capacity,
  type Config,
  defaultJob,
  historySteps,
  type Program,
  type Job,
  wordName,
} from "./program/shape";

export * from "./program/shape";

export function record(
  config: Config,
  asked: Partial<Job>,
  capacity: Capacity,
): Program {
  const job = { ...defaultJob, ...asked };
  check(config, job, capacity);
  if (job.kind === "words") job.denseEmbeddings = true;
  if (job.kind === "sentence") job.labels = config.hidden_size;
  if (job.kind === "tokens" || job.kind === "words") job.clsOnly = false;

  const H = config.hidden_size;
  const groups = parameterGroups(config, job);
  const { parameters, size } = layParameters(groups);
  const lazy = job.train === "all" && !job.denseEmbeddings;
  const layout = layGradients(parameters, lazy ? wordName : null);
  const recorder = new Recorder(config, job, capacity, parameters, layout);

  // Fixed regions, in the order in which they lie.
  const { fixed } = recorder;
  const { tokens, sequences, batches } = capacity;
  for (const name of ["ids", "types", "positions", "rowKeys", "sortedRows"])
    fixed(name, tokens);
  for (const name of ["cls", "clsKeys", "lengths"]) fixed(name, sequences + 1);
  fixed("selected", tokens);
  const headOnly = job.train === 0 && job.clsOnly;
  if (headOnly) fixed("features", sequences * H);
  const words = Math.min(config.vocab_size, tokens * batches);
  fixed("segmentStarts", Math.min(config.vocab_size, tokens) + 1);
  fixed("segmentSlots", Math.min(config.vocab_size, tokens) + 1);
  fixed("words", words);
  const classes = learnsNumbers(job.kind) ? sequences * job.labels : tokens;
  fixed("labels", classes);
  fixed(
    "classWeights",
    align(job.kind === "words" ? config.vocab_size : job.labels, 4),
  );
  if (job.explains || job.kind === "sentence")
    fixed("chosen", logitRows(job, capacity) * align(job.labels, 4));
  fixed("rowLoss", 2 * tokens);
  fixed("history", 4 * historySteps);
  fixed("parameters", size);

  const { matrices, vectors } = layout;
  for (const name of ["gradients", "moments1", "moments2"])
    fixed(name, matrices.size + vectors.size);
  if (lazy) {
    fixed("wordGradients", words * H);
    fixed("wordMoments1", config.vocab_size * H);
    fixed("wordMoments2", config.vocab_size * H);
    fixed("wordLast", config.vocab_size);
    fixed("wordDecayed", config.vocab_size);
  }

  const train = recorder.list(
    job.kind === "sentence" ? pulled : training,
    () => {
      if (headOnly) return recordHead(recorder, recorder.features(), null);
      const { x, backward } = recordEncoder(recorder, job.clsOnly);
      recordHead(recorder, x, backward);
    },
  );
  const predict = recorder.list(forward, () => {
    const { x } = recordEncoder(recorder, job.clsOnly);
    recordHead(recorder, x, null);
  });
  const watch = recorder.list(forward, () => {
    const { x } = recordEncoder(recorder, false, true);
    recordHead(recorder, x, null);
  });
  const encode = recorder.list(forward, () => {
    if (headOnly) recorder.keep("features", recordEncoder(recorder, true).x);
  });
  const score = recorder.list(forward, () => {
    if (headOnly) recordHead(recorder, recorder.features(), null);
  });
  const explain = recorder.list(explaining, () => {
    if (!job.explains) return;
    const { x, backward } = recordEncoder(recorder, job.clsOnly);
    recordHead(recorder, x, backward);
  });
  const updating = recorder.list(forward, () => update(recorder));
  const flush = recorder.list(forward, () => {
    if (lazy) catchUp(recorder);
  });

  const end = place(recorder, [train, predict, watch, encode, score, explain]);
  return {
    config,
    job,
    capacity,
    parameters,
    gradients: new Map(
      [...parameters.values()]
        .filter(({ name, trained }) => trained && !(lazy && name === wordName))
        .map((parameter) => [
          parameter.name,
          gradientOffset(layout, parameter),
        ]),
    ),
    regions: recorder.regions,
    lists: {
      train: train.operations,
      update: updating.operations,
      predict: predict.operations,
      watch: watch.operations,
      encode: encode.operations,
      score: score.operations,
      explain: explain.operations,
      flush: flush.operations,
    },
    outputs: {
      train: train.kept,
      predict: predict.kept,
      watch: watch.kept,
      encode: encode.kept,
      score: score.kept,
      explain: explain.kept,
    },
    end,
    widest: recorder.widest,
  };
}

/** Rows of logits a batch may have. */
const logitRows = ({ kind }: Job, { tokens, sequences }: Capacity): number =>
  kind === "tokens" ? tokens : sequences;

/** Fixed regions, then one space that each list plans for itself. Returns the end. */
export function place(
  { regions }: Recorder,
  lists: { regions: Region[] }[],
): number {
  let at = arenaStart;
  for (const region of regions.values()) {
    region.at = at;
    at += align(region.size, 16) * 4;
  }
  let space = 0;
  for (const list of lists)
    space = Math.max(space, planRegions(list.regions, at));
  return align(at + space * 4, 64);
}

function check(config: Config, job: Job, capacity: Capacity): void {
  const { hidden_size, num_attention_heads, intermediate_size } = config;
  const fail = (fact: string): never => {
    throw new Error(`internal: ${fact}`);
  };
  if (hidden_size % num_attention_heads)
    fail(
      `${hidden_size} features do not divide into ${num_attention_heads} heads`,
    );
  if (hidden_size % 4 || intermediate_size % 4)
    fail(
      `hidden sizes ${hidden_size} and ${intermediate_size} are not multiples of 4`,
    );
  if (capacity.length > config.max_position_embeddings || capacity.length > 512)
    fail(
      `sequences of ${capacity.length} tokens where the model has ${Math.min(512, config.max_position_embeddings)} positions`,
    );
  // Its decoder is the word table: what is below cannot rest while that moves.
  if (job.kind === "words" && job.train !== "all")
    fail("masked words train all layers");
  if (job.kind === "words" && job.explains)
    fail("masked words are not explained");
  if (
    job.kind === "sentence" &&
    (job.train === 0 || config.num_hidden_layers < 2)
  )
    fail("embeddings with no layer that learns below the one that averages");
  if (job.dropout < 0 || job.dropout >= 1) fail(`dropout of ${job.dropout}`);
  if (job.train !== "all" && job.train > config.num_hidden_layers)
    fail(
      `${job.train} layers to train where there are ${config.num_hidden_layers}`,
    );
}
