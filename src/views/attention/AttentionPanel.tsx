// Attention on a sentence the person pins, while the model learns: which layer,
// which head, at which moment.

import { useEffect, useId, useMemo, useRef, useState } from "react";
import { say } from "../../say";
import { useStudio, type AttentionCapture } from "../../studio";
import { attentionSquare } from "./attention";
import { AttentionMap, AttentionTable, AttentionWords } from "./AttentionMap";
import "./AttentionPanel.css";
import { PanelHeading } from "../controls/controls";
import { ShowAsTable } from "../controls/ShowAsTable";

export function AttentionPanel() {
  const latest = useStudio((studio) => studio.attention);
  const pinned = useStudio((studio) => studio.watchInput);
  const history = useStudio((studio) => studio.attentionHistory);
  const model = useStudio((studio) => studio.model);
  const id = useId();
  // A moment's step, or null to follow the latest.
  const [scrubbed, setScrubbed] = useState<number | null>(null);
  const moments = history.length > 0 ? history : latest ? [latest] : [];
  const at =
    scrubbed === null ? moments.length - 1 : nearestMoment(moments, scrubbed);
  // After a run the kept weights may be those of an earlier step.
  const capture = scrubbed === null ? (latest ?? moments[at]) : moments[at];

  return (
    <section className="panel attention" aria-label={say("attention.heading")}>
      <PanelHeading aside={<SentenceToWatch />}>
        {say("attention.heading")}
      </PanelHeading>
      {capture ? (
        <AttentionFigure
          capture={capture}
          isFormer={
            capture.input.text !== pinned?.text ||
            capture.input.textB !== pinned.textB
          }
        >
          <label className="scrub">
            <span id={`${id}-step`}>{say("attention.step")}</span>
            <input
              type="range"
              aria-labelledby={`${id}-step`}
              aria-valuetext={say("attention.moment", {
                step: capture.step,
                at: at + 1,
                count: moments.length,
              })}
              min={0}
              max={Math.max(1, moments.length - 1)}
              value={moments.length > 1 ? at : 1}
              disabled={moments.length < 2}
              onChange={(event) => {
                const to = Number(event.currentTarget.value);
                setScrubbed(
                  to === moments.length - 1 ? null : moments[to]!.step,
                );
              }}
            />
            <output>
              {capture.step}
              {scrubbed === null && moments.length > 1 && (
                <span className="quiet">
                  {" "}
                  {capture === moments.at(-1)
                    ? say("attention.latest")
                    : say("attention.kept")}
                </span>
              )}
            </output>
          </label>
        </AttentionFigure>
      ) : (
        <p className="empty">
          {model ? say("attention.no sentence") : say("attention.no model")}
        </p>
      )}
    </section>
  );
}

function nearestMoment(moments: AttentionCapture[], step: number): number {
  let best = 0;
  moments.forEach((moment, i) => {
    if (Math.abs(moment.step - step) < Math.abs(moments[best]!.step - step))
      best = i;
  });
  return best;
}

/** A capture, with everything that chooses what of it is seen. */
export function AttentionFigure({
  capture,
  isFormer = false,
  children,
}: {
  capture: AttentionCapture;
  /** Of the sentence before: the one asked for has not been looked at yet. */
  isFormer?: boolean;
  children?: React.ReactNode;
}) {
  const [layer, setLayer] = useState<number | null | "last">("last");
  const [head, setHead] = useState<number | null>(null);
  const [mergeWords, setMergeWords] = useState(true);
  const [hideSpecial, setHideSpecial] = useState(false);
  const [view, setView] = useState<"words" | "matrix">("words");
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const square = useMemo(
    () =>
      attentionSquare(capture, {
        layer:
          layer === "last" || (layer !== null && layer >= capture.layers)
            ? capture.layers - 1
            : layer,
        head: head !== null && head >= capture.heads ? null : head,
        mergeWords,
        hideSpecial,
      }),
    [capture, layer, head, mergeWords, hideSpecial],
  );
  const shownLayer = layer === "last" ? capture.layers - 1 : layer;
  return (
    <figure
      className={isFormer ? "attention-figure former" : "attention-figure"}
      aria-labelledby={`${id}-title`}
      aria-busy={isFormer}
    >
      <div className="choices">
        <figcaption id={`${id}-title`} className="unseen">
          {say("attention.map")}
        </figcaption>
        <label>
          {say("attention.layer")}{" "}
          <NumberSelect
            count={capture.layers}
            value={shownLayer}
            onChange={setLayer}
          />
        </label>
        <label>
          {say("attention.head")}{" "}
          <NumberSelect count={capture.heads} value={head} onChange={setHead} />
        </label>
        <div
          className="views"
          role="radiogroup"
          aria-label={say("attention.view")}
        >
          {(["words", "matrix"] as const).map((name) => (
            <label key={name}>
              <input
                type="radio"
                name={`${id}-view`}
                checked={view === name}
                onChange={() => setView(name)}
              />
              {name === "words"
                ? say("attention.as words")
                : say("attention.as matrix")}
            </label>
          ))}
        </div>
        <label className="tick">
          <input
            type="checkbox"
            checked={mergeWords}
            onChange={(event) => setMergeWords(event.currentTarget.checked)}
          />
          {say("attention.merge")}
        </label>
        <label className="tick">
          <input
            type="checkbox"
            checked={hideSpecial}
            onChange={(event) => setHideSpecial(event.currentTarget.checked)}
          />
          {say("attention.hide special")}
        </label>
        <ShowAsTable pressed={asTable} onPress={setAsTable} />
      </div>
      {asTable ? (
        <AttentionTable square={square} height={260} />
      ) : view === "words" ? (
        <AttentionWords square={square} />
      ) : (
        <AttentionMap square={square} maxHeight={520} />
      )}
      {children}
    </figure>
  );
}

/** The average, then 1 to `count`. */
function NumberSelect({
  count,
  value,
  onChange,
}: {
  count: number;
  value: number | null;
  onChange(value: number | null): void;
}) {
  return (
    <select
      value={value ?? "average"}
      onChange={({ currentTarget }) =>
        onChange(
          currentTarget.value === "average"
            ? null
            : Number(currentTarget.value),
        )
      }
    >
      <option value="average">{say("attention.average")}</option>
      {Array.from({ length: count }, (_, i) => (
        <option key={i} value={i}>
          {i + 1}
        </option>
      ))}
    </select>
  );
}

/** Pinned once typing pauses, so that the engine is not asked for every letter. */
function SentenceToWatch() {
  const pinned = useStudio((studio) => studio.watchInput);
  const watch = useStudio((studio) => studio.watch);
  const pairs = useStudio(
    (studio) => studio.run?.dataset.pairs ?? studio.mapping?.textB != null,
  );
  const [draft, setDraft] = useState<{ text: string; textB: string } | null>(
    null,
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = draft ?? {
    text: pinned?.text ?? "",
    textB: pinned?.textB ?? "",
  };
  const pin = (next: { text: string; textB: string }) => {
    clearTimeout(timer.current);
    setDraft(null);
    const textB = pairs && next.textB.trim() ? next.textB : null;
    const input = next.text.trim() ? { text: next.text, textB } : null;
    if (input?.text !== pinned?.text || input?.textB !== pinned?.textB)
      void watch(input);
  };
  const change = (part: Partial<typeof shown>) => {
    const next = { ...shown, ...part };
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => pin(next), 400);
  };
  const field = (name: string, part: "text" | "textB") => (
    <input
      type="text"
      dir="auto"
      aria-label={name}
      placeholder={
        part === "text"
          ? say("attention.sentence hint")
          : say("attention.second hint")
      }
      autoComplete="off"
      spellCheck={false}
      value={shown[part]}
      onChange={(event) => change({ [part]: event.currentTarget.value })}
      onKeyDown={(event) => event.key === "Enter" && pin(shown)}
    />
  );
  return (
    <div className="sentence">
      {field(say("attention.sentence"), "text")}
      {pairs && field(say("attention.second sentence"), "textB")}
    </div>
  );
}
