/**
 * Gathers what is to be shown and runs it all in one frame, at most one frame in
 * `apart` milliseconds. The processor that draws may be the one that trains, and
 * a frame has a price of its own, however little changes in it.
 */
export function rounds(
  nextFrame: (run: () => void) => void,
  apart: number,
): (run: () => void) => void {
  const waiting = new Set<() => void>();
  let last = -Infinity;
  const frame = () =>
    nextFrame(() => {
      last = performance.now();
      const all = [...waiting];
      waiting.clear();
      for (const run of all) run();
    });
  return (run) => {
    waiting.add(run);
    if (waiting.size > 1) return;
    const early = last + apart - performance.now();
    if (early > 0) setTimeout(frame, early);
    else frame();
  };
}
