// Lists and tables of any length: beyond 40 rows only those in sight are in the
// document.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

/** More labels than this, and a view shows a part or a summary. */
export const manyLabels = 40;

/** `height` is what the scrolling box will about have. */
export function useRows(count: number, rowHeight: number, height: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: count <= manyLabels ? manyLabels : 8,
    initialRect: { width: 300, height },
  });
  const items = virtual.getVirtualItems();
  return {
    scroller,
    indices: items.map(({ index }) => index),
    /** Pixels of the rows out of sight. */
    before: items[0]?.start ?? 0,
    after: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}
