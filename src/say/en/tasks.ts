export default {
  // What a model learns to say.
  "task.name": "Task",
  "task.one label": "one label",
  "task.many labels": "many labels",
  "task.score": "score",
  "task.spans": "spans",
  "task.roles": "roles",
  "task.roles explained":
    "Who did what to whom: each row has a text and one predicate in it, and parts of the text are its arguments, each with a role.",
  "task.one label explained":
    "Each text, or each pair of texts where a second text column is chosen, has one label of several.",
  "task.many labels explained":
    "Each text has any number of labels: one column with several in a cell, or a column of 0 and 1 for each label.",
  "task.score explained":
    "Each text has a number: a rating, a degree, how alike two texts are.",
  "task.spans explained":
    "Parts of each text have a type, such as names of people and places: a tag for each word, or a list of places in the text.",

  // Figures in one number.
  "metric.accuracy": "Accuracy",
  "metric.macroF1": "Macro-F1",
  "metric.mcc": "MCC",
  "metric.microF1": "Micro-F1",
  "metric.weightedF1": "Weighted F1",
  "metric.subsetAccuracy": "Subset accuracy",
  "metric.hammingLoss": "Hamming loss",
  "metric.meanAveragePrecision": "Mean average precision",
  "metric.rmse": "RMSE",
  "metric.mae": "MAE",
  "metric.r2": "R²",
  "metric.pearson": "Pearson",
  "metric.spearman": "Spearman",
  "metric.entityF1": "Entity F1",
  "metric.strictEntityF1": "Strict entity F1",
  "metric.entityPrecision": "Entity precision",
  "metric.entityRecall": "Entity recall",
  "metric.tokenAccuracy": "Token accuracy",
  /** In the middle of a sentence, and beside a line of a chart. */
  "metric.argumentF1": "Argument F1",
  "metric.strictArgumentF1": "Strict argument F1",
  "metric.argumentPrecision": "Argument precision",
  "metric.argumentRecall": "Argument recall",
  "metric.accuracy short": "accuracy",
  "metric.macroF1 short": "macro-F1",
  "metric.mcc short": "MCC",
  "metric.microF1 short": "micro-F1",
  "metric.weightedF1 short": "weighted F1",
  "metric.subsetAccuracy short": "subset accuracy",
  "metric.hammingLoss short": "Hamming loss",
  "metric.meanAveragePrecision short": "mean average precision",
  "metric.rmse short": "RMSE",
  "metric.mae short": "MAE",
  "metric.r2 short": "R²",
  "metric.pearson short": "Pearson",
  "metric.spearman short": "Spearman",
  "metric.entityF1 short": "entity F1",
  "metric.strictEntityF1 short": "strict entity F1",
  "metric.entityPrecision short": "entity precision",
  "metric.entityRecall short": "entity recall",
  "metric.tokenAccuracy short": "token accuracy",
  "metric.argumentF1 short": "argument F1",
  "metric.strictArgumentF1 short": "strict argument F1",
  "metric.argumentPrecision short": "argument precision",
  "metric.argumentRecall short": "argument recall",
  "metric.accuracy explained": "Share of texts with the right label.",
  "metric.macroF1 explained":
    "The mean of all labels’ F1: a rare label counts as much as a common one.",
  "metric.mcc explained":
    "Matthews correlation: 0 is chance, 1 is perfect, whatever the balance of the labels.",
  "metric.microF1 explained":
    "F1 over all labels of all texts: a common label counts more than a rare one.",
  "metric.weightedF1 explained":
    "The mean of all labels’ F1, weighted by how often each occurs.",
  "metric.subsetAccuracy explained":
    "Share of texts with exactly their labels.",
  "metric.hammingLoss explained":
    "Share of all yes-or-no answers that are wrong; lower is better.",
  "metric.meanAveragePrecision explained":
    "How well each label’s texts are ranked before all others, whatever the threshold.",
  "metric.rmse explained":
    "Root of the mean squared error, in units of the score; lower is better.",
  "metric.mae explained":
    "Mean distance from the score, in its units; lower is better.",
  "metric.r2 explained":
    "1 is perfect; 0 is no better than always answering the mean.",
  "metric.pearson explained": "Linear correlation of answers and scores.",
  "metric.spearman explained": "Correlation of their ranks.",
  "metric.entityF1 explained":
    "F1 of whole entities, both ends and type right, as the script conlleval counts.",
  "metric.strictEntityF1 explained":
    "The same, where an entity counts only if its tags are written as IOB2 demands: B first, then I.",
  "metric.entityPrecision explained":
    "Share of the entities given that are right.",
  "metric.entityRecall explained":
    "Share of the entities there are that were found.",
  "metric.tokenAccuracy explained":
    "Share of words with the right tag; most words are in no entity, so it is high for little.",

  "metric.argumentF1 explained":
    "F1 of whole arguments, both ends and role right, as the script conlleval counts; the predicates themselves are left out.",
  "metric.strictArgumentF1 explained":
    "The same, where an argument counts only if its tags are written as IOB2 demands: B first, then I.",
  "metric.argumentPrecision explained":
    "Share of the arguments given that are right.",
  "metric.argumentRecall explained":
    "Share of the arguments there are that were found.",

  // What the figures are compared with.
  /** Titles of the chart beside the loss. */
  "chart.one label title": "Accuracy",
  "chart.many labels title": "F1",
  "chart.score title": "Correlation",
  "chart.spans title": "Entity F1",
  "chart.roles title": "Argument F1",
  "baseline.one label": "majority",
  "baseline.many labels": "commonest",
  "baseline.score": "mean",
  "baseline.spans": "no entity",

  "baseline.roles": "no argument",

  // The better baseline of each task, and both explained.
  "learned.one label": "bag of words",
  "learned.many labels": "bag of words",
  "learned.score": "bag of words",
  "learned.spans": "tag look-up",
  "learned.roles": "tag look-up",
  "learned.masked words": "piece frequencies",
  "to beat.one label":
    "What two simple ways reach on the same validation rows: always answering the most frequent label (“majority”), and counting words with a logistic regression (“bag of words”). A model is worth its training when it does better.",
  "to beat.many labels":
    "What two simple ways reach on the same validation rows: always giving the commonest label, and counting words with a logistic regression for each label (“bag of words”), with thresholds tuned as the model’s are. A model is worth its training when it does better.",
  "to beat.score":
    "What two simple ways reach on the same validation rows: always answering the mean, and counting words with a ridge regression (“bag of words”). A model is worth its training when it does better.",
  "to beat.spans":
    "What two simple ways reach on the same validation rows: marking nothing, and giving each word and each known name the tag it has most often in the training rows (“tag look-up”). A model is worth its training when it does better.",
  "to beat.roles":
    "What two simple ways reach on the same validation rows: marking nothing, and giving each word the tag it has most often in the training rows (“tag look-up”). A model is worth its training when it does better.",
  "to beat.masked words":
    "What guessing by frequency alone reaches on the same masked words: the loss of the pieces’ frequencies in the training texts, and always the commonest piece.",

  // Reading labels of which a text may have many.
  "labels of columns":
    "Each of {count, plural, one {# column} other {# columns}} ({columns}) is a label; a text has those that say 1.",
  "many labels in cells":
    "Column {column} holds several labels in {rows, plural, one {# row} other {# rows}}, such as {example}: they are parted at {separator}.",
  "many labels in lists":
    "Column {column} holds several labels in {rows, plural, one {# row} other {# rows}}, such as {example}: each in the list is a label of the text.",
  "many labels: one in each cell":
    "No row has more than one label in {column}. If a text can have only one, choose the task “one label”.",
  "many labels: none at all":
    "None of the {rows, plural, one {# row} other {# rows}} has a label. Choose other label columns.",
  "many labels: rows with none":
    "{count, plural, one {# row has} other {# rows have}} none of the labels, and the model learns to give none. Delete rows that nobody has labelled.",
  "many labels: in every row":
    "{count, plural, one {The label {labels} is in every row: it can always be given and is not learned.} other {The labels {labels} are in every row: they can always be given and are not learned.}}",
  "separator tab": "a tab",
  "separator line break": "a line break",

  // Reading scores.
  "scores in a column":
    "Column {column} holds numbers: the model learns to say a number for each of {rows, plural, one {# row} other {# rows}}.",
  "scores that are no numbers":
    "{count, plural, one {# cell of {column} is} other {# cells of {column} are}} no number, such as {example}, and {count, plural, one {its row is} other {their rows are}} set aside.",
  "scores all the same":
    "Every row has the same number in {column} ({value}). Choose another column.",
  // Reading spans.
  "brat: texts with marks":
    "{count, plural, one {# text} other {# texts}} of brat with what is marked in each (.txt and .ann): column “spans” has the marks.",
  "spans: found":
    "{entities, plural, one {# span} other {# spans}} in {rows, plural, one {# text} other {# texts}}, of the types {types}.",
  "spans: none at all":
    "No span is marked in {column}, in {rows, plural, one {# row} other {# rows}}. Choose the column with tags or lists of spans.",
  "spans: too many types":
    "Column {column} has {count, number} types of spans, more than the {most, number} that can be learned. Choose another column, or write fewer types.",
  "spans: rows with none":
    "{count, plural, one {# text has} other {# texts have}} no span, and the model learns to mark none there. Delete rows that nobody has marked.",
  "spans: types with few":
    "{count, plural, one {The type {types} has} other {The types {types} have}} fewer than 8 spans: too few to be learned well. Mark more of them.",
  "spans: not equally long":
    "{count, plural, one {# row has} other {# rows have}} another number of words than of tags ({example}, first {where}) and {count, plural, one {is} other {are}} set aside. Write one tag for each word, both parted by spaces or both as lists.",
  "spans: tags are numbers":
    "{count, plural, one {# row has} other {# rows have}} numbers for tags in {column}, such as {example} (first {where}), and {count, plural, one {is} other {are}} set aside: nobody could tell what they mean. Write the tags’ names, such as B-PER.",
  "spans: unreadable":
    '{count, plural, one {# cell} other {# cells}} of {column} cannot be read as tags or spans, such as {example} (first {where}), and {count, plural, one {its row is} other {their rows are}} set aside. Write a tag for each word, or a list such as [[0, 6, "PLACE"]].',
  "spans: no type":
    "{count, plural, one {# tag has} other {# tags have}} no type, such as {example} (first {where}), and {count, plural, one {is} other {are}} read as O. Write the type behind, as in B-PER.",
  "spans: not begun":
    "{count, plural, one {# span goes} other {# spans go}} on without having begun, such as {example} (first {where}): read as if begun there. Write B- at the first word of each span.",
  "spans: other scheme":
    "{count, plural, one {# tag is} other {# tags are}} written as the rest of its file never does, such as {example} (first {where}); each span is read from its first to its last tag. Use one scheme throughout.",
  "spans: no span":
    '{count, plural, one {# entry} other {# entries}} in the lists of {column} {count, plural, one {has} other {have}} no start, end and label (first {where}) and {count, plural, one {is} other {are}} left out. Write each as [start, end, "TYPE"].',
  "spans: outside":
    "{count, plural, one {# span lies} other {# spans lie}} outside the text or {count, plural, one {is} other {are}} empty, such as {example} (first {where}), and {count, plural, one {is} other {are}} left out. Offsets count characters from 0; the end is the first character no longer in it.",
  "spans: no word":
    "{count, plural, one {# span covers} other {# spans cover}} no word, such as {example} (first {where}), and {count, plural, one {is} other {are}} left out. Mark at least one word.",
  "spans: overlap":
    "{count, plural, one {# span overlaps} other {# spans overlap}} a longer one, such as {example} (first {where}), and {count, plural, one {is} other {are}} left out: a word can be in one span only.",
  "spans: widened":
    "{count, plural, one {# span begins or ends} other {# spans begin or end}} within a word, such as {example} (first {where}), and {count, plural, one {is} other {are}} widened to whole words.",
  "spans: several labels":
    "{count, plural, one {# span has} other {# spans have}} several types, such as {example} (first {where}): the first is taken. Keep one for each span.",
  "spans: offsets in another unit":
    "In {file} the offsets of spans count {unit}, not characters, and are read so.",
  "spans: unit bytes": "bytes (UTF-8)",
  "spans: unit UTF-16": "UTF-16 units",
  "spans: another scheme":
    "The tags of {file} are written as {scheme}, those of the other files as {usual}: each file is read in its own way.",
  // Reading roles.
  "roles: found":
    "{entities, plural, one {# argument} other {# arguments}} of {rows, plural, one {# predicate} other {# predicates}}, in the roles {types}.",
  "roles: no predicate":
    "In {count, plural, one {# row nothing says} other {# rows nothing says}} which word is the predicate, such as {example} (first {where}), and {count, plural, one {it is} other {they are}} set aside. Write the word or its place, counted from 0, in a column “predicate”, or tag it B-V.",
  "roles: predicate elsewhere":
    "{count, plural, one {# row names} other {# rows name}} another word as predicate than the one tagged V, such as {example} (first {where}): the tag is followed. Look whether the places are counted from 0.",
  "roles: predicate again":
    "In {count, plural, one {# row} other {# rows}} the predicate’s word is there more than once, such as {example} (first {where}): the first is taken. Write its place, counted from 0, or the word with its number behind, as in “gave 2”.",
  "count with no predicate": "{count, number} with no predicate",
  "data.aside without predicate":
    "{rows, plural, one {# row} other {# rows}}: no predicate ({where})",
  "count with no tags":
    "{count, number} with tags or spans that cannot be read",
  "data.aside without tags":
    "{rows, plural, one {# row} other {# rows}}: tags or spans that cannot be read ({where})",
  "count with no number": "{count, number} with no number",
  "data.aside without number":
    "{rows, plural, one {# row} other {# rows}}: no number ({where})",
  "data.scores": "from {least} to {most}, mean {mean}",
  "data.scores spread": "How the scores are spread",
  "data.scores in group":
    "{rows, plural, one {# row} other {# rows}} from {from} to {to}",

  "evaluate: another task":
    "{data} is for the task “{task}”; the model {model} was made for “{other}”. Choose that task, or train.",

  // Figures and mistakes of tasks.
  "evaluation.of scored rows":
    "{count, plural, one {# row} other {# rows}}, loss {loss}.",
  "evaluation.of scored validation examples":
    "{count, plural, one {# validation example} other {# validation examples}}, loss {loss}.",
  "evaluation.of scored test examples":
    "{count, plural, one {# test example} other {# test examples}}, loss {loss}.",
  "labels.heading": "Labels",
  "classes.average precision": "Avg. precision",
  "classes.average precision explained":
    "How well its texts are ranked before all others.",
  "classes.threshold": "Threshold",
  "classes.threshold explained":
    "From this probability on the label is given: tuned on the validation texts.",
  "classes.choose": "Show only mistakes with this label",
  "mistakes.with label": "with the label {label}",
  "mistakes.none with label": "None of the mistakes kept has this label.",
  "mistakes.missed": "Missed",
  "mistakes.wrong": "Wrongly given",
  "scatter.heading": "Predicted against actual",
  "scatter.name":
    "Predicted against actual, {count, plural, one {# text} other {# texts}}: on the diagonal where they agree",
  "scores.farthest": "Farthest off",
  "scores.actual": "Actual",
  "scores.predicted": "Predicted",
  "try.more labels": "Show {count, plural, one {# more} other {# more}}",
  "try.score": "Score",
  "try.given": "given from {threshold} on",
  "try.none given": "None of the labels is likely enough to be given.",
  "data.label columns": "Label columns",
  "data.label columns chosen": "the columns chosen below",
  "data.label columns explained":
    "Columns of 0 and 1, one for each label. Choose any number; with none, the label column above is read.",

  // Masked words.
  "task.masked words": "masked words",
  "task.masked words explained":
    "Texts alone, without labels: the model guesses hidden words and so gets used to these texts. A warm-up: the run’s model then stands in the list of models, to train any other task from.",
  "metric.maskedLoss": "Masked loss",
  "metric.perplexity": "Perplexity",
  "metric.maskedAccuracy": "Masked accuracy",
  "metric.maskedLoss short": "masked loss",
  "metric.perplexity short": "perplexity",
  "metric.maskedAccuracy short": "masked accuracy",
  "metric.maskedLoss explained":
    "How much the hidden word pieces surprise the model, on average; lower is better.",
  "metric.perplexity explained":
    "Among how many equally likely word pieces the model seems to choose: e to the loss; lower is better. Compare it only between models of one vocabulary.",
  "metric.maskedAccuracy explained":
    "Share of the hidden word pieces that are guessed right.",
  "chart.masked words title": "Masked accuracy",
  "baseline.masked words": "commonest piece",
  "data.text for warm-up": "Text for warm-up",
  "no label column":
    "No label column is chosen. Choose one, or the task “masked words”, which needs none.",
  "columns: texts alone":
    "{column} is the only column: texts without labels, for a warm-up on masked words.",
  "warm-up: no text": "No row has a text in {column}. Choose another column.",
  "warm-up: texts alone":
    "The model learns to guess hidden words of {rows, plural, one {# text} other {# texts}} in {column}; labels are not looked at.",
  "remedy: warm up on it": "Use it as text for warm-up",
  "train: no mask token":
    "The vocabulary of this model has no [MASK], so no words can be hidden. Choose another model.",
  "train: masked words learn in all layers":
    "Masked words are learned in all layers: set fine-tune to “all layers”.",
  "masked.before and after": "Before and after",
  "masked.before": "Before training",
  "masked.after": "Step {step}",
  "masked.by frequency": "By frequency, unread",
  "masked.by frequency explained":
    "What the frequency of each word piece in the training texts gives without reading.",
  "masked.judged":
    "{pieces, plural, one {# hidden word piece} other {# hidden word pieces}} of {texts, plural, one {# text} other {# texts}}, the same at every evaluation.",
  "masked.examples": "Hidden words as they are guessed",
  "masked.guessed right": "{word}: guessed right, {probability}",
  "masked.guessed wrong": "{word}: guessed {guess}, {probability}",
  "try.write a mask": "Write [MASK] or ___ where a word is to be guessed.",
  "try.mask": "Mask {number, number}",
  "model from run":
    "The model of {name} is in the list of models: choose it to train another task from it.",
  "remedy: choose this model": "Choose {name}",
  // Spans: figures, mistakes, answers.
  "spans.heading": "By type",
  "errors.heading": "Errors by kind",
  "errors.kind": "Kind",
  "errors.count": "Entities",
  "errors.choose": "Show only texts with this error",
  "errors.boundary": "boundary",
  "errors.type": "type",
  "errors.both": "boundary and type",
  "errors.missed": "missed",
  "errors.spurious": "spurious",
  "errors.boundary explained": "The right type, but not the same words",
  "errors.type explained": "The right words, another type",
  "errors.both explained": "Some of the words, another type",
  "errors.missed explained": "In the data, and nothing predicted there",
  "errors.spurious explained": "Predicted, and nothing in the data there",
  "mistakes.with error": "with the error “{error}”",
  "mistakes.none with error": "None of the mistakes kept has this error.",
  "mistakes.in data": "In the data",
  "mistakes.only differences": "Only the differences",
  "try.no spans": "No entities found.",
  "try.marked": "Entities in the text",
  "data.entities count":
    "{entities, plural, one {# entity} other {# entities}} of {types, plural, one {# type} other {# types}}",
  "data.more types count":
    "{types, plural, one {# more type} other {# more types}}",

  // Roles: mistakes, answers.
  "roles.heading": "By role",
  "mistakes.predicate": "Predicate",
  "try.predicate": "Predicate",
  "try.predicate hint":
    "The word whose roles are asked for; “gave 2” for the second of its word",
  "try.no roles": "No arguments found.",
  "try.roles marked": "Arguments in the text",
  "try.predicate not there": "This word is not in the text.",
  "data.arguments count":
    "{entities, plural, one {# argument} other {# arguments}} in {types, plural, one {# role} other {# roles}}",
};
