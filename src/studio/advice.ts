// Advice that needs both sides: the data and the model that is to read it.

import type { Check, Mapping, ModelReport, Options, TableView } from "./state";

/** Share of letters in the previewed texts that the English vocabulary cannot spell. */
export function foreignShare(
  table: TableView,
  mapping: Mapping,
): { share: number; script: string } {
  const columns = [mapping.text, mapping.textB]
    .map((name) => (name === null ? -1 : table.columns.indexOf(name)))
    .filter((index) => index >= 0);
  const text = table.preview
    .flatMap((row) => columns.map((index) => row[index] ?? ""))
    .join(" ");
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const foreign = text.match(/(?!\p{Script=Latin})\p{L}/gu) ?? [];
  const chinese = foreign.filter((c) => /\p{Script=Han}/u.test(c)).length;
  return {
    share: letters === 0 ? 0 : foreign.length / letters,
    script: chinese > foreign.length / 2 ? "Chinese" : "not in Latin script",
  };
}

export function adviseOn(
  table: TableView | null,
  mapping: Mapping | null,
  model: ModelReport | null,
  options: Options,
): Check[] {
  if (!table || !mapping || !model) return [];
  const advice: Check[] = [];
  const { share, script } = foreignShare(table, mapping);
  if (model.english && share > 0.2) {
    advice.push({
      level: "warning",
      message:
        `${Math.round(share * 100)} % of the letters in the column “${mapping.text}” are ${script}, and ${model.name} knows English: ` +
        "what it cannot spell becomes [UNK], so the scores will be poor whatever the options. Drop the folder of a BERT made for this language to use it instead.",
    });
  }
  if (options.fineTune === "all layers" && options.learningRate > 2e-3)
    advice.push({
      level: "warning",
      message: `A learning rate of ${options.learningRate} usually destroys what a pretrained model knows: for all layers choose 0.00002 to 0.001.`,
    });
  return advice;
}
