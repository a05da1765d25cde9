// Spans of words, each of a type: one of several IOB2 tags for each word.

import { foundSpans, judgedTags, tagHead, typesTable } from "./spans/tags";
import type { EngineTask } from "./task";

export const spans: EngineTask = {
  task: "spans",
  ...tagHead,

  figures(scored, judging) {
    const { found, common } = judgedTags(scored, judging);
    const { precision, recall, f1 } = found.entities;
    return {
      task: "spans",
      ...common,
      entityF1: f1,
      strictEntityF1: found.strict.f1,
      entityPrecision: precision,
      entityRecall: recall,
      tokenAccuracy: found.tokenAccuracy,
    };
  },

  answer: (logits, _, asked) => ({
    probabilities: [],
    ...(asked && { spans: foundSpans(logits, asked) }),
  }),

  exported: {
    architecture: "BertForTokenClassification",
    problemType: null,
    pipeline: "token-classification",
    what: "A BERT that marks spans in a text",
    // This pipeline cuts nothing: of texts beyond the model's length it takes a stride.
    use: () => [
      `mark = pipeline("token-classification", model="path/to/this/folder", aggregation_strategy="first")`,
      `print(mark("a text"))`,
    ],
    details: (evaluation) =>
      evaluation.task === "spans"
        ? { perType: evaluation.perType, errors: evaluation.errors }
        : {},
    table: (evaluation) =>
      evaluation.task === "spans" ? typesTable(evaluation.perType) : null,
    note: "Entities count where both ends and the type are right, as conlleval counts; strictly also only where the tags are written as IOB2 demands. A word is answered for by its first piece.",
  },
};
