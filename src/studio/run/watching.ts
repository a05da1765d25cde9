// The watched sentence: its latest capture, and the former ones for the `Step` slider.

import type { AttentionCapture } from "../../engine";
import type { Context } from "../context";
import type { machinePart } from "../machine";
import type { TextInput } from "../state";

/** Bytes of attention kept for the `Step` slider. */
const attentionBudget = 48 * 2 ** 20;

export function watching(
  { get, set, notify }: Context,
  machine: () => ReturnType<typeof machinePart>,
) {
  /** What is no longer watched is dropped. */
  function keep(capture: AttentionCapture): void {
    const watched = get().watchInput;
    if (!watched || !same(watched, capture.input)) return;
    const before = get().attentionHistory;
    // A capture of the kept weights may belong to an earlier step.
    const last = before.at(-1);
    const history =
      last && last.step >= capture.step ? before : thin([...before, capture]);
    set({ attention: capture, attentionHistory: history });
  }

  /** Captures the watched sentence now, where that says something. */
  async function capture(): Promise<void> {
    const { watchInput, phase, model } = get();
    if (!watchInput || !model || phase === "loading" || phase === "training")
      return;
    try {
      keep(
        await machine().ask((engine) => engine.call("attention", watchInput)),
      );
    } catch (error) {
      notify("advice", "warning", error);
    }
  }

  return {
    keep,
    capture,

    /** An engine that is about to train is told what the page watches already. */
    announce(): void {
      const { watchInput } = get();
      if (watchInput) machine().signal({ kind: "watch", input: watchInput });
    },

    async watch(input: TextInput | null): Promise<void> {
      set({ watchInput: input, attentionHistory: [] });
      if (!input) set({ attention: null });
      machine().signal({ kind: "watch", input });
      await capture();
    },
  };
}

const same = (a: TextInput, b: TextInput) =>
  a.text === b.text && (a.textB ?? "") === (b.textB ?? "");

/** Keeps first and last, and drops every other one between when they grow too large. */
function thin(captures: AttentionCapture[]): AttentionCapture[] {
  const bytes = captures.reduce((sum, c) => sum + c.weights.byteLength, 0);
  if (captures.length <= 240 && bytes <= attentionBudget) return captures;
  const last = captures.length - 1;
  return captures.filter((_, i) => i % 2 === 0 || i === last);
}
