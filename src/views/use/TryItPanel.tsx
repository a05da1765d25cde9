// The model at work on what one types: probabilities as one types, and the words
// it looked at. Only the latest text counts; replies to former ones are dropped.

import { useEffect, useId, useRef, useState } from "react";
import { say } from "../../say";
import {
  answersFrom,
  useStudio,
  type Prediction,
  type Studio,
  type TextInput,
} from "../../studio";
import { Predictions } from "./Predictions";
import { attentionSquare } from "../attention/attention";
import { AttentionWords } from "../attention/AttentionMap";
import { PanelHeading } from "../controls/controls";
import { Say } from "../controls/Said";
import { ResultsOf } from "../evaluate/ResultsOf";
import "./TryItPanel.css";
import { useAnswer } from "./useAnswer";

/** Steps were made, so there are weights of this moment. */
function isLearning({ phase }: Studio): boolean {
  return phase === "training" || phase === "paused";
}

function answerLabels(studio: Studio): string[] | null | undefined {
  return answersFrom(studio) === "model"
    ? studio.model?.labels
    : studio.run?.dataset.labels;
}

/** What a loaded classifier reads it does not say itself: its run may, or else the data. */
function answersPairs(studio: Studio): boolean {
  const { model, mapping, run } = studio;
  return answersFrom(studio) === "model"
    ? (model?.former?.pairs ?? typeof mapping?.textB === "string")
    : (run?.dataset.pairs ?? false);
}

function answersRoles(studio: Studio): boolean {
  const { model, run } = studio;
  return (
    (answersFrom(studio) === "model" ? model?.task : run?.dataset.task) ===
    "roles"
  );
}

function nothingKnown({ pieces, unknown }: Prediction): boolean {
  return unknown === pieces;
}

function tokensRead({ tokens, unknown }: Prediction): string {
  return unknown > 0
    ? say("try.tokens and unknown", { count: tokens, unknown })
    : say("try.tokens", { count: tokens });
}

export function TryItPanel() {
  const run = useStudio((studio) => studio.run);
  const isTraining = useStudio(isLearning);
  const from = useStudio(answersFrom);
  const model = useStudio((studio) => studio.model);
  const asLoaded = from === "model" ? model : null;
  return (
    <section className="panel try-it" aria-label={say("try.heading")}>
      <PanelHeading
        aside={
          isTraining ? (
            <span className="note">{say("try.learning")}</span>
          ) : (
            asLoaded && (
              <span className="note">
                <Say
                  code="try.as loaded"
                  values={{ model: <bdi>{asLoaded.name}</bdi> }}
                />
              </span>
            )
          )
        }
      >
        {say("try.heading")}
      </PanelHeading>
      {!asLoaded && <ResultsOf />}
      {/* Another run or model has other labels: nothing of the former one may stay. */}
      <TryIt key={asLoaded ? `model ${asLoaded.name}` : (run?.id ?? "none")} />
    </section>
  );
}

function TryIt() {
  const labels = useStudio(answerLabels) ?? [];
  const pairs = useStudio(answersPairs);
  const roles = useStudio(answersRoles);
  const usable = useStudio((studio) => answersFrom(studio) !== null);
  const maxTokens = useStudio((studio) =>
    answersFrom(studio) === "model" ? undefined : studio.run?.options.maxTokens,
  );
  const [text, setText] = useState("");
  const [textB, setTextB] = useState("");
  const { answer, problem, busy, ask, forget } = useAnswer();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  useEffect(() => () => clearTimeout(timer.current), []);

  const isReady =
    usable && text.trim() !== "" && (!pairs || textB.trim() !== "");
  const input = (): TextInput => ({ text, textB: pairs ? textB : null });
  const now = () => {
    clearTimeout(timer.current);
    if (isReady) ask(input());
  };

  // Each change of the text, and the first moment there is a model, asks.
  useEffect(() => {
    clearTimeout(timer.current);
    if (!isReady) return forget();
    timer.current = setTimeout(
      () => ask({ text, textB: pairs ? textB : null }),
      150,
    );
  }, [text, textB, pairs, isReady, ask, forget]);

  const box = (
    name: string,
    hint: string,
    value: string,
    change: (value: string) => void,
  ) => (
    <textarea
      aria-label={name}
      rows={pairs ? 2 : 3}
      dir="auto"
      placeholder={hint}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        // Enter that ends a composition of Chinese or Japanese stays in the box.
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        if (event.shiftKey) return;
        event.preventDefault();
        now();
      }}
    />
  );

  return (
    <div className="try">
      <div className="ask">
        {box(say("try.text"), say("try.text hint"), text, setText)}
        {pairs &&
          box(
            say(roles ? "try.predicate" : "try.second text"),
            say(roles ? "try.predicate hint" : "try.second hint"),
            textB,
            setTextB,
          )}
        <div className="row">
          <button
            type="button"
            className="button"
            disabled={!isReady}
            aria-describedby={usable ? undefined : `${id}-why`}
            onClick={now}
          >
            {say("try.predict")}
          </button>
          <span className="note" id={`${id}-why`} role="status">
            {!usable
              ? say("try.no model")
              : problem
                ? null
                : answer?.prediction.truncated
                  ? say("try.cut", {
                      count: maxTokens ?? answer.prediction.tokens,
                    })
                  : answer
                    ? tokensRead(answer.prediction)
                    : say("try.keys")}
          </span>
        </div>
        {problem && (
          <p className="problem" role="alert">
            {say(problem)}
          </p>
        )}
      </div>
      <div className="reply" aria-busy={busy}>
        {answer && nothingKnown(answer.prediction) && (
          <p className="unread" role="status">
            {say("try.nothing known")}
          </p>
        )}
        {answer ? (
          <Predictions
            text={answer.input.text}
            predicate={roles ? answer.input.textB : null}
            labels={labels}
            prediction={answer.prediction}
          />
        ) : (
          <ol aria-label={say("try.predictions")} className="predictions" />
        )}
      </div>
      {answer?.attention && (
        <div className="looked">
          <h3>{say("try.where it looked")}</h3>
          <AttentionWords
            square={attentionSquare(answer.attention, {
              layer: answer.attention.layers - 1,
              head: null,
              mergeWords: true,
              hideSpecial: false,
            })}
          />
        </div>
      )}
    </div>
  );
}
