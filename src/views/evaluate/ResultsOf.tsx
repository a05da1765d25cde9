// Figures that belong to another table than the one that is open say so.

import { asText } from "../../say";
import { formerResults, useStudio } from "../../studio";

export function ResultsOf() {
  const former = useStudio((s) => asText(formerResults(s)));
  if (former === null) return null;
  return (
    <p className="results-of">
      Results of <b>{former}</b>, not of the data that is open now.
    </p>
  );
}
