// The mistakes of any task under their heading: how many there are, which of them
// are chosen, and what is said where there are none.

import type { ReactNode } from "react";
import { say } from "../../say";

/** `children`: the mistakes themselves, where there are any. */
export function MistakesBlock({
  evaluation: { mistakes, mistakeCount, count },
  chosen,
  onEvery,
  instead,
  children,
}: {
  evaluation: { mistakes: unknown[]; mistakeCount: number; count: number };
  /** What is shown of them, in words; null for all. */
  chosen: ReactNode;
  onEvery(): void;
  /** In place of any mistakes: the choice is of what is right. */
  instead?: string | false | null;
  children: ReactNode;
}) {
  return (
    <div className="block">
      <h3>
        {say("mistakes.heading")}
        <span className="note" role="status">
          {chosen !== null ? (
            <>
              {chosen}{" "}
              <button
                type="button"
                className="button quiet small"
                onClick={onEvery}
              >
                {say("mistakes.show every")}
              </button>
            </>
          ) : mistakeCount > mistakes.length ? (
            say("mistakes.the worst", {
              shown: mistakes.length,
              count: mistakeCount,
            })
          ) : (
            mistakeCount > 0 && say("mistakes.all", { count: mistakeCount })
          )}
        </span>
      </h3>
      {instead ? (
        <p className="empty">{instead}</p>
      ) : mistakeCount === 0 ? (
        <p className="empty">
          {say("mistakes.none")} {count >= 20 && say("mistakes.perfect")}
        </p>
      ) : (
        children
      )}
    </div>
  );
}
