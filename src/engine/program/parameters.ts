// The parameters of a model and job as they lie in the arena, bottom to top, so
// that what is trained is the end of each kind.

import { type Block, parameterBlocks } from "../parameters";
import type { Config, Job } from "./shape";
import type { ParameterGroup } from "./arena";

export function parameterGroups(config: Config, job: Job): ParameterGroup[] {
  const groups: ParameterGroup[] = [];
  for (const block of parameterBlocks(config, job.kind, job.labels)) {
    const { names, weight, bias, scales } = block;
    const trained = isTrained(block, config, job);
    const add = (part: string, shape: number[] | null, decays: boolean) => {
      if (shape === null) return;
      const members = names.map((name): [string, number[]] => [
        `${name}.${part}`,
        shape,
      ]);
      groups.push({ decays, trained, names: members });
    };
    add("weight", weight, !scales);
    add("bias", bias, false);
  }
  return groups;
}

function isTrained(
  { of }: Block,
  { num_hidden_layers }: Config,
  { kind, train }: Job,
): boolean {
  // The averaging layer stays what it is, on top of all that learn.
  const top = num_hidden_layers - (kind === "sentence" ? 1 : 0);
  if (of === top) return false;
  if (train === "all" || of === "head") return true;
  return of !== "embeddings" && of >= top - train;
}
