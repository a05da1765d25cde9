// The one screen: what goes in on the left, what happens and what it means on
// the right. Which panels stand there follows from the phase and the run.

import { useDeferredValue, useEffect, useRef, useState } from "react";
import {
  answersFrom,
  isBusy,
  isUnsaved,
  useStudio,
  type Studio,
} from "../../studio";
import { htmlLanguage, say } from "../../say";
import "./tokens.css";
import "./app.css";
import { AttentionPanel } from "../attention/AttentionPanel";
import { DataPanel } from "../data/DataPanel";
import { DropTarget } from "./DropTarget";
import { EvaluationPanel } from "../evaluate/EvaluationPanel";
import { ExportPanel } from "../use/ExportPanel";
import { Header } from "./Header";
import { ModelPanel } from "../train/ModelPanel";
import { Notices } from "./Notices";
import { OptionsPanel } from "../train/OptionsPanel";
import { judgedBy } from "../../task";
import { PreviewPanel } from "../data/PreviewPanel";
import { RunsPanel } from "../runs/RunsPanel";
import { SkipLinks, useFocusGoesOn } from "./SkipLinks";
import { StartScreen } from "./StartScreen";
import { openTheme } from "../controls/theme";
import { progressOf, TrainBar } from "../train/TrainBar";
import { scoreOfFew, statusSentence } from "../train/status";
import { TrainingPanel } from "../train/TrainingPanel";
import { TryItPanel } from "../use/TryItPanel";
import { FileInput } from "../data/UploadButton";
import { useTurns } from "../controls/useTurns";

interface Memory {
  remember(key: string, value: unknown): void;
  forget(key: string): void;
}

export function App({ memory }: { memory: Memory }) {
  const phase = useStudio((s) => s.phase);
  // All panels at once are more than a frame's work: deferred, React builds them
  // in slices and the page stays awake.
  const working = useDeferredValue(phase !== "empty");
  const onPress = useFocusGoesOn(working);
  const [theme] = useState(() =>
    openTheme(document.documentElement, (chosen) =>
      chosen === null
        ? memory.forget("theme")
        : memory.remember("theme", chosen),
    ),
  );
  return (
    <>
      <SkipLinks working={working} />
      <Header theme={theme} />
      <main data-phase={phase} onClick={onPress}>
        {working ? <Workbench /> : <Empty />}
      </main>
      <DropTarget />
      <FileInput />
      <TabTitle />
      <AskBeforeLeaving />
      <PageLanguage />
    </>
  );
}

function PageLanguage() {
  const language = useStudio((s) => s.language);
  useEffect(() => {
    document.documentElement.lang = htmlLanguage[language];
  }, [language]);
  return null;
}

function Empty() {
  const answers = useStudio((s) => answersFrom(s) === "model");
  return (
    <div className="empty-page">
      <Notices />
      <StartScreen />
      {answers && <TryItPanel />}
      <RunsPanel />
      <p className="unseen" role="status" aria-label={say("status.name")}>
        {useStudio(statusSentence)}
      </p>
    </div>
  );
}

function Workbench() {
  const locked = useStudio(isBusy);
  // The button answers at once; the panels follow in slices.
  const phase = useDeferredValue(useStudio((s) => s.phase));
  const hasRun = useDeferredValue(useStudio((s) => s.run !== null));
  const looking = phase === "mapping" || phase === "ready";
  const running = hasRun || phase === "loading";
  const answers = useDeferredValue(useStudio((s) => s.model?.answers ?? false));
  // The first picture of a large table must not hold the page: what is looked at
  // first comes first, the rest a frame at a time.
  const turn = useTurns(3);
  useEffect(() => {
    // In one column the charts are far below the button that starts them.
    if (phase === "loading" && matchMedia("(max-width: 899px)").matches)
      document.querySelector(".panel.training")?.scrollIntoView();
  }, [phase]);
  return (
    <div className="workbench">
      <Notices />
      <div className="controls">
        <DataPanel locked={locked} withPreview={!looking} />
        {turn >= 1 && <ModelPanel locked={locked} />}
        {turn >= 1 && <OptionsPanel locked={locked} />}
      </div>
      <div className="stage">
        <TrainBar />
        {looking && turn >= 2 && <PreviewPanel />}
        {running && <TrainingPanel />}
        {turn >= 3 && <AttentionPanel />}
        {(running || (answers && turn >= 3)) && (
          <div className="meaning">
            <EvaluationPanel />
            <div className="using">
              <TryItPanel />
              {running && <ExportPanel />}
            </div>
          </div>
        )}
        <RunsPanel />
      </div>
    </div>
  );
}

/** A tab in the background still tells how far the run is, once a second. */
function TabTitle() {
  const title = useStudio(tabTitle);
  const busy = useStudio(isBusy);
  const latest = useRef(title);
  useEffect(() => {
    latest.current = title;
    if (!busy) document.title = title;
  }, [busy, title]);
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(() => (document.title = latest.current), 1000);
    return () => clearInterval(timer);
  }, [busy]);
  return null;
}

function tabTitle(studio: Studio): string {
  const { phase, run } = studio;
  const share = progressOf(studio);
  if (phase === "failed") return "✕ Attune";
  if (phase === "trained")
    return run?.validation
      ? `✓ ${scoreOfFew(run, run.validation[judgedBy(run.dataset.task)] ?? 0)} · Attune`
      : "✓ Attune";
  if (share === null) return "Attune";
  const percent = `${Math.floor(share * 100)} %`;
  return `${phase === "paused" ? "⏸ " : ""}${percent} · Attune`;
}

function AskBeforeLeaving() {
  const loses = useStudio((studio) => isBusy(studio) || isUnsaved(studio));
  useEffect(() => {
    if (!loses) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [loses]);
  return null;
}
