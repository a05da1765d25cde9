// Whether the classifier that came with the model is one for the present data.

import { say } from "../../say";
import { labelsMatch, useStudio } from "../../studio";

export function FormerLabels() {
  const match = useStudio(labelsMatch);
  const own = useStudio((s) => s.model?.labels?.length ?? 0);
  const data = useStudio((s) => s.overview?.labels.length ?? 0);
  if (match === null) return null;
  return (
    <p className="note model-facts">
      {match === "same"
        ? say("former labels.same", { own })
        : match === "some"
          ? say("former labels.some", { own, data })
          : say("former labels.differ", { own, data })}
    </p>
  );
}
