// What goes in: the files, which column is what, how many of each label, and
// everything that was odd about them.

import { useMemo, useState } from "react";
import { asText } from "../../say";
import { byName } from "../../data";
import {
  isUnsaved,
  useStudio,
  type Check,
  type FileRole,
  type LabelOverview,
  type TableView,
} from "../../studio";
import { classColour } from "../controls/classColour";
import {
  Disclosure,
  Explain,
  PanelHeading,
  SelectField,
} from "../controls/controls";
import "./DataPanel.css";
import { FileSettings } from "./FileSettings";
import { bytes, many, score, whole } from "../controls/numbers";
import { PreviewTable } from "./PreviewPanel";
import { RowList } from "../controls/RowList";
import { SampleMenu } from "./SampleMenu";
import { UploadButton } from "./UploadButton";

/** Labels shown before "show all". */
const labelsAtFirst = 8;

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
    <section aria-label="Data" className="panel data" aria-busy={!!waiting}>
      <PanelHeading number={1} aside={<StartOver locked={locked} />}>
        Data
      </PanelHeading>
      <Files table={table} locked={locked} />
      <Columns table={table} locked={locked} />
      {overview && <RowsUsed overview={overview} />}
      {overview && overview.labels.length > 0 ? (
        <Labels overview={overview} />
      ) : (
        waiting && <p className="note">{asText(waiting)}</p>
      )}
      {overview && overview.labels.length > 1 && <ToBeat />}
      <Checks table={table} overview={overview} />
      {withPreview && (
        <Disclosure summary="Preview">
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
      {asked ? "Discard the trained model" : "Start over"}
    </button>
  );
}

const roles: { value: FileRole; label: string }[] = [
  { value: "train", label: "train" },
  { value: "validation", label: "validation" },
  { value: "test", label: "test" },
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
          <span className="file-rows">{many(file.rows, "row")}</span>
          <span className="file-facts">
            {file.format.toUpperCase()} · {file.encoding} · {bytes(file.bytes)}
          </span>
          {several && (
            <select
              className="file-role"
              aria-label={`Part of ${file.name}`}
              value={file.role}
              disabled={locked}
              onChange={(event) =>
                void setRole(file.name, event.target.value as FileRole)
              }
            >
              {roles.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
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

function Columns({ table, locked }: { table: TableView; locked: boolean }) {
  const mapping = useStudio((s) => s.mapping);
  const setMapping = useStudio((s) => s.setMapping);
  if (!mapping) return null;
  const columns = table.columns.map((name) => ({ value: name, label: name }));
  const orNone = (name: string | null) => {
    const known = name !== null && table.columns.includes(name);
    return known ? columns : [{ value: "", label: "choose…" }, ...columns];
  };
  const present = (name: string | null) =>
    name !== null && table.columns.includes(name) ? name : "";
  return (
    <div className="columns">
      <SelectField
        label="Text column"
        value={present(mapping.text)}
        options={orNone(mapping.text)}
        disabled={locked}
        onChange={(text) => void setMapping({ text })}
      />
      <SelectField
        label="Label column"
        value={present(mapping.label)}
        options={orNone(mapping.label)}
        disabled={locked}
        onChange={(label) => void setMapping({ label })}
      />
      <SelectField
        label="Second text column"
        explain="For pairs: two texts that are judged together, such as a question and an answer."
        value={present(mapping.textB)}
        options={[{ value: "", label: "none" }, ...columns]}
        disabled={locked}
        onChange={(name) => void setMapping({ textB: name || null })}
      />
    </div>
  );
}

const reasons: Record<LabelOverview["setAside"][number]["reason"], string> = {
  "no text": "no text",
  "no label": "no label",
  "several labels": "several labels",
  rejected: "rejected or ignored when annotated",
  ragged: "do not fit the columns",
};

/** What is used and what is not, with the reasons one press away. */
function RowsUsed({ overview }: { overview: LabelOverview }) {
  const { labels, usable, setAside, parts } = overview;
  const aside = setAside.reduce((sum, { count }) => sum + count, 0);
  if (usable === 0 && aside === 0) return null;
  const rows = (count: number) =>
    `${whole(count)} ${count === 1 ? "row" : "rows"}`;
  const used = [
    `${rows(usable + parts.validation + parts.test)} used`,
    ...(aside > 0 ? [`${whole(aside)} set aside`] : []),
    `${whole(labels.length)} ${labels.length === 1 ? "label" : "labels"}`,
  ].join(" · ");
  const split =
    parts.validation + parts.test > 0 &&
    `${whole(parts.train)} to train, ${whole(parts.validation)} for validation, ${whole(parts.test)} for the test`;
  return (
    <div className="rows-used">
      {aside > 0 ? (
        <Disclosure summary={used}>
          <ul className="findings" aria-label="Rows set aside">
            {setAside.map(({ reason, count, where }) => (
              <li key={reason}>
                {rows(count)}: {reasons[reason]} ({where.join("; ")}
                {count > where.length ? "; …" : ""})
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : (
        <p className="labels-count">{used}</p>
      )}
      {split && <p className="labels-count">{split}</p>}
    </div>
  );
}

function Labels({ overview }: { overview: LabelOverview }) {
  const { labels } = overview;
  const most = labels[0]?.rows ?? 1;
  const order = useMemo(
    () =>
      new Map(
        labels
          .map(({ label }) => label)
          // As a dataset sorts them, so that a class keeps its colour.
          .sort(byName)
          .map((label, index) => [label, index]),
      ),
    [labels],
  );
  const [opened, setOpened] = useState(false);
  const bar = ({ label, rows }: (typeof labels)[number]) => (
    <>
      <span className="label-name" dir="auto" title={label}>
        {label}
      </span>
      <span className="label-bar" aria-hidden="true">
        <i
          style={{
            width: `${(100 * rows) / most}%`,
            background: classColour(order.get(label) ?? 0),
          }}
        />
      </span>
      <span className="label-rows">{whole(rows)}</span>
    </>
  );
  const first =
    labels.length > labelsAtFirst + 2 ? labels.slice(0, labelsAtFirst) : labels;
  const rest = labels.slice(first.length);
  return (
    <div className="labels">
      <ul aria-label="Labels">
        {first.map((each) => (
          <li key={each.label}>{bar(each)}</li>
        ))}
      </ul>
      {rest.length > 0 && (
        <Disclosure
          summary={`${many(rest.length, "more label")}`}
          onOpen={() => setOpened(true)}
        >
          {opened && (
            <RowList
              name="More labels"
              className="labels-rest"
              count={rest.length}
              rowHeight={24}
              height={260}
              item={(index) => bar(rest[index]!)}
            />
          )}
        </Disclosure>
      )}
    </div>
  );
}

/** What a score means here, before there is one. */
function ToBeat() {
  const baselines = useStudio((s) => s.baselines);
  return (
    <div className="to-beat">
      <span>
        To beat, macro-F1
        <Explain about="To beat">
          What two simple ways reach on the same validation rows: always
          answering the most frequent label (“majority”), and counting words
          with a logistic regression (“bag of words”). A model is worth its
          training when it does better.
        </Explain>
      </span>
      <span>
        bag of words{" "}
        <b>{baselines ? score(baselines.bagOfWords.macroF1) : "…"}</b>
      </span>
      <span>
        majority <b>{baselines ? score(baselines.majority.macroF1) : "…"}</b>
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
  const said = advice.some(({ about }) => about === "language");
  const open = ({ level, visible, about }: Check) =>
    level !== "info" || (visible && !(said && about === "language"));
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
            {check.level === "error" ? "Problem: " : "Note: "}
          </b>
          {asText(check.message)}
        </p>
      ))}
      {quiet.length > 0 && (
        <Disclosure summary={many(quiet.length, "finding")}>
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
