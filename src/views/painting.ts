// Who may redraw when. Many charts share one history; were all to redraw on
// each of its versions, a frame would cost their sum. Here at most one redraws
// per animation frame, in turn, and together they take at most a third of the
// time, so that the page stays at the screen's rate however fast steps arrive.
// Without a script's work there is still painting: hence the pause in between.

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { History } from "../metrics";

/** Milliseconds between two redraws: five charts five times a second look alive. */
const apart = 40;

const waiting = new Set<() => void>();
let asked = false;
let notBefore = 0;

function ask(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(paintOne);
}

function paintOne(): void {
  asked = false;
  const started = performance.now();
  const [paint] = waiting;
  if (paint && started >= notBefore) {
    waiting.delete(paint);
    // Rendered here and now, so that its cost is known.
    flushSync(paint);
    const cost = performance.now() - started;
    notBefore = started + Math.max(apart, 3 * cost);
  }
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
