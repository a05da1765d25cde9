// Scores: what was said against what is so, and the texts that were missed by most.

import { say } from "../../../say";
import { useStudio, type ScoreEvaluation } from "../../../studio";
import { figure } from "../../controls/numbers";
import { Headlines, type FiguresProps } from "../Headlines";
import { MistakeTable, TextCell } from "../MistakeTable";
import { Scatter } from "./Scatter";

export function ScoreFigures({
  evaluation,
  baselines,
}: FiguresProps<ScoreEvaluation>) {
  const watch = useStudio((studio) => studio.watch);
  const { points, mistakes } = evaluation;
  return (
    <>
      <Headlines {...{ evaluation, baselines }} />
      <div className="block">
        <h3>{say("scatter.heading")}</h3>
        <Scatter points={points} />
      </div>
      <div className="block">
        <h3>{say("scores.farthest")}</h3>
        <MistakeTable
          mistakes={mistakes}
          heads={[
            say("mistakes.text"),
            say("scores.actual"),
            say("scores.predicted"),
          ]}
          row={(mistake) => (
            <>
              <TextCell
                mistake={mistake}
                onWatch={(input) => void watch(input)}
              />
              <td className="judgement">{figure(mistake.actual)}</td>
              <td className="judgement">{figure(mistake.predicted)}</td>
            </>
          )}
        />
      </div>
    </>
  );
}
