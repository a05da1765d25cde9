// How it learns: three presets that say what they cost, and every number behind
// them.

import { useId, useMemo } from "react";
import { asText, say, type Code } from "../../say";
import {
  estimate,
  loadOf,
  presetNames,
  presetOf,
  rangeOf,
  useStudio,
  withPreset,
  type NumberOption,
} from "../../studio";
import {
  CheckField,
  Disclosure,
  NumberField,
  PanelHeading,
  SelectField,
} from "../controls/controls";
import { about } from "../controls/duration";
import { bytes } from "../controls/numbers";
import "./OptionsPanel.css";

/** Names, steps and one-line explanations. */
const fields: Record<
  Exclude<NumberOption, "topLayers">,
  { label: Code; step: number | "any"; explain: Code }
> = {
  epochs: {
    label: "options.epochs",
    step: 1,
    explain: "options.epochs explained",
  },
  batchSize: {
    label: "options.batch size",
    step: 1,
    explain: "options.batch size explained",
  },
  learningRate: {
    label: "options.learning rate",
    step: "any",
    explain: "options.learning rate explained",
  },
  maxTokens: {
    label: "options.max tokens",
    step: 1,
    explain: "options.max tokens explained",
  },
  warmUp: {
    label: "options.warm-up",
    step: "any",
    explain: "options.warm-up explained",
  },
  weightDecay: {
    label: "options.weight decay",
    step: "any",
    explain: "options.weight decay explained",
  },
  dropout: {
    label: "options.dropout",
    step: "any",
    explain: "options.dropout explained",
  },
  validationShare: {
    label: "options.validation share",
    step: "any",
    explain: "options.validation share explained",
  },
  seed: {
    label: "options.seed",
    step: 1,
    explain: "options.seed explained",
  },
  patience: {
    label: "options.patience",
    step: 1,
    explain: "options.patience explained",
  },
  evaluationsPerEpoch: {
    label: "options.evaluations per epoch",
    step: 1,
    explain: "options.evaluations per epoch explained",
  },
};

export function OptionsPanel({ locked }: { locked: boolean }) {
  const options = useStudio((s) => s.options);
  const setOption = useStudio((s) => s.setOption);
  const problems = useStudio((s) => s.optionProblems);
  const hidden = hiddenFields.some((name) => problems[name]);
  return (
    <section aria-label={say("options.name")} className="panel options">
      <PanelHeading number={3}>{say("options.name")}</PanelHeading>
      <Presets locked={locked} />
      <div className="pair">
        {shownFields.map((name) => (
          <OptionField key={name} name={name} locked={locked} />
        ))}
      </div>
      <Disclosure summary={say("options.more")} open={hidden}>
        <div className="pair">
          {hiddenFields.map((name) => (
            <OptionField key={name} name={name} locked={locked} />
          ))}
          <div className="whole">
            <SelectField
              label={say("options.class weights")}
              explain={say("options.class weights explained")}
              value={options.classWeights}
              options={[
                { value: "none", label: say("options.class weights none") },
                {
                  value: "balanced",
                  label: say("options.class weights balanced"),
                },
              ]}
              disabled={locked}
              onChange={(value) => setOption("classWeights", value)}
            />
          </div>
          <div className="whole">
            <CheckField
              label={say("options.frozen start")}
              explain={say("options.frozen start explained")}
              checked={options.frozenStart === true}
              disabled={locked}
              onChange={(value) => setOption("frozenStart", value)}
            />
          </div>
          <div className="whole">
            <CheckField
              label={say("options.random weights")}
              explain={say("options.random weights explained")}
              checked={options.randomWeights}
              disabled={locked}
              onChange={(value) => setOption("randomWeights", value)}
            />
          </div>
        </div>
      </Disclosure>
    </section>
  );
}

type Shown = keyof typeof fields;
const shownFields: Shown[] = [
  "epochs",
  "batchSize",
  "learningRate",
  "maxTokens",
];
const hiddenFields: Shown[] = [
  "warmUp",
  "weightDecay",
  "dropout",
  "validationShare",
  "seed",
  "patience",
  "evaluationsPerEpoch",
];

function OptionField({ name, locked }: { name: Shown; locked: boolean }) {
  const value = useStudio((s) => s.options[name]);
  const problem = useStudio((s) => s.optionProblems[name]);
  const model = useStudio((s) => s.model);
  const setOption = useStudio((s) => s.setOption);
  const { least, most } = rangeOf(name, model);
  const { label, step, explain } = fields[name];
  return (
    <NumberField
      label={say(label)}
      explain={say(explain)}
      value={value}
      least={least}
      most={most}
      step={step}
      problem={asText(problem)}
      disabled={locked}
      onChange={(next) => setOption(name, next)}
    />
  );
}

const presetLabels: Record<(typeof presetNames)[number], Code> = {
  quick: "preset.quick",
  balanced: "preset.balanced",
  thorough: "preset.thorough",
};

function Presets({ locked }: { locked: boolean }) {
  const id = useId();
  const options = useStudio((s) => s.options);
  const model = useStudio((s) => s.model);
  const device = useStudio((s) => s.device);
  const speeds = useStudio((s) => s.speeds);
  const overview = useStudio((s) => s.overview);
  const table = useStudio((s) => s.table);
  const mapping = useStudio((s) => s.mapping);
  const setPreset = useStudio((s) => s.setPreset);
  const basis = useStudio((s) => s.basis);
  const chosen = presetOf(options, basis);
  const load = useMemo(
    () => overview && loadOf(overview, table, mapping),
    [overview, table, mapping],
  );
  const cost = (preset: (typeof presetNames)[number]) => {
    if (!model || !load) return null;
    const set = withPreset(options, preset, basis);
    return estimate(load, set, model, device, speeds);
  };
  return (
    <fieldset className="presets" disabled={locked}>
      <legend className="unseen">{say("preset.name")}</legend>
      {presetNames.map((name) => {
        const costs = cost(name);
        return (
          <label key={name} className="preset">
            <input
              type="radio"
              name={id}
              value={name}
              aria-label={say(presetLabels[name])}
              aria-describedby={`${id}-${name}`}
              checked={chosen === name}
              onChange={() => setPreset(name)}
            />
            <b>{say(presetLabels[name])}</b>
            <span id={`${id}-${name}`}>
              {costs && costs.seconds !== null ? about(costs.seconds) : "–"}
              <br />
              {costs ? bytes(costs.bytes) : ""}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
