import { useSyncExternalStore } from "react";

/** The step under the pointer or the keyboard cursor: one for all charts of a run. */
export class Cursor {
  private at: number | null = null;
  private readonly listeners = new Set<() => void>();

  step = (): number | null => this.at;

  move = (step: number | null): void => {
    if (step === this.at) return;
    this.at = step;
    for (const listener of this.listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export function useCursor(cursor: Cursor): number | null {
  return useSyncExternalStore(cursor.subscribe, cursor.step);
}
