// What goes in: the files, which column is what, how many of each label, and
// everything that was odd about them.

import { useState } from "react";
import { asText, say, type Code } from "../../say";
import {
  isUnsaved,
  useStudio,
  type Check,
  type FileRole,
  type LabelOverview,
  type TableView,
} from "../../studio";
import { Disclosure, Explain, PanelHeading } from "../controls/controls";
import "./DataPanel.css";
import { FileSettings } from "./FileSettings";
import { bytes, metricFigure } from "../controls/numbers";
import { PreviewTable } from "./PreviewPanel";
import { Say } from "../controls/Said";
import { Labels, RowsUsed } from "./RowsAndLabels";
import { ScoreSpread } from "./ScoreSpread";
import { TaskAndColumns } from "./TaskAndColumns";
import { judgedBy, type Metrics } from "../../task";
import { said } from "../../said";
import { SampleMenu } from "./SampleMenu";
import { UploadButton } from "./UploadButton";

export function DataPanel({
  locked,
  withPreview,
}: {
  locked: boolean;
  /** False while the preview stands beside this column. */
  withPreview: boolean;
}) {
  const table = useStudio((s) => s.table);
  const overview = useStudio((s) => s.overview);
  const waiting = useStudio((s) => s.waiting.data);
  if (!table) return null;
  return (
    <section
      aria-label={say("data.name")}
      className="panel data"
      aria-busy={!!waiting}
    >
      <PanelHeading number={1} aside={<StartOver locked={locked} />}>
        {say("data.name")}
      </PanelHeading>
      <Files table={table} locked={locked} />
      <TaskAndColumns table={table} locked={locked} />
      {overview && <RowsUsed overview={overview} />}
      {overview?.scores ? (
        <ScoreSpread scores={overview.scores} />
      ) : overview && overview.labels.length > 0 ? (
        <Labels overview={overview} />
      ) : (
        waiting && <p className="note">{asText(waiting)}</p>
      )}
      {overview && (overview.scores || overview.labels.length > 1) && (
        <ToBeat />
      )}
      <Checks table={table} overview={overview} />
      {withPreview && (
        <Disclosure summary={say("preview.name")}>
          <PreviewTable table={table} rows={20} />
        </Disclosure>
      )}
      <div className="data-more">
        <UploadButton className="button small" disabled={locked} />
        <SampleMenu className="button small" disabled={locked} />
      </div>
    </section>
  );
}

/** Asks again, in place, where a model that was not exported would be lost. */
function StartOver({ locked }: { locked: boolean }) {
  const startOver = useStudio((s) => s.startOver);
  const trained = useStudio(isUnsaved);
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      className={asked ? "button small" : "button quiet small"}
      disabled={locked}
      onBlur={() => setAsked(false)}
      onClick={() => (trained && !asked ? setAsked(true) : startOver())}
    >
      {asked ? say("data.discard model") : say("data.start over")}
    </button>
  );
}

const roles: { value: FileRole; label: Code }[] = [
  { value: "train", label: "data.role train" },
  { value: "validation", label: "data.role validation" },
  { value: "test", label: "data.role test" },
];

function Files({ table, locked }: { table: TableView; locked: boolean }) {
  const setRole = useStudio((s) => s.setRole);
  const several = table.files.length > 1;
  return (
    <ul className="files">
      {table.files.map((file) => (
        <li key={file.name}>
          <span className="file-name" dir="auto" title={file.name}>
            {file.name}
          </span>
          <span className="file-rows">
            {say("data.rows", { rows: file.rows })}
          </span>
          <span className="file-facts">
            {file.format.toUpperCase()} · {file.encoding} · {bytes(file.bytes)}
          </span>
          {several && (
            <select
              className="file-role"
              aria-label={say("data.part of", { file: file.name })}
              value={file.role}
              disabled={locked}
              onChange={(event) =>
                void setRole(file.name, event.target.value as FileRole)
              }
            >
              {roles.map(({ value, label }) => (
                <option key={value} value={value}>
                  {say(label)}
                </option>
              ))}
            </select>
          )}
          <FileSettings file={file} locked={locked} />
        </li>
      ))}
    </ul>
  );
}

/** What a score means here, before there is one. */
function ToBeat() {
  const baselines = useStudio((s) => s.baselines);
  const task = useStudio((s) => s.mapping?.task ?? "one label");
  const judge = judgedBy(task);
  // What it must beat is counted on the model's word pieces, while it is judged.
  if (task === "masked words") return null;
  const reached = (baseline?: Metrics) => (
    <b>{baseline ? metricFigure(judge, baseline[judge] ?? 0) : "…"}</b>
  );
  return (
    <div className="to-beat">
      <span>
        {say("data.to beat figure", { metric: said(`metric.${judge} short`) })}
        <Explain about={say("data.to beat")}>{say(`to beat.${task}`)}</Explain>
      </span>
      <span>
        <Say
          code="data.baseline"
          values={{
            name: say(`learned.${task}`),
            score: reached(baselines?.bagOfWords),
          }}
        />
      </span>
      <span>
        <Say
          code="data.baseline"
          values={{
            name: say(`baseline.${task}`),
            score: reached(baselines?.majority),
          }}
        />
      </span>
    </div>
  );
}

function Checks({
  table,
  overview,
}: {
  table: TableView;
  overview: LabelOverview | null;
}) {
  const advice = useStudio((s) => s.advice);
  const fromFiles: Check[] = table.files.flatMap(({ problems }) =>
    problems.map((message) => ({ level: "info" as const, message })),
  );
  const seen: Check[] = table.files.flatMap(({ warnings }) =>
    warnings.map((message) => ({ level: "warning" as const, message })),
  );
  const found = [...seen, ...(overview?.checks ?? []), ...advice];
  // What the data has in other languages is said with what the model makes of it.
  const advised = advice.some(({ about }) => about === "language");
  const open = ({ level, visible, about }: Check) =>
    level !== "info" || (visible && !(advised && about === "language"));
  const serious = found.filter(open);
  const quiet = [...found.filter((check) => !open(check)), ...fromFiles];
  return (
    <div className="checks">
      {serious.map((check) => (
        <p
          key={asText(check.message)}
          className={`check ${check.level}`}
          role={check.level === "error" ? "alert" : undefined}
        >
          <b className="unseen">
            {check.level === "error"
              ? say("data.problem")
              : say("data.note")}{" "}
          </b>
          {asText(check.message)}
        </p>
      ))}
      {quiet.length > 0 && (
        <Disclosure summary={say("data.findings", { findings: quiet.length })}>
          <ul className="findings">
            {quiet.map(({ message }) => (
              <li key={asText(message)}>{asText(message)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
