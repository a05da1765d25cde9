// From a list of operations to dispatches. Most operations are one dispatch; and
// where a layer's dx and dW do not wait for each other, the two products are one.

import * as attentionShaders from "../../kernels/attention.wgsl";
import * as embedding from "../../kernels/embedding.wgsl";
import * as lossShaders from "../../kernels/loss.wgsl";
import * as normShaders from "../../kernels/norm.wgsl";
import { rowsAlone, type Sharing } from "../../kernels/prelude.wgsl";
import * as rows from "../../kernels/rows.wgsl";
import * as update from "../../kernels/update.wgsl";
import {
  AdamW,
  AdamWRows,
  Attention,
  CatchUp,
  Clear,
  Embed,
  EmbedBackward,
  Gather,
  GradientNorm,
  Loss,
  Norm,
  NormBackward,
  Scatter,
} from "../../kernels/operands";
import type { Program } from "../shape";
import type { Operation } from "../operations";
import {
  type Count,
  count,
  type Dispatch,
  dispatchOf,
  headerNumber,
  type Number,
  numberOf,
  sizeNumber,
  sizeOf,
} from "./dispatch";
import { inOrder, partner, products, type Tuning } from "./products";

const one: Number = { value: 1 };

export class Planner {
  constructor(
    private readonly program: Program,
    private readonly tuning: Tuning,
    /** Bytes from which the arena has room for what attention hands on. */
    private readonly spare: number,
  ) {}

  plan(operations: Operation[]): Dispatch[] {
    const dispatches: Dispatch[] = [];
    const done = new Set<Operation>();
    operations.forEach((operation, i) => {
      if (done.has(operation)) return;
      const other = partner(operations, i, done, this.tuning);
      if (other) {
        done.add(other);
        dispatches.push(products(inOrder([operation, other]), this.tuning));
      } else dispatches.push(...this.one(operation));
    });
    return dispatches;
  }

  private one(operation: Operation): Dispatch[] {
    const { sharing } = this.tuning;
    /** As many as an operand says. */
    const sized = (operand: number, times = 1, by = 1): Count =>
      count(sizeNumber(sizeOf(operation, operand)), times, by);
    const number = (operand: number) => numberOf(operation, operand);
    /** A row of work to a workgroup, or to a thread. */
    const byRow = (
      name: string,
      code: (sharing: Sharing) => string,
      ...counts: Count[]
    ) =>
      dispatchOf(
        name,
        code(sharing),
        [operation],
        counts,
        sharing === 1 ? rowsAlone : 1,
      );
    switch (operation.kind) {
      case "gemm":
        return [products([operation], this.tuning)];
      case "attention":
      case "attentionBackward":
        return this.attention(operation);
      case "norm":
        return [byRow("norm", normShaders.norm, sized(Norm.rows))];
      case "normBackward":
        return [
          byRow(
            "normBackward",
            normShaders.normBackward,
            sized(NormBackward.rows),
            count({ value: number(NormBackward.cols) }),
          ),
        ];
      case "embed": {
        const embed = byRow("embed", embedding.embed, sized(Embed.rows));
        return number(Embed.catchUp + CatchUp.cols)
          ? [this.catchUp(operation, Embed.catchUp), embed]
          : [embed];
      }
      case "embedBackward": {
        const segments = headerNumber("segments");
        const dispatch = byRow(
          "embedBackward",
          embedding.embedBackward,
          count(segments),
          count({
            value:
              number(EmbedBackward.positions) +
              number(EmbedBackward.typeRows) * number(EmbedBackward.cols),
          }),
        );
        dispatch.sizes.push({
          operand: EmbedBackward.segments,
          number: segments,
        });
        return [dispatch];
      }
      case "gather":
        return [byRow("gather", rows.gather, sized(Gather.rows))];
      case "scatter": {
        const scatter = byRow("scatter", rows.scatter, sized(Scatter.count));
        return number(Scatter.add)
          ? [scatter]
          : [
              byRow("scatterClear", rows.scatterClear, sized(Scatter.rows)),
              scatter,
            ];
      }
      case "clear":
        return [
          byRow("clear", rows.clear, sized(Clear.size, 1, rows.clearChunk)),
        ];
      case "loss":
        return [
          byRow("loss", lossShaders.loss, sized(Loss.rows)),
          byRow("lossSum", lossShaders.lossSum, count(one)),
        ];
      case "gradientNorm":
        return [
          byRow(
            "normSquares",
            update.normSquares,
            sized(GradientNorm.firstCount, 1, update.normChunk),
            sized(
              GradientNorm.thirdCount,
              number(GradientNorm.thirdTimes),
              update.normChunk,
            ),
          ),
          byRow("normSum", update.normSum, count(one)),
        ];
      case "adamw":
        return [
          byRow(
            "adamw",
            update.adamw,
            count(
              { value: number(AdamW.size) + number(AdamW.sizeTwo) },
              1,
              update.updateChunk,
            ),
            ...(number(AdamW.rows + AdamWRows.cols)
              ? [count(headerNumber("words"))]
              : []),
          ),
        ];
      case "catchUp":
        return [this.catchUp(operation, 0)];
    }
  }

  /** `from`: after which operand its own begin. */
  private catchUp(operation: Operation, from: number): Dispatch {
    const rows = sizeNumber(sizeOf(operation, from + CatchUp.rows));
    return dispatchOf(
      "catchUp",
      update.catchUp(this.tuning.sharing, from),
      [operation],
      [count(rows)],
    );
  }

  private attention(operation: Operation): Dispatch[] {
    const features = numberOf(operation, Attention.features);
    const threads = attentionShaders.attentionThreads(this.tuning.sharing);
    const rows = headerNumber("rows");
    const queries =
      numberOf(operation, Attention.single) === 1
        ? headerNumber("sequences")
        : rows;
    const make = (name: string, code: string, number: Number): Dispatch => {
      const made = dispatchOf(
        `${name} of ${features}`,
        code,
        [operation],
        [count(number)],
        threads,
        numberOf(operation, Attention.heads),
      );
      made.operands[Attention.spare] = this.spare;
      made.sizes.push({ operand: Attention.queries, number });
      return made;
    };
    if (operation.operands[Attention.probabilities]) {
      // The first sequence ends where the second begins.
      const first = this.program.regions.get("cls")!.at / 4 + 1;
      return [make("watch", attentionShaders.watch(threads), { at: first })];
    }
    if (operation.kind === "attention")
      return [
        make(
          "attention",
          attentionShaders.attention(features, threads),
          queries,
        ),
      ];
    return [
      make(
        "attentionBackwardQueries",
        attentionShaders.attentionBackwardQueries(features, threads),
        queries,
      ),
      make(
        "attentionBackwardKeys",
        attentionShaders.attentionBackwardKeys(features, threads),
        rows,
      ),
    ];
  }
}
