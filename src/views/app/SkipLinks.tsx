// The first stops of the Tab key: past some thirty controls to where one wants
// to be. And where the focus goes when the screen it was on is gone.

import { useEffect, useRef } from "react";
import { say } from "../../say";
import "./SkipLinks.css";

export function SkipLinks({ working }: { working: boolean }) {
  return (
    <nav className="skip-links" aria-label={say("skip.name")}>
      <button type="button" className="button" onClick={focusData}>
        {say("skip.to data")}
      </button>
      {working && (
        <button type="button" className="button" onClick={focusTrain}>
          {say("skip.to train")}
        </button>
      )}
    </nav>
  );
}

/**
 * What was pressed on the start screen goes with it, and so does `Start over`:
 * the focus goes on to the data, never back to the top of the page. A page that
 * has only been opened keeps its own order. Answers what the page's root tells
 * of every press.
 */
export function useFocusGoesOn(working: boolean): () => void {
  const pressed = useRef(false);
  useEffect(() => {
    if (!pressed.current) return;
    pressed.current = false;
    // A menu that closes gives the focus back a moment later, to nothing.
    const timer = setTimeout(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) focusData();
    }, 50);
    return () => clearTimeout(timer);
  }, [working]);
  return () => {
    pressed.current = true;
  };
}

function focusData(): void {
  focus(document.querySelector(".panel.data h2, .start h2"));
}

/** The bar itself where there is nothing to press yet: it says why. */
function focusTrain(): void {
  const bar = document.querySelector(".train-bar");
  focus(bar?.querySelector("button:enabled") ?? bar);
}

/** Where one goes on after a notice: the next one, else what starts a run, else the data. */
export function focusOn(): void {
  const notice = document.querySelector(".notice button");
  if (notice) focus(notice);
  else if (document.querySelector(".train-bar")) focusTrain();
  else focusData();
}

function focus(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
}
