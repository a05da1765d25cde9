// Which model learns, how much of it, and where it runs.

import {
  lacksModel,
  useStudio,
  type DeviceReport,
  type Options,
  type RunOn,
} from "../../studio";
import { asText, say, type Code } from "../../say";
import { FormerLabels } from "./FormerLabels";
import { Disclosure, PanelHeading, SelectField } from "../controls/controls";
import { ModelSuggestion } from "./ModelSuggestion";
import { OptionField } from "./OptionsPanel";
import "./ModelPanel.css";
import { bytes, compact } from "../controls/numbers";

const modes: { value: Options["fineTune"]; label: Code; note: Code }[] = [
  {
    value: "all layers",
    label: "fine-tune.all layers",
    note: "fine-tune.all layers explained",
  },
  {
    value: "top layers",
    label: "fine-tune.top layers",
    note: "fine-tune.top layers explained",
  },
  {
    value: "head only",
    label: "fine-tune.head only",
    note: "fine-tune.head only explained",
  },
];

export function ModelPanel({ locked }: { locked: boolean }) {
  const models = useStudio((s) => s.models);
  const modelName = useStudio((s) => s.modelName);
  const setModel = useStudio((s) => s.setModel);
  const options = useStudio((s) => s.options);
  const setOption = useStudio((s) => s.setOption);
  return (
    <section aria-label={say("model.name")} className="panel model">
      <PanelHeading number={2} aside={<FolderButton locked={locked} />}>
        {say("model.name")}
      </PanelHeading>
      <div className="pair">
        <div className="whole">
          <SelectField
            label={say("model.name")}
            value={modelName}
            options={models.map(({ name }) => ({ value: name, label: name }))}
            disabled={locked}
            onChange={(name) => void setModel(name)}
          />
          <ModelFacts />
          <ModelSuggestion locked={locked} />
        </div>
        <SelectField
          label={say("fine-tune.name")}
          explain={
            <dl>
              {modes.map(({ value, label, note }) => (
                <div key={value}>
                  <dt>{say(label)}</dt>
                  <dd>{say(note)}</dd>
                </div>
              ))}
            </dl>
          }
          value={options.fineTune}
          options={modes.map(({ value, label }) => ({
            value,
            label: say(label),
          }))}
          disabled={locked}
          onChange={(mode) => setOption("fineTune", mode)}
        />
        {options.fineTune === "top layers" && (
          <OptionField name="topLayers" locked={locked} />
        )}
        <RunOnField locked={locked} />
      </div>
    </section>
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
        {say("model.not loaded")}{" "}
        <button
          type="button"
          className="button quiet small"
          onClick={() => void loadModel()}
        >
          {say("model.load again")}
        </button>
      </p>
    );
  if (!model || waiting)
    return (
      <p className="note model-facts">
        {asText(waiting) ?? say("model.not loaded yet")}
      </p>
    );
  return (
    <>
      <p className="note model-facts">
        {say("model.facts", {
          parameters: compact(model.parameters),
          layers: model.layers,
          size: bytes(model.bytes),
        })}
      </p>
      <FormerLabels />
      {model.notes.length > 0 && (
        <Disclosure summary={say("model.notes", { notes: model.notes.length })}>
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
      title={say("model.folder")}
    >
      {say("model.open folder")}
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
        label={say("run on.name")}
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
  const auto = {
    value: "auto" as RunOn,
    label: say("run on.auto", { executor: device.chosen }),
  };
  const each = device.executors
    .filter(({ available, name }) => available || name === runOn)
    .map(({ name, probeMs, detail }) => ({
      value: name as RunOn,
      label:
        probeMs === null
          ? say("run on.executor", {
              name,
              about: asText(detail) || say("run on.not measured"),
            })
          : say("run on.executor", { name, about: milliseconds(probeMs) }),
    }));
  return [auto, ...each];
}

export const milliseconds = (ms: number) =>
  say("run on.speed", {
    time: ms < 10 ? ms.toFixed(1) : String(Math.round(ms)),
  });

/** Every executor with what is known of it, those that cannot be had included. */
function Executors({ device }: { device: DeviceReport | null }) {
  if (!device) return <p>{say("run on.being measured")}</p>;
  return (
    <>
      <p>
        {say("run on.explained")}
        {!device.isolated && ` ${say("run on.not isolated")}`}
      </p>
      <dl>
        {device.executors.map(({ name, detail, probeMs, problem }) => (
          <div key={name}>
            <dt>
              {detail ? say("run on.executor detail", { name, detail }) : name}
            </dt>
            <dd>
              {probeMs === null
                ? ""
                : `${say("run on.measured", { speed: milliseconds(probeMs) })} `}
              {asText(problem)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
