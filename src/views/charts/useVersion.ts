import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { History } from "../../metrics";

/**
 * The history's version that this component should show now; -1 until it may
 * draw for the first time.
 */
export function useVersion(history: History): number {
  const [version, setVersion] = useState(-1);
  useEffect(() => {
    const draw = () => {
      // A hidden tab goes on with its title only.
      if (document.hidden) return;
      // Rendered here and now, so that the pacer knows its cost.
      flushSync(() => setVersion(history.version()));
    };
    let stop = history.subscribe(draw);
    const onShown = () => {
      if (document.hidden) return;
      stop();
      stop = history.subscribe(draw);
    };
    document.addEventListener("visibilitychange", onShown);
    return () => {
      document.removeEventListener("visibilitychange", onShown);
      stop();
    };
  }, [history]);
  return version;
}
