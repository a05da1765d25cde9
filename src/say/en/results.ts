export default {
  /** Between the members of a list of figures. */
  "list.comma": ", ",

  // Which word looks at which.
  "attention.heading": "Attention",
  "attention.map": "Attention map",
  "attention.no sentence":
    "Type a sentence to see which of its words the model looks at, and how that changes while it learns.",
  "attention.no model":
    "Once a model is loaded, the words it looks at show here.",
  "attention.sentence": "Sentence to watch",
  "attention.second sentence": "Second sentence to watch",
  "attention.sentence hint": "A sentence to watch while it learns",
  "attention.second hint": "Second text",
  "attention.step": "Step",
  "attention.moment": "step {step, number}, {at, number} of {count, number}",
  /** Beside a step: it is the latest one. */
  "attention.latest": "latest",
  "attention.kept": "kept weights",
  "attention.layer": "Layer",
  "attention.head": "Head",
  /** Over all layers, or all heads. */
  "attention.average": "average",
  "attention.view": "View",
  "attention.as words": "words",
  "attention.as matrix": "matrix",
  "attention.merge": "Merge word pieces",
  "attention.hide special": "Hide [CLS] and [SEP]",
  "attention.matrix": "Attention matrix, {size, number} by {size, number}",
  "attention.keys": "Arrow keys move from cell to cell, with Shift by ten.",
  "attention.rows and columns": "Rows look at columns.",
  "attention.pair spoken": "{row} looks at {column}: {share}",
  "attention.pair": "{row} looks at {column} {share}",
  "attention.words": "Words",
  "attention.no words": "No words to show.",
  /** `turn` is the button that says one of the next two; `others` are words and shares. */
  "attention.word and others": "{word} {turn} {others}",
  "attention.looks at": "looks at",
  "attention.is looked at by": "is looked at by",
  "attention.turn": "Exchange who looks and who is looked at",
  "attention.table word": "Word",
  "attention.table looks at": "Looks at",
  "attention.table share": "Share",

  // Charts.
  "chart.keys": "Arrow keys move along the steps.",
  "chart.step": "step {step, number}",
  "chart.spoken": "Step {step, number}: {figures}",
  "chart.table step": "Step",

  // What a run or a model is worth.
  "evaluation.heading": "Evaluation",
  "evaluation.which": "Evaluation of",
  "evaluation.of kept weights": "kept weights, step {step, number}",
  "evaluation.of latest": "latest, step {step, number}",
  "evaluation.of test": "test, kept weights",
  "evaluation.of step": "step {step, number}",
  "evaluation.of best step": "step {step, number}, best so far then",
  "evaluation.none yet":
    "Scores on texts the model does not learn from show here, beside what guessing and word counts would reach.",
  "evaluation.both": "Validation and test",
  "evaluation.both step": "Kept weights, step {step, number}",
  "evaluation.both texts": "Texts",
  "evaluation.both interval": "95 % interval",
  "evaluation.validation": "validation",
  "evaluation.test": "test",
  "evaluation.of rows":
    "{count, plural, one {# row} other {# rows}}, {wrong, number} wrong, loss {loss}.",
  "evaluation.of validation examples":
    "{count, plural, one {# validation example} other {# validation examples}}, {wrong, number} wrong, loss {loss}.",
  "evaluation.of test examples":
    "{count, plural, one {# test example} other {# test examples}}, {wrong, number} wrong, loss {loss}.",
  /** `facts` is one of the three before. */
  "evaluation.weights": "Weights of step {step, number}: {facts}",
  "evaluation.kept weights": "Kept weights of step {step, number}: {facts}",
  "evaluation.baselines of validation":
    "Baselines are those of the validation part.",
  "evaluation.few texts":
    "So few texts say little: with 95 % confidence the accuracy lies between {low} and {high}.",
  "evaluation.find": "Find a label",
  /** In the empty field: among how many labels. */
  "evaluation.find among": "of {count, number}",
  /** `former` names a run and its files. */
  "evaluation.results of former":
    "Results of {former}, not of the data that is open now.",

  // A loaded model, nothing trained.
  "reused.evaluate": "Evaluate",
  "reused.stop": "Stop evaluating",
  "reused.explain":
    "Tries the model {model} as it was loaded on the rows of this table, without training.",
  "reused.all rows": "all rows",
  "reused.training part": "training part",
  "reused.validation part": "validation part",
  "reused.test part": "test part",
  "reused.not trained":
    "Not trained here: model {model} on {rows, plural, one {# row} other {# rows}} of {files}. Rows that it learned from say little.",
  /** `part` is one of the three parts above. */
  "reused.part not trained":
    "Not trained here: model {model} on {rows, plural, one {# row} other {# rows}} of {files}, its {part}. Rows that it learned from say little.",
  "reused.show run": "Show the run’s figures",

  // Which label was taken for which.
  "confusion.heading": "Confusion matrix",
  "confusion.scrolls": "Confusion matrix, scrolls",
  "confusion.predicted axis": "predicted →",
  "confusion.label axis": "label ↓",
  "confusion.axes": "predicted →, label ↓",
  "confusion.cell":
    "{count, number} of {total, number} “{label}” predicted as “{predicted}”",
  "confusion.share": "{count, number} of {total, number}",
  "confusion.pairs":
    "{count, plural, one {# pair} other {# pairs}} confused, the most frequent first; every pair that is not here has 0.",
  "confusion.pairs found":
    "{count, plural, one {# pair} other {# pairs}} with “{words}”.",
  "confusion.label": "Label",
  "confusion.predicted": "Predicted",
  "confusion.examples": "Examples",
  "confusion.same": "the same: right",
  "confusion.show": "Shows these mistakes",
  "confusion.picture":
    "All {labels, number} labels at once: right answers lie on the diagonal. The table beside it has the numbers.",
  "confusion.right": "{count, number} of {total, number} {label} are right",
  "confusion.wrong":
    "{count, number} of {total, number} {label} predicted as {predicted}",

  // Class by class.
  "classes.heading": "Per class",
  "classes.figures": "Per-class figures",
  "classes.scrolls": "Per-class figures, scrolls",
  "classes.label": "Label",
  "classes.label explained": "As in your file",
  "classes.precision": "Precision",
  "classes.precision explained":
    "Of those predicted so, the share that was right",
  "classes.recall": "Recall",
  "classes.recall explained": "Of those labelled so, the share that was found",
  "classes.F1": "F1",
  "classes.F1 explained": "Harmonic mean of precision and recall",
  "classes.support": "Support",
  "classes.support explained": "How many examples have this label",

  // The mistakes themselves.
  "mistakes.heading": "Mistakes, worst first",
  "mistakes.name": "Mistakes",
  "mistakes.scrolls": "Mistakes, scrolls",
  "mistakes.text": "Text",
  "mistakes.label": "Label",
  "mistakes.predicted": "Predicted",
  "mistakes.only": "only {label} predicted as {predicted}",
  "mistakes.show every": "Show all mistakes",
  "mistakes.the worst": "the {shown, number} worst of {count, number}",
  "mistakes.all": "all {count, number}",
  "mistakes.cell is right":
    "All {count, number} of these are right. Choose a cell off the diagonal to see mistakes.",
  "mistakes.none": "None.",
  "mistakes.perfect":
    "A perfect score is rare: are some of these texts also in the training part?",
  "mistakes.none of these": "There are none of these in this evaluation.",
  "mistakes.not kept":
    "{count, plural, one {# mistake} other {# mistakes}} of this kind, but not among the {kept, number} worst, which are all that is kept.",
  "mistakes.more": "Show all",
  "mistakes.less": "Show less",
  "mistakes.watch": "Watch",
  "mistakes.watch explained":
    "Shows its attention, and follows it in the next run",

  // The model at work on what one types.
  "try.heading": "Try it",
  "try.learning": "still learning: with the weights of this moment",
  "try.as loaded": "the model {model} as it was loaded",
  "try.text": "Text to classify",
  "try.second text": "Second text to classify",
  "try.text hint": "Type or paste a text",
  "try.second hint": "Second text",
  "try.predict": "Predict",
  "try.no model": "Train a model first; then it answers as you type.",
  "try.keys": "Answers as you type; Shift+Enter starts a new line.",
  "try.cut":
    "Cut at {count, plural, one {# token} other {# tokens}}: the rest was not read.",
  "try.tokens": "{count, plural, one {# token} other {# tokens}}",
  "try.tokens and unknown":
    "{count, plural, one {# token} other {# tokens}}, {unknown, number} of them unknown",
  "try.nothing known":
    "No word of this text is in the model’s vocabulary; the answer says nothing about it.",
  "try.predictions": "Predictions",
  "try.where it looked": "Where it looked",
  "try.fewer": "Show fewer",
  "try.more": "Show {count, number} more, together {share}",

  // Leaving with the weights.
  "export.heading": "Export",
  "export.format": "Format",
  "export.button": "Export",
  "export.what":
    "{run}-huggingface.zip, about {size}: weights that load in Python with Transformers, a model card, and all it takes to repeat the run.",
  "export.not yet": "There are weights to export when the run has ended.",

  // The runs beside each other.
  "runs.heading": "Runs",
  "runs.which": "this session’s; newest first",
  "runs.scrolls": "Runs, scrolls",
  "runs.table": "Runs of this session",
  "runs.run": "Run",
  "runs.columns": "Columns",
  "runs.learned": "Learned baseline",
  /** Of what the task knows to be simplest: majority, mean. */
  "runs.simplest": "Simplest",
  "runs.figure": "Figure",
  "runs.time": "Time",
  "runs.options": "Options",
  /** After a score: of how few validation texts. */
  "runs.of few": "of {count, number}",
  "runs.failed": "failed: {problem}",
  "runs.stopped": "stopped",
  "runs.stopped early": "stopped early",
  "runs.random weights": "random weights",
  "runs.all layers": "all layers",
  "runs.head only": "head only",
  "runs.top layers": "{count, plural, one {top layer} other {top # layers}}",
  "runs.epochs": "{count, plural, one {# epoch} other {# epochs}}",
  "runs.batch": "batch {size, number}",
  "runs.rate": "rate {rate}",
  "runs.tokens": "{count, plural, one {# token} other {# tokens}}",
  "runs.balanced": "balanced",
  "runs.seed": "seed {seed}",
  "runs.kept": "kept: step {best, number} of {steps, number}",
} as const satisfies Record<string, string>;
