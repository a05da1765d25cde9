// attune.json without the weights beside it: what the run was set to, and which
// model it started from. Those before version 1 do not name a version.

import { Failure, said, type Said } from "../said";
import type { BundledModel, Options } from "./state";

export interface FormerRun {
  name: string | Said;
  options: Partial<Options>;
  model: { name: string; vocabulary: number; version: number | null };
}

/** Throws a failure for what is no attune.json. */
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
    throw new Failure("repeat: no run");
  return {
    name: typeof value.run === "string" ? value.run : said("repeat: the run"),
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
    throw new Failure("repeat: no json", { count: json.length });
  }
}

/** The bundled model to choose, if it is the one, and what to say of it. */
export function modelFor(
  { name, model }: FormerRun,
  models: BundledModel[],
): { choose: string | null; sentence: Said } {
  const present = models.find(
    (each) => each.vocabulary !== undefined && each.name === model.name,
  );
  if (!present)
    return {
      choose: null,
      sentence: said("repeat: other model", {
        run: name,
        model: model.name,
        pieces: model.vocabulary,
      }),
    };
  const version = model.version ?? 0;
  const isSame =
    present.vocabulary === model.vocabulary &&
    (model.version === null || model.version === present.version);
  return isSame
    ? {
        choose: present.name,
        sentence: said("repeat: set", { run: name, model: present.name }),
      }
    : {
        choose: null,
        sentence: said("repeat: other version", {
          model: model.name,
          version: String(version),
          pieces: model.vocabulary,
          present: String(present.version ?? 0),
          presentPieces: present.vocabulary!,
        }),
      };
}
