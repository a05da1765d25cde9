// Which bundled model suits these rows on this machine, and why.

import { useMemo } from "react";
import { asText, say } from "../../say";
import { loadOf, suggestModel, useStudio } from "../../studio";
import { Say } from "../controls/Said";

export function ModelSuggestion({ locked }: { locked: boolean }) {
  const models = useStudio((s) => s.models);
  const modelName = useStudio((s) => s.modelName);
  const model = useStudio((s) => s.model);
  const device = useStudio((s) => s.device);
  const speeds = useStudio((s) => s.speeds);
  const options = useStudio((s) => s.options);
  const overview = useStudio((s) => s.overview);
  const table = useStudio((s) => s.table);
  const mapping = useStudio((s) => s.mapping);
  const setModel = useStudio((s) => s.setModel);
  const load = useMemo(
    () => overview && loadOf(overview, table, mapping),
    [overview, table, mapping],
  );
  // Who brought a model has chosen; and these two read English.
  const own = !models.some(({ name, shape }) => shape && name === modelName);
  if (!load || load.rows === 0 || load.wide > 0.2 || own || !model) return null;
  const suggestion = suggestModel(load, options, models, device, speeds);
  if (!suggestion) return null;
  const other = suggestion.model !== modelName;
  return (
    <p className="note model-suggestion">
      <Say
        code={other ? "suggestion.suggested" : "suggestion.suits"}
        values={{
          model: <b>{suggestion.model}</b>,
          reason: asText(suggestion.reason),
        }}
      />{" "}
      {other && (
        <button
          type="button"
          className="button small"
          disabled={locked}
          onClick={() => void setModel(suggestion.model)}
        >
          {say("suggestion.use", { model: suggestion.model })}
        </button>
      )}
    </p>
  );
}
