// A list that scrolls by itself and holds only the items in sight; each says
// which one it is.

import type { ReactNode } from "react";
import { say } from "../../say";
import { useRows } from "../data/rows";

export function RowList({
  name,
  className,
  count,
  rowHeight,
  height,
  item,
}: {
  name: string;
  className: string;
  count: number;
  rowHeight: number;
  /** At most; a shorter list is as high as it is. */
  height: number;
  /** What stands in the item, which has a key and its place from here. */
  item(index: number): ReactNode;
}) {
  const { scroller, indices, before, after } = useRows(
    count,
    rowHeight,
    height,
  );
  return (
    <div
      ref={scroller}
      style={{ maxHeight: height, overflow: "auto" }}
      tabIndex={0}
      role="group"
      aria-label={say("controls.scrolls", { name })}
    >
      <ol
        aria-label={name}
        className={className}
        style={{ paddingTop: before, paddingBottom: after }}
      >
        {indices.map((index) => (
          <li
            key={index}
            style={{ height: rowHeight }}
            aria-posinset={index + 1}
            aria-setsize={count}
          >
            {item(index)}
          </li>
        ))}
      </ol>
    </div>
  );
}
