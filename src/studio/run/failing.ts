// A run that cannot go on: what to say, and what to do about it.

import { said } from "../../said";
import { type Context, tryAgain } from "../context";
import type { Notice, Remedy } from "../state";

/** `missing`: what could not be had for it. */
export function tellFailure(
  { get, settle, notify }: Context,
  error: unknown,
  missing: Notice["topic"] | null,
): void {
  const remedies: Remedy[] = [tryAgain(() => void get().train())];
  const { device } = get();
  const other = device?.executors.find(
    ({ name, available }) =>
      available && name !== device.chosen && name !== "cpu",
  );
  if (other && (missing === null || get().model !== null))
    remedies.push({
      label: said("remedy: run on", { executor: other.name }),
      act: () =>
        void get()
          .setRunOn(other.name)
          .then(() => get().train()),
    });
  // What the model or the device said already is said once, with what to do about the run.
  if (missing) settle(missing, "error");
  notify("run", "error", error, remedies);
}
