// Which model learns, how much of it, and where it runs.

import {
  lacksModel,
  useStudio,
  type DeviceReport,
  type Options,
  type RunOn,
} from "../../studio";
import { asText } from "../../say";
import { FormerLabels } from "./FormerLabels";
import { compact, many } from "../controls/numbers";
import {
  Disclosure,
  NumberField,
  PanelHeading,
  SelectField,
} from "../controls/controls";
import { ModelSuggestion } from "./ModelSuggestion";
import "./ModelPanel.css";
import { bytes } from "../controls/numbers";

const modes: { value: Options["fineTune"]; label: string }[] = [
  { value: "all layers", label: "all layers" },
  { value: "top layers", label: "top layers" },
  { value: "head only", label: "head only" },
];

const modeNotes: Record<Options["fineTune"], string> = {
  "all layers": "Every weight learns: the best scores, the most work.",
  "top layers":
    "The layers nearest the answer learn; those below stay as they are.",
  "head only":
    "The encoder stays fixed and reads each text once; only the classifier learns, in moments.",
};

export function ModelPanel({ locked }: { locked: boolean }) {
  const models = useStudio((s) => s.models);
  const modelName = useStudio((s) => s.modelName);
  const setModel = useStudio((s) => s.setModel);
  const options = useStudio((s) => s.options);
  const problems = useStudio((s) => s.optionProblems);
  const setOption = useStudio((s) => s.setOption);
  const model = useStudio((s) => s.model);
  return (
    <section aria-label="Model" className="panel model">
      <PanelHeading number={2} aside={<FolderButton locked={locked} />}>
        Model
      </PanelHeading>
      <div className="pair">
        <div className="whole">
          <SelectField
            label="Model"
            value={modelName}
            options={models.map(({ name }) => ({ value: name, label: name }))}
            disabled={locked}
            onChange={(name) => void setModel(name)}
          />
          <ModelFacts />
          <ModelSuggestion locked={locked} />
        </div>
        <SelectField
          label="Fine-tune"
          explain={
            <dl>
              {modes.map(({ value }) => (
                <div key={value}>
                  <dt>{value}</dt>
                  <dd>{modeNotes[value]}</dd>
                </div>
              ))}
            </dl>
          }
          value={options.fineTune}
          options={modes}
          disabled={locked}
          onChange={(mode) => setOption("fineTune", mode)}
        />
        {options.fineTune === "top layers" ? (
          <NumberField
            label="Top layers"
            explain="How many of the uppermost layers learn, besides the pooler and the classifier."
            value={options.topLayers}
            least={1}
            most={model?.layers ?? 48}
            step={1}
            problem={asText(problems.topLayers)}
            disabled={locked}
            onChange={(value) => setOption("topLayers", value)}
          />
        ) : (
          <Task locked={locked} />
        )}
        {options.fineTune === "top layers" && <Task locked={locked} />}
        <RunOnField locked={locked} />
      </div>
    </section>
  );
}

function Task({ locked }: { locked: boolean }) {
  const task = useStudio((s) => s.options.task);
  const setOption = useStudio((s) => s.setOption);
  return (
    <SelectField
      label="Task"
      explain="One label for each text, or for each pair of texts where a second text column is chosen."
      value={task}
      options={[{ value: task, label: task }]}
      disabled={locked}
      onChange={(value) => setOption("task", value)}
    />
  );
}

function ModelFacts() {
  const model = useStudio((s) => s.model);
  const waiting = useStudio((s) => s.waiting.model);
  const lacks = useStudio(lacksModel);
  const loadModel = useStudio((s) => s.loadModel);
  if (lacks)
    return (
      <p className="note model-facts">
        Not loaded.{" "}
        <button
          type="button"
          className="button quiet small"
          onClick={() => void loadModel()}
        >
          Load it again
        </button>
      </p>
    );
  if (!model || waiting)
    return (
      <p className="note model-facts">{asText(waiting) ?? "Not loaded yet."}</p>
    );
  return (
    <>
      <p className="note model-facts">
        {compact(model.parameters)} parameters · {model.layers}{" "}
        {model.layers === 1 ? "layer" : "layers"} · {bytes(model.bytes)}
      </p>
      <FormerLabels />
      {model.notes.length > 0 && (
        <Disclosure
          summary={`${many(model.notes.length, "note")} about this model`}
        >
          <ul className="findings">
            {model.notes.map((note) => (
              <li key={asText(note)}>{asText(note)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

function FolderButton({ locked }: { locked: boolean }) {
  const dropModelFolder = useStudio((s) => s.dropModelFolder);
  return (
    <label
      className="button quiet small"
      aria-disabled={locked || undefined}
      title="A folder with config.json, tokenizer.json or vocab.txt, and model.safetensors"
    >
      Open a folder
      <input
        type="file"
        // Chooses folders; React passes unknown lower-case attributes through.
        {...{ webkitdirectory: "" }}
        disabled={locked}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) void dropModelFolder(files);
        }}
      />
    </label>
  );
}

function RunOnField({ locked }: { locked: boolean }) {
  const runOn = useStudio((s) => s.runOn);
  const device = useStudio((s) => s.device);
  const setRunOn = useStudio((s) => s.setRunOn);
  const waiting = useStudio((s) => s.waiting.device);
  return (
    <div className="whole">
      <SelectField<RunOn>
        label="Run on"
        explain={<Executors device={device} />}
        value={runOn}
        options={runOnOptions(device, runOn)}
        disabled={locked}
        onChange={(name) => void setRunOn(name)}
        note={asText(waiting ?? device?.reason)}
      />
    </div>
  );
}

function runOnOptions(device: DeviceReport | null, runOn: RunOn) {
  if (!device) return [{ value: runOn, label: runOn }];
  const auto = { value: "auto" as RunOn, label: `auto (${device.chosen})` };
  const each = device.executors
    .filter(({ available, name }) => available || name === runOn)
    .map(({ name, probeMs, detail }) => ({
      value: name as RunOn,
      label:
        probeMs === null
          ? `${name} (${detail || "not measured"})`
          : `${name} (${milliseconds(probeMs)})`,
    }));
  return [auto, ...each];
}

export const milliseconds = (ms: number) =>
  `${ms < 10 ? ms.toFixed(1) : Math.round(ms)}\u202fms/step`;

/** Every executor with what is known of it, those that cannot be had included. */
function Executors({ device }: { device: DeviceReport | null }) {
  if (!device) return <p>Being measured.</p>;
  return (
    <>
      <p>
        Each was measured with the same small training step, and the fastest is
        taken.
        {device.isolated
          ? ""
          : " This site does not send COOP and COEP headers, so the CPU works on one thread."}
      </p>
      <dl>
        {device.executors.map(({ name, detail, probeMs, problem }) => (
          <div key={name}>
            <dt>
              {name}
              {detail && `, ${detail}`}
            </dt>
            <dd>
              {probeMs === null ? "" : `${milliseconds(probeMs)}. `}
              {asText(problem)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
