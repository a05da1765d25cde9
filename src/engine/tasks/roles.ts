// Roles of a predicate: an IOB2 tag for each word of a sentence, whose second text
// says which predicate is meant (Shi & Lin, 2019, arXiv:1904.05255).

import { PREDICATE, withoutPredicate } from "../../figures";
import { foundSpans, judgedTags, tagHead, typesTable } from "./spans/tags";
import type { EngineTask } from "./task";

export const roles: EngineTask = {
  task: "roles",
  ...tagHead,

  figures(scored, judging) {
    const { found, common } = judgedTags(scored, judging, withoutPredicate);
    const { precision, recall, f1 } = found.entities;
    return {
      task: "roles",
      ...common,
      argumentF1: f1,
      strictArgumentF1: found.strict.f1,
      argumentPrecision: precision,
      argumentRecall: recall,
      tokenAccuracy: found.tokenAccuracy,
    };
  },

  answer: (logits, _, asked) => ({
    probabilities: [],
    ...(asked && {
      spans: foundSpans(logits, asked).filter(
        ({ label }) => label !== PREDICATE,
      ),
    }),
  }),

  exported: {
    architecture: "BertForTokenClassification",
    problemType: null,
    pipeline: "token-classification",
    what: "A BERT that says who did what: the roles of a predicate in a sentence",
    imports: [
      "import torch",
      "from transformers import AutoModelForTokenClassification, AutoTokenizer",
    ],
    use: () => [
      `folder = "path/to/this/folder"`,
      "tokenizer = AutoTokenizer.from_pretrained(folder)",
      "model = AutoModelForTokenClassification.from_pretrained(folder)",
      `sentence = "The children gave their teacher a cactus ."`,
      "# A word of the sentence. Where it stands there before, its number comes behind: gave 2",
      `predicate = "gave"`,
      `inputs = tokenizer(sentence, predicate, truncation="only_first", return_tensors="pt")`,
      "with torch.no_grad():",
      "    tags = model(**inputs).logits[0].argmax(-1).tolist()",
      "answered = set()",
      "for piece, word in enumerate(inputs.word_ids()):",
      "    # The first piece of each word of the sentence answers for it.",
      "    if inputs.sequence_ids()[piece] == 0 and word not in answered:",
      "        answered.add(word)",
      "        start, end = inputs.word_to_chars(word)",
      "        print(sentence[start:end], model.config.id2label[tags[piece]])",
    ],
    details: (evaluation) =>
      evaluation.task === "roles"
        ? { perType: evaluation.perType, errors: evaluation.errors }
        : {},
    table: (evaluation) =>
      evaluation.task === "roles" ? typesTable(evaluation.perType) : null,
    note: "Arguments count where both ends and the role are right, as conlleval counts, the predicate (V) left out; strictly also only where the tags are written as IOB2 demands. The predicate is the second text: its word, with its number behind where the word stands before it in the sentence (gave 2).",
  },
};
