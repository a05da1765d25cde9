// A class by its colour and name. A name that is cut can be reached by Tab and
// then stands there whole, as it does in a tip for the mouse.

import { useLayoutEffect, useRef, useState } from "react";
import { classColour } from "./classColour";
import "./ClassName.css";

export function ClassName({
  label,
  index,
  stops = true,
}: {
  label: string;
  index: number;
  /** False where another control of its row shows it whole. */
  stops?: boolean;
}) {
  const name = useRef<HTMLElement>(null);
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = name.current;
    if (!element || !stops) return;
    const observer = new ResizeObserver(() => {
      // While it has the focus it is whole, and must stay a place to be.
      if (document.activeElement !== element)
        setCut(element.scrollWidth > element.clientWidth);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [stops, label]);
  return (
    <span className="class-name" title={label}>
      <i style={{ background: classColour(index) }} />
      <bdi ref={name} tabIndex={cut ? 0 : undefined}>
        {label}
      </bdi>
    </span>
  );
}
