// The studio's one store: the phase a person is in, everything the page shows,
// and the actions that change it. Nothing visual. The surprise: step events do
// not pass through here one by one; they go to `metrics.ts`, and the store's
// `step` follows at most once per animation frame.

import { createContext, useContext } from "react";
import { useStore, type StoreApi } from "zustand";
import type { Studio } from "./studio/state";

export type * from "./studio/state";

/** Set once by main.tsx; tests provide their own. */
export const StudioContext = createContext<StoreApi<Studio> | null>(null);

/** `useStudio((s) => s.phase)`: re-renders only when the selected value changes. */
export function useStudio<T>(select: (studio: Studio) => T): T {
  const store = useContext(StudioContext);
  if (!store) throw new Error("internal: no StudioContext around this view");
  return useStore(store, select);
}
