// How it learns: three presets that say what they cost, and every number behind
// them.

import { useId, useMemo } from "react";
import { mostOf, type NumberOption, numberOptions } from "../../options";
import { asText, say, type Code } from "../../say";
import {
  estimate,
  loadOf,
  presetNames,
  presetOf,
  usualContrastive,
  useStudio,
  withPreset,
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

export function OptionsPanel({ locked }: { locked: boolean }) {
  const options = useStudio((s) => s.options);
  const setOption = useStudio((s) => s.setOption);
  const problems = useStudio((s) => s.optionProblems);
  const hidden = hiddenFields.some((name) => problems[name]);
  return (
    <section aria-label={say("options.name")} className="panel options">
      <PanelHeading number={3}>{say("options.name")}</PanelHeading>
      <Presets locked={locked} />
      <WhyPairs />
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
              label={say("options.pairs first")}
              explain={say("options.pairs first explained")}
              checked={options.contrastive === true}
              disabled={locked}
              onChange={(value) => setOption("contrastive", value)}
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

/** Why pairs come first, where nobody asked for it: few rows of each label. */
function WhyPairs() {
  const options = useStudio((s) => s.options);
  const { data } = useStudio((s) => s.basis);
  const first =
    options.contrastive &&
    !options.randomWeights &&
    usualContrastive(options.fineTune, data);
  if (!first || !data) return null;
  const rows = Math.round(data.rows / data.labels);
  return <p className="note">{say("options.why pairs first", { rows })}</p>;
}

const shownFields: NumberOption[] = [
  "epochs",
  "batchSize",
  "learningRate",
  "maxTokens",
];
const hiddenFields: NumberOption[] = [
  "warmUp",
  "weightDecay",
  "dropout",
  "validationShare",
  "seed",
  "patience",
  "evaluationsPerEpoch",
];

export function OptionField({
  name,
  locked,
}: {
  name: NumberOption;
  locked: boolean;
}) {
  const value = useStudio((s) => s.options[name]);
  const problem = useStudio((s) => s.optionProblems[name]);
  const model = useStudio((s) => s.model);
  const setOption = useStudio((s) => s.setOption);
  const spec = numberOptions[name];
  return (
    <NumberField
      label={say(spec.name)}
      explain={say(spec.explained)}
      value={value}
      least={spec.least}
      most={mostOf(name, model)}
      step={spec.whole ? 1 : "any"}
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
