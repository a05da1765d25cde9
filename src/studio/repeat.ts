// attune.json without the weights beside it: what the run was set to, and which
// model it started from. Those before version 1 do not name a version.

import type { BundledModel, Options } from "./state";

export interface FormerRun {
  name: string;
  options: Partial<Options>;
  model: { name: string; vocabulary: number; version: number | null };
}

/** Throws a sentence for what is no attune.json. */
export function readRun(json: string): FormerRun {
  const value = parsed(json) as {
    attune?: unknown;
    run?: unknown;
    options?: unknown;
    model?: { name?: unknown; vocabulary?: unknown; version?: unknown } | null;
  } | null;
  const { options, model } = value ?? {};
  if (
    typeof value?.attune !== "string" ||
    typeof options !== "object" ||
    options === null ||
    typeof model?.name !== "string" ||
    typeof model.vocabulary !== "number"
  )
    throw new Error(
      "attune.json has no options and model of an Attune run. Choose the file as it lies in an exported folder.",
    );
  return {
    name: typeof value.run === "string" ? value.run : "the run",
    options: options as Partial<Options>,
    model: {
      name: model.name,
      vocabulary: model.vocabulary,
      version: typeof model.version === "number" ? model.version : null,
    },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(
      `attune.json is not JSON, or was cut off after ${json.length} characters. Choose the file as it lies in an exported folder.`,
    );
  }
}

/** The bundled model to choose, if it is the one, and what to say of it. */
export function modelFor(
  { name, model }: FormerRun,
  models: BundledModel[],
): { choose: string | null; sentence: string } {
  const pieces = (count: number) => count.toLocaleString("en");
  const present = models.find(
    (each) => each.vocabulary !== undefined && each.name === model.name,
  );
  if (!present)
    return {
      choose: null,
      sentence: `The options and the seed of ${name} are set. It was fine-tuned from ${model.name} (${pieces(model.vocabulary)} word pieces), which is not one of Attune's models: drop that model's folder before training. To use the run's weights, drop the whole exported folder.`,
    };
  const version = model.version ?? 0;
  const isSame =
    present.vocabulary === model.vocabulary &&
    (model.version === null || model.version === present.version);
  return isSame
    ? {
        choose: present.name,
        sentence: `The options, the seed and the model (${present.name}) of ${name} are set. With its data, Train repeats it.`,
      }
    : {
        choose: null,
        sentence: `This run was fine-tuned from ${model.name} version ${version} (${pieces(model.vocabulary)} word pieces). Attune now carries version ${present.version ?? 0} (${pieces(present.vocabulary!)}): repeating it gives other figures. To use its weights, drop the whole exported folder.`,
      };
}
