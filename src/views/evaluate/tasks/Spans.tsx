// Spans of texts, and arguments of predicates: how well each type is found, what kinds
// of errors there are, and the texts that have them.

import { useDeferredValue, useMemo, useState } from "react";
import { byName } from "../../../data";
import { say } from "../../../say";
import type {
  RolesEvaluation,
  SpanError,
  SpansEvaluation,
} from "../../../studio";
import { manyLabels } from "../../data/rows";
import { FindLabel } from "../FindLabel";
import { Headlines, type FiguresProps } from "../Headlines";
import { MistakesBlock } from "../MistakesBlock";
import { PerClassFigures } from "../PerClassFigures";
import { SpanErrors } from "./SpanErrors";
import { SpanMistakes } from "./SpanMistakes";

export function SpansFigures({
  evaluation,
  baselines,
}: FiguresProps<SpansEvaluation | RolesEvaluation>) {
  const [wanted, setWanted] = useState("");
  const find = useDeferredValue(wanted);
  const [only, setOnly] = useState<SpanError | null>(null);
  // As everywhere else, so that a type keeps its colour.
  const perType = useMemo(
    () => evaluation.perType.toSorted((a, b) => byName(a.label, b.label)),
    [evaluation],
  );
  const { errors, mistakes } = evaluation;
  return (
    <>
      <Headlines {...{ evaluation, baselines }} />
      {perType.length > manyLabels && (
        <FindLabel value={wanted} count={perType.length} onChange={setWanted} />
      )}
      <div className="tables spans">
        <div className="block">
          <h3>{say("errors.heading")}</h3>
          <SpanErrors errors={errors} chosen={only} onChoose={setOnly} />
        </div>
        <div className="block">
          <h3>
            {say(
              evaluation.task === "roles" ? "roles.heading" : "spans.heading",
            )}
          </h3>
          <PerClassFigures perClass={perType} find={find} />
        </div>
      </div>
      <MistakesBlock
        evaluation={evaluation}
        chosen={
          only && say("mistakes.with error", { error: say(`errors.${only}`) })
        }
        onEvery={() => setOnly(null)}
      >
        <SpanMistakes
          mistakes={mistakes}
          types={perType.map(({ label }) => label)}
          only={only}
        />
      </MistakesBlock>
    </>
  );
}
