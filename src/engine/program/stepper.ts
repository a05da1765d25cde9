// The host's side of a step, the same for every executor: where the arena begins lie
// the header, whose numbers change from step to step, and the tables of a batch. An
// executor gives the memory they are written in: the arena itself, or a copy to upload.

import { History } from "../kernels/operands";
import { type Batch, dropoutKey, Filler } from "./batch";
import { header, headerAt } from "./header";
import { historySteps, type Program } from "./shape";
import {
  defaultOptimizer,
  lossScale,
  type Optimizer,
  stepFigures,
} from "./step";

export class Stepper {
  /** Finished steps. */
  step = 0;
  /** What weight decay alone has left of a weight that was there at step 0. */
  decayed = 1;
  private seed = 0;
  private classWeights: Float32Array | null = null;
  protected readonly ints: Int32Array<ArrayBufferLike>;
  private readonly floats: Float32Array<ArrayBufferLike>;
  private readonly filler: Filler;
  private readonly line = new Float32Array(4);
  /** `decayed` once the open step is closed; not rounded as in `line`. */
  private decaying = 1;

  constructor(
    protected readonly program: Program,
    memory: ArrayBufferLike,
  ) {
    this.ints = new Int32Array(memory);
    this.floats = new Float32Array(memory);
    this.filler = new Filler(program, memory);
  }

  set(name: keyof typeof header, value: number): void {
    this.ints[headerAt / 4 + header[name]] = value;
  }
  setFloat(name: keyof typeof header, value: number): void {
    this.floats[headerAt / 4 + header[name]] = value;
  }

  /** As before the first step; or as after `step` steps, which left weights decayed to `decayed`. */
  reset(step = 0, decayed = 1): void {
    this.step = step;
    this.decayed = decayed;
    this.set("done", step);
    this.setFloat("decayed", decayed);
    this.optimizer(defaultOptimizer);
    this.weigh(null);
  }

  /** Of dropout. */
  setSeed(seed: number): void {
    this.seed = seed;
  }

  /** As `Executor.weigh`. */
  weigh(weights: Float32Array | null): void {
    this.classWeights = weights;
    const { at, size } = this.program.regions.get("classWeights")!;
    const to = this.floats.subarray(at / 4, at / 4 + size);
    to.fill(1);
    if (weights) to.set(weights);
  }

  optimizer({ beta1, beta2, epsilon, maxNorm }: Optimizer): void {
    this.setFloat("beta1", beta1);
    this.setFloat("beta2", beta2);
    this.setFloat("epsilon", epsilon);
    this.setFloat("maxNorm", maxNorm);
  }

  /** Before the first of the batches whose gradients belong together; null where there are none. */
  begin(batches: Batch[] | null): void {
    if (batches)
      this.setFloat(
        "lossScale",
        lossScale(this.program, batches, this.classWeights),
      );
    this.filler.begin();
  }

  fill(batch: Batch): void {
    this.filler.fill(batch);
  }

  /** Batch `index` of the step that is next. */
  fillForTraining(batch: Batch, index: number): void {
    this.set("accumulate", index);
    this.set("dropoutKey", dropoutKey(this.seed, this.step + 1, index) | 0);
    this.fill(batch);
  }

  /** The header of the next step, and the line of history that rows will need which owe it: where (bytes), and what. */
  open(optimizer: Optimizer): { at: number; line: Float32Array<ArrayBuffer> } {
    const step = this.step + 1;
    const figures = stepFigures(step, optimizer);
    this.optimizer(optimizer);
    this.setFloat("stepSize", figures.stepSize);
    this.setFloat("inverseRoot", figures.inverseRoot);
    this.setFloat("keep", figures.keep);
    this.set("step", step);
    const { line } = this;
    line[History.stepSize] = figures.stepSize;
    line[History.inverseRoot] = figures.inverseRoot;
    line[History.keep] = figures.keep;
    this.decaying = this.decayed * figures.keep;
    line[History.decayed] = this.decaying;
    const history = this.program.regions.get("history")!.at;
    return { at: history + 16 * (step % historySteps), line };
  }

  /** The step is done, or on its way. True where all that rows are owed has to be paid now: before the history comes round. */
  close(): boolean {
    this.step++;
    this.decayed = this.decaying;
    this.set("done", this.step);
    this.setFloat("decayed", this.decayed);
    return this.step % (historySteps / 2) === 0;
  }
}
