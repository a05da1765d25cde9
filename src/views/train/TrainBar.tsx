// Train, Pause, Resume, Stop, always in one place, with one sentence on what is
// going on and how far it is.

import { useEffect, useRef, useState } from "react";
import { say } from "../../say";
import { isBusy, useStudio, type Phase, type Studio } from "../../studio";
import { clock, duration } from "../controls/duration";
import { whole } from "../controls/numbers";
import { statusSentence, whyNot } from "./status";
import "./TrainBar.css";

export function TrainBar() {
  const phase = useStudio((s) => s.phase);
  return (
    <div className="train-bar" role="group" aria-label={say("train.name")}>
      <Buttons phase={phase} />
      <div className="train-words">
        <p role="status" aria-label={say("status.name")}>
          <StatusSentence />
        </p>
        <Figures />
      </div>
      <ProgressBar />
    </div>
  );
}

function Buttons({ phase }: { phase: Phase }) {
  const train = useStudio((s) => s.train);
  const pause = useStudio((s) => s.pause);
  const resume = useStudio((s) => s.resume);
  const stop = useStudio((s) => s.stop);
  const blocked = useStudio(whyNot);
  const box = useRef<HTMLDivElement>(null);
  const running = phase === "training" || phase === "loading";

  // The pressed button is replaced by its opposite: focus goes on with it.
  const focused = useRef(false);
  useEffect(() => {
    if (!focused.current) return;
    focused.current = false;
    if (box.current?.contains(document.activeElement)) return;
    box.current?.querySelector<HTMLElement>("button")?.focus();
  }, [phase]);
  const press = (action: () => void) => () => {
    focused.current = true;
    action();
  };

  return (
    <div className="train-buttons" ref={box}>
      {running || phase === "paused" ? (
        <>
          {phase === "paused" ? (
            <button
              type="button"
              className="button primary"
              onClick={press(resume)}
            >
              {say("train.resume")}
            </button>
          ) : (
            <button
              type="button"
              className="button"
              // Keeps the focus it got from Train: not `disabled`.
              aria-disabled={phase === "loading"}
              onClick={press(pause)}
            >
              {say("train.pause")}
            </button>
          )}
          <button type="button" className="button" onClick={press(stop)}>
            {say("train.stop")}
          </button>
        </>
      ) : (
        <button
          type="button"
          className="button primary train"
          disabled={blocked !== null}
          title={blocked ?? undefined}
          onClick={press(() => void train())}
        >
          {say("train.train")}
        </button>
      )}
    </div>
  );
}

/**
 * Changes rarely enough to be read aloud: stages and quarters of the run, never
 * steps; an epoch may take no more than a moment.
 */
function StatusSentence() {
  const sentence = useStudio(statusSentence);
  const evaluates = useStudio(
    ({ phase, stage }) => phase === "training" && stage?.stage === "evaluating",
  );
  const quarters = useStudio(quartersDone);
  if (useLasting(evaluates, 1500)) return <>{say("status.measuring")}</>;
  return (
    <>
      {sentence}
      {quarters > 0 && (
        <span className="unseen">
          {" "}
          {say("status.share done", { percent: quarters * 25 })}
        </span>
      )}
    </>
  );
}

function quartersDone(studio: Studio): number {
  const share = studio.phase === "training" ? progressOf(studio) : null;
  return Math.floor(4 * (share ?? 0));
}

/** Whether something has been so for at least so long. */
function useLasting(is: boolean, milliseconds: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [is, milliseconds]);
  return is && lasts;
}

/** Fast numbers, for the eye only: the status says the same in longer breaths. */
function Figures() {
  const phase = useStudio((s) => s.phase);
  const step = useStudio((s) => s.step);
  const stage = useStudio((s) => s.stage);
  const summary = useStudio((s) => s.run?.summary ?? null);
  const epochs = useStudio((s) => s.options.epochs);
  if (phase === "trained" && summary)
    return (
      <p className="train-figures">
        {[
          duration(summary.seconds),
          summary.executor,
          say("train.kept step", { step: summary.bestStep }),
          ...(summary.step === summary.bestStep
            ? []
            : [say("train.last step", { step: summary.step })]),
        ].join(" · ")}
      </p>
    );
  if (phase === "loading" && stage && stage.total > 0)
    return (
      <p className="train-figures">
        {say("train.done of", { done: stage.done, total: stage.total })}
      </p>
    );
  if (!step || (phase !== "training" && phase !== "paused"))
    return <p className="train-figures" />;
  return (
    <p className="train-figures">
      {say("train.step", { step: padded(step.step, step.steps) })}
      <span className="epoch">
        {" · "}
        {say("train.epoch", {
          epoch: padded(
            Math.max(1, Math.min(epochs, Math.ceil(step.epoch))),
            epochs,
          ),
        })}
      </span>
      {" · "}
      {say("train.time left", { time: clock(step.secondsLeft) })}
    </p>
  );
}

/** "84/270" in the width of "270/270", so that nothing moves while it counts. */
function padded(count: number, of: number): string {
  const all = whole(of);
  return `${whole(count).padStart(all.length, "\u2007")}/${all}`;
}

/** 0–1, or null while there is nothing to be far in. */
export function progressOf(studio: Studio): number | null {
  const { phase, step, stage } = studio;
  if (phase === "trained") return 1;
  if (!isBusy(studio)) return null;
  if (step) return step.step / step.steps;
  return stage && phase === "loading" && stage.total > 0 ? 0 : null;
}

function ProgressBar() {
  const phase = useStudio((s) => s.phase);
  const share = useStudio(progressOf);
  const waits = phase === "loading";
  const hidden = !["loading", "training", "paused", "trained"].includes(phase);
  const percent = share === null ? 0 : Math.floor(share * 100);
  return (
    <div
      className="progress"
      data-waits={waits || undefined}
      data-done={phase === "trained" || undefined}
      {...(hidden
        ? { "aria-hidden": true }
        : {
            role: "progressbar",
            "aria-label": say("train.progress"),
            "aria-valuemin": 0,
            "aria-valuemax": 100,
            "aria-valuenow": waits ? undefined : percent,
          })}
    >
      <i style={{ transform: `scaleX(${share ?? 0})` }} />
    </div>
  );
}
