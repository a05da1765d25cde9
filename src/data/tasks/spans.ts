// Spans of a text, each of a type: read from tags, one a word, or from lists of
// places. Inside they are words with IOB2 tags, whatever the file wrote.

import { noUsableRow, nothingToJudgeBy } from "../checks/none";
import { rarestOf } from "../rows";
import { spanBaselines } from "./spans/baselines";
import type { TaggedText } from "./spans/cells";
import { spanChecks } from "./spans/checks";
import { begun, packTags, readTagged, tagNames } from "./spans/tagged";
import type { DataTask } from "./task";

export const spans: DataTask<TaggedText> = {
  task: "spans",
  read: readTagged,
  textOf: ({ text }) => text,
  labelsOf: begun,
  written: ({ words, tags }) => JSON.stringify({ words, tags }),
  strata: (targets) => rarestOf(targets.map(begun)),
  names: (train) => tagNames(train.flatMap(begun)),
  pack: (targets, names) => ({ task: "spans", ...packTags(targets, names) }),

  checks(_, mapping, examples) {
    const stop =
      noUsableRow(mapping, examples) ??
      spanChecks.fatal(mapping, examples) ??
      nothingToJudgeBy(examples, 2);
    return stop ? [stop] : spanChecks.findings(examples, "spans: found");
  },

  baselines: spanBaselines,
};
