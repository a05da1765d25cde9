// Figures that belong to another table than the one that is open say so.

import { asText } from "../../say";
import { formerResults, useStudio } from "../../studio";
import { Say } from "../controls/Said";

export function ResultsOf() {
  const former = useStudio((studio) => asText(formerResults(studio)));
  if (former === null) return null;
  return (
    <p className="results-of">
      <Say
        code="evaluation.results of former"
        values={{ former: <b>{former}</b> }}
      />
    </p>
  );
}
