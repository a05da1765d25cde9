// The parameters of a model and task under their Hugging Face names, bottom to
// top, so that what is trained is the end of each kind.

import type { Config, Task } from "./shape";
import type { ParameterGroup } from "./arena";

export function parameterGroups(config: Config, task: Task): ParameterGroup[] {
  const H = config.hidden_size;
  const I = config.intermediate_size;
  const groups: ParameterGroup[] = [];
  const add = (
    decays: boolean,
    trained: boolean,
    ...names: [string, number[]][]
  ) => groups.push({ decays, trained, names });
  const norm = (prefix: string, trained: boolean) => {
    add(false, trained, [`${prefix}.weight`, [H]]);
    add(false, trained, [`${prefix}.bias`, [H]]);
  };

  const all = task.train === "all";
  const e = "bert.embeddings";
  add(true, all, [`${e}.word_embeddings.weight`, [config.vocab_size, H]]);
  add(true, all, [
    `${e}.position_embeddings.weight`,
    [config.max_position_embeddings, H],
  ]);
  add(true, all, [
    `${e}.token_type_embeddings.weight`,
    [config.type_vocab_size, H],
  ]);
  norm(`${e}.LayerNorm`, all);
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const trained =
      task.train === "all" || i >= config.num_hidden_layers - task.train;
    const l = `bert.encoder.layer.${i}`;
    const three = ["query", "key", "value"].map(
      (name) => `${l}.attention.self.${name}`,
    );
    add(
      true,
      trained,
      ...three.map((n) => [`${n}.weight`, [H, H]] as [string, number[]]),
    );
    add(
      false,
      trained,
      ...three.map((n) => [`${n}.bias`, [H]] as [string, number[]]),
    );
    add(true, trained, [`${l}.attention.output.dense.weight`, [H, H]]);
    add(false, trained, [`${l}.attention.output.dense.bias`, [H]]);
    norm(`${l}.attention.output.LayerNorm`, trained);
    add(true, trained, [`${l}.intermediate.dense.weight`, [I, H]]);
    add(false, trained, [`${l}.intermediate.dense.bias`, [I]]);
    add(true, trained, [`${l}.output.dense.weight`, [H, I]]);
    add(false, trained, [`${l}.output.dense.bias`, [H]]);
    norm(`${l}.output.LayerNorm`, trained);
  }
  if (task.kind === "words") {
    const t = "cls.predictions.transform";
    add(true, true, [`${t}.dense.weight`, [H, H]]);
    add(false, true, [`${t}.dense.bias`, [H]]);
    norm(`${t}.LayerNorm`, true);
    add(false, true, ["cls.predictions.bias", [config.vocab_size]]);
  } else {
    if (task.kind !== "tokens") {
      add(true, true, ["bert.pooler.dense.weight", [H, H]]);
      add(false, true, ["bert.pooler.dense.bias", [H]]);
    }
    add(true, true, ["classifier.weight", [task.labels, H]]);
    add(false, true, ["classifier.bias", [task.labels]]);
  }
  return groups;
}
