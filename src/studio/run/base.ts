// A warm-up's model, among the models to start from.

import { said } from "../../said";
import type { Context } from "../context";
import type { machinePart } from "../machine";
import type { Run } from "../state";

/** Its files stay with the page: they outlive the engine, and no download is needed. */
export async function offerModel(
  { get, notify }: Context,
  machine: ReturnType<typeof machinePart>,
  run: Run,
): Promise<void> {
  try {
    const files = await machine.ask((engine) =>
      engine.call("baseModel", run.name),
    );
    const name = machine.addModel(
      run.name,
      files.map(({ name, bytes }) => new File([bytes], name)),
    );
    notify("model", "info", said("model from run", { name }), [
      {
        label: said("remedy: choose this model", { name }),
        act: () => void get().setModel(name),
      },
    ]);
  } catch (error) {
    notify("model", "error", error);
  }
}
