// Who may redraw when. Many charts share one history; they redraw together, in one
// frame where they fit, because a frame has a price of its own in layout, painting
// and compositing. Together they take at most a third of the time, so that the page
// stays awake however fast versions follow each other.

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { History } from "../../metrics";

/** Milliseconds of script after which a frame takes no more charts. */
const enough = 8;

const waiting = new Set<() => void>();
let asked = false;
let notBefore = 0;

function ask(): void {
  if (asked) return;
  asked = true;
  const early = notBefore - performance.now();
  if (early > 0) setTimeout(() => requestAnimationFrame(paint), early);
  else requestAnimationFrame(paint);
}

function paint(): void {
  asked = false;
  const began = performance.now();
  let cost = 0;
  for (const one of waiting) {
    waiting.delete(one);
    // Rendered here and now, so that its cost is known.
    flushSync(one);
    cost = performance.now() - began;
    if (cost > enough) break;
  }
  notBefore = began + 3 * cost;
  if (waiting.size > 0) ask();
}

/**
 * The history's version that this component should show now; -1 until it may
 * draw for the first time: that costs most, so it waits its turn as well.
 */
export function usePainting(history: History): number {
  const [version, setVersion] = useState(-1);
  useEffect(() => {
    const paint = () => setVersion(history.version());
    const enqueue = () => {
      waiting.add(paint);
      ask();
    };
    enqueue(); // What came between the render and this effect.
    const stop = history.subscribe(enqueue);
    return () => {
      stop();
      waiting.delete(paint);
    };
  }, [history]);
  return version;
}
