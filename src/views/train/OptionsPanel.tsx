// How it learns: three presets that say what they cost, and every number behind
// them.

import { useId, useMemo } from "react";
import { asText } from "../../say";
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
  { label: string; step: number | "any"; explain: string }
> = {
  epochs: {
    label: "Epochs",
    step: 1,
    explain: "How many times the model reads every training text.",
  },
  batchSize: {
    label: "Batch size",
    step: 1,
    explain: "How many texts are read before the weights change once.",
  },
  learningRate: {
    label: "Learning rate",
    step: "any",
    explain:
      "How far each step moves the weights, at its peak. Too small learns nothing; too large forgets what the model knew.",
  },
  maxTokens: {
    label: "Max tokens",
    step: 1,
    explain:
      "Texts are cut after this many word pieces. Twice as many cost at least twice the time.",
  },
  warmUp: {
    label: "Warm-up",
    step: "any",
    explain:
      "The share of all steps over which the learning rate rises to its peak; then it falls to zero.",
  },
  weightDecay: {
    label: "Weight decay",
    step: "any",
    explain:
      "How strongly weights are pulled towards zero, against learning by heart.",
  },
  dropout: {
    label: "Dropout",
    step: "any",
    explain:
      "The share of signals left out at random while training, against learning by heart.",
  },
  validationShare: {
    label: "Validation share",
    step: "any",
    explain:
      "The share of rows held out to measure on, equally from every label. Not used where a validation file is given.",
  },
  seed: {
    label: "Seed",
    step: 1,
    explain:
      "Decides every random choice: the same seed on the same executor gives the same run.",
  },
  patience: {
    label: "Patience",
    step: 1,
    explain:
      "Stop after so many evaluations without a better macro-F1; 0 never stops early. The best weights are kept either way.",
  },
  evaluationsPerEpoch: {
    label: "Evaluations per epoch",
    step: 1,
    explain: "How often the validation rows are measured.",
  },
};

export function OptionsPanel({ locked }: { locked: boolean }) {
  const options = useStudio((s) => s.options);
  const setOption = useStudio((s) => s.setOption);
  const problems = useStudio((s) => s.optionProblems);
  const hidden = hiddenFields.some((name) => problems[name]);
  return (
    <section aria-label="Options" className="panel options">
      <PanelHeading number={3}>Options</PanelHeading>
      <Presets locked={locked} />
      <div className="pair">
        {shownFields.map((name) => (
          <OptionField key={name} name={name} locked={locked} />
        ))}
      </div>
      <Disclosure summary="More options" open={hidden}>
        <div className="pair">
          {hiddenFields.map((name) => (
            <OptionField key={name} name={name} locked={locked} />
          ))}
          <div className="whole">
            <SelectField
              label="Class weights"
              explain="“balanced” makes a mistake on a rare label count more, in inverse proportion to its rows."
              value={options.classWeights}
              options={[
                { value: "none", label: "none" },
                { value: "balanced", label: "balanced" },
              ]}
              disabled={locked}
              onChange={(value) => setOption("classWeights", value)}
            />
          </div>
          <div className="whole">
            <CheckField
              label="Start from frozen features"
              explain="Reads the texts once before the first step, so that the classifier starts from what the model already makes of them. Saves epochs where there are many labels. Not used with random weights or “head only”."
              checked={options.frozenStart === true}
              disabled={locked}
              onChange={(value) => setOption("frozenStart", value)}
            />
          </div>
          <div className="whole">
            <CheckField
              label="Start from random weights"
              explain="Forgets the pretraining: the honest comparison of what it is worth. Expect a lower score."
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
      label={label}
      explain={explain}
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
      <legend className="unseen">Preset</legend>
      {presetNames.map((name) => {
        const costs = cost(name);
        return (
          <label key={name} className="preset">
            <input
              type="radio"
              name={id}
              value={name}
              aria-label={name}
              aria-describedby={`${id}-${name}`}
              checked={chosen === name}
              onChange={() => setPreset(name)}
            />
            <b>{name}</b>
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
