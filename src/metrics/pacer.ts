// The page's one pacer: who draws when while figures arrive faster than they can
// be read. What is asked for is drawn in rounds, all in one frame where it fits,
// because a frame has a price of its own in layout, painting and compositing, and
// the processor that draws may be the one that trains. The surprise: a drawing
// must be done when its function returns (`flushSync`), or its cost is not seen.

/** Milliseconds: figures that change faster cannot be read; curves still look alive. */
const readable = 200;
/** Milliseconds of drawing after which a frame takes no more. */
const enough = 8;
/** Drawing takes at most one part in so many of the time. */
const parts = 3;

export class Pacer {
  private readonly asked = new Set<() => void>();
  /** What is left of the round being drawn. */
  private readonly round = new Set<() => void>();
  private waiting = false;
  private roundBegan = -Infinity;
  private notBefore = -Infinity;

  constructor(private readonly frame: (run: () => void) => void = nextFrame) {}

  /** Draws once in the next round, however often it was asked for. */
  draw(drawing: () => void): void {
    this.asked.add(drawing);
    this.wait();
  }

  /** Nothing that was asked for before is drawn. */
  forget(drawing: () => void): void {
    this.asked.delete(drawing);
    this.round.delete(drawing);
  }

  private wait(): void {
    if (this.waiting || this.asked.size + this.round.size === 0) return;
    this.waiting = true;
    const from =
      this.round.size > 0
        ? this.notBefore
        : Math.max(this.notBefore, this.roundBegan + readable);
    const early = from - performance.now();
    // Apart from this object: the browser's own function refuses another's `this`.
    const { frame, go } = this;
    if (early > 0) setTimeout(() => frame(go), early);
    else frame(go);
  }

  private readonly go = (): void => {
    const began = performance.now();
    if (this.round.size === 0) {
      this.roundBegan = began;
      for (const drawing of this.asked) this.round.add(drawing);
      this.asked.clear();
    }
    let cost = 0;
    try {
      for (const drawing of this.round) {
        this.round.delete(drawing);
        drawing();
        cost = performance.now() - began;
        if (cost > enough) break;
      }
    } finally {
      this.notBefore = began + parts * cost;
      this.waiting = false;
      this.wait();
    }
  };
}

/** The next frame, or soon where the tab is hidden and has no frames. */
export function nextFrame(run: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, 500);
}
