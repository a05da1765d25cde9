// Whether the classifier that came with the model is one for the present data.

import { labelsMatch, useStudio } from "../../studio";
import { many } from "../controls/numbers";

export function FormerLabels() {
  const match = useStudio(labelsMatch);
  const own = useStudio((s) => s.model?.labels?.length ?? 0);
  const data = useStudio((s) => s.overview?.labels.length ?? 0);
  if (match === null) return null;
  return (
    <p className="note model-facts">
      {match === "same"
        ? `Its ${many(own, "label")} are those of the data: training goes on from its classifier.`
        : match === "some"
          ? `The data has ${data} of its ${many(own, "label")}: it can be evaluated as it is; training starts a new classifier for the ${data}.`
          : `Its ${many(own, "label")} and the ${data} of the data differ: a new classifier starts.`}
    </p>
  );
}
