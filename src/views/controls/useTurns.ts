import { startTransition, useEffect, useState } from "react";

/**
 * 0, 1, … `last`, each after a frame that showed the one before: what is mounted
 * turn by turn is also styled, laid out and painted turn by turn. A deferred
 * render alone may be done before the first frame, and then one frame does it all.
 */
export function useTurns(last: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn >= last) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setTurn(turn + 1)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [turn, last]);
  return turn;
}
