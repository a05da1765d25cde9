export default {
  // The header and what surrounds every panel.
  "header.language": "Language",
  "header.measuring": "measuring…",
  /** system, light or dark, as it is now. */
  "header.theme": "Theme: {theme}",
  "header.theme next": "Theme: {theme}. Press for {next}.",
  "header.theme system": "system",
  "header.theme light": "light",
  "header.theme dark": "dark",
  "drop.run goes on": "A run is going on: stop it first",
  "drop.here": "Drop tables, or a model’s folder",
  "skip.name": "Skip",
  "skip.to data": "Skip to data",
  "skip.to train": "Skip to Train",
  "notice.problem": "Problem",
  "notice.careful": "Careful",
  "notice.note": "Note",
  "notice.dismiss": "Dismiss",
  "notice.details": "Details",
  "notice.copy": "Copy",
  "notice.copied": "Copied",
  "headline.computing baselines": "computing baselines",
  /** Of a score; {interval} is 0.81–0.89. */
  "headline.interval": "95 % interval {interval}",
  "headline.wilson":
    "Wilson interval: what the size of the validation part lets one say",
  /** {name} is a baseline: bag of words, majority. */
  "headline.equal to": "equal to {name}",
  "headline.equal to perfect": "equal to {name}, which is already perfect",
  "headline.not better than": "not better than {name}",

  // Controls and numbers.
  "controls.about": "About {what}",
  "controls.scrolls": "{name}, scrolls",
  "controls.show as table": "Show as table",
  "controls.show as picture": "Show as picture",
  "controls.as table": "{name} as table",
  /** A predicted duration: about 25 s. */
  "duration.about": "about {time}",
  /** Accuracy or macro-F1 where so few texts say little. */
  "score of few texts":
    "{score} of {texts, plural, one {# text} other {# texts}}",

  // The start screen and the samples.
  "start.what":
    "Drop labelled texts anywhere, and watch a small BERT learn to tell them apart.",
  "start.privacy":
    "It trains in this tab, on your machine. Your data stays here.",
  "start.formats":
    "CSV, TSV, JSON, text files in folders, or a zip of them. Columns, delimiter and encoding are found for you.",
  "start.measuring": "measuring…",
  "start.trains in": "trains in {time}",
  "sample.try": "Try a sample",
  "sample.rows": "{rows, plural, one {# row} other {# rows}}",
  "sample.labels": "{labels, plural, one {# label} other {# labels}}",
  "upload.name": "Upload data",
  "upload.what": "CSV, TSV, JSON, text or zip; several files at once are fine",

  // Data: files, columns, rows, labels, findings.
  "data.name": "Data",
  "data.start over": "Start over",
  "data.discard model": "Discard the trained model",
  "data.rows": "{rows, plural, one {# row} other {# rows}}",
  /** Which part a file is: train, validation or test. */
  "data.part of": "Part of {file}",
  "data.role train": "train",
  "data.role validation": "validation",
  "data.role test": "test",
  "data.choose": "choose…",
  "data.text column": "Text column",
  "data.label column": "Label column",
  "data.second text column": "Second text column",
  "data.second text column explained":
    "For pairs: two texts that are judged together, such as a question and an answer.",
  "data.no column": "none",
  "data.rows used": "{rows, plural, one {# row} other {# rows}} used",
  "data.set aside": "{count, number} set aside",
  "data.labels count": "{labels, plural, one {# label} other {# labels}}",
  "data.split":
    "{train, number} to train, {validation, number} for validation, {test, number} for the test",
  "data.rows set aside": "Rows set aside",
  /** {where} is places in files: lines, rows. */
  "data.aside without text":
    "{rows, plural, one {# row} other {# rows}}: no text ({where})",
  "data.aside without label":
    "{rows, plural, one {# row} other {# rows}}: no label ({where})",
  "data.aside with several labels":
    "{rows, plural, one {# row} other {# rows}}: several labels ({where})",
  "data.aside as rejected":
    "{rows, plural, one {# row} other {# rows}}: rejected or ignored when annotated ({where})",
  "data.aside as ragged":
    "{rows, plural, one {# row} other {# rows}}: do not fit the columns ({where})",
  "data.places": "{before}; {place}",
  "data.labels": "Labels",
  "data.more labels": "More labels",
  "data.more labels count":
    "{labels, plural, one {# more label} other {# more labels}}",
  "data.to beat": "To beat",
  "data.to beat figure": "To beat, {metric}",
  /** {name}: majority, mean. */
  "data.baseline": "{name} {score}",
  /** Before a finding, for screen readers. */
  "data.problem": "Problem:",
  "data.note": "Note:",
  "data.findings": "{findings, plural, one {# finding} other {# findings}}",
  "file.reading": "Reading {name}",
  "file.wrong": "Wrong columns or letters?",
  "file.delimiter": "Delimiter",
  "file.header": "Header",
  "file.encoding": "Encoding",
  /** First choice: what was found out about the file. */
  "file.found": "{what} (found)",
  "file.as found": "as found",
  "file.comma": "comma",
  "file.semicolon": "semicolon",
  "file.tab": "tab",
  "file.bar": "bar",
  "file.one column": "none, one column",
  "file.no delimiter": "none",
  "file.first row": "first row",
  "file.no header": "none",
  "preview.name": "Preview",
  "preview.table": "Table",
  "preview.rows": "{rows, plural, one {# row} other {# rows}}",
  "preview.first of":
    "the first {shown, number} of {rows, plural, one {# row} other {# rows}}",
  /** What a column is used as. */
  "preview.text": "text",
  "preview.label": "label",
  "preview.second text": "second text",

  // Model.
  "model.name": "Model",
  "model.not loaded": "Not loaded.",
  "model.load again": "Load it again",
  "model.not loaded yet": "Not loaded yet.",
  "model.facts":
    "{parameters} parameters · {layers, plural, one {# layer} other {# layers}} · {size}",
  "model.notes":
    "{notes, plural, one {# note} other {# notes}} about this model",
  "model.open folder": "Open a folder",
  "model.folder":
    "A folder with config.json, tokenizer.json or vocab.txt, and model.safetensors",
  "model.top layers": "Top layers",
  "model.top layers explained":
    "How many of the uppermost layers learn, besides the pooler and the classifier.",
  "fine-tune.name": "Fine-tune",
  "fine-tune.all layers": "all layers",
  "fine-tune.top layers": "top layers",
  "fine-tune.head only": "head only",
  "fine-tune.all layers explained":
    "Every weight learns: the best scores, the most work.",
  "fine-tune.top layers explained":
    "The layers nearest the answer learn; those below stay as they are.",
  "fine-tune.head only explained":
    "The encoder stays fixed and reads each text once; only the classifier learns, in moments.",
  "former labels.same":
    "Its {own, plural, one {# label} other {# labels}} are those of the data: training goes on from its classifier.",
  "former labels.some":
    "The data has {data, number} of its {own, plural, one {# label} other {# labels}}: it can be evaluated as it is; training starts a new classifier for the {data, number}.",
  "former labels.differ":
    "Its {own, plural, one {# label} other {# labels}} and the {data, number} of the data differ: a new classifier starts.",
  "suggestion.suggested": "Suggested for this table: {model}. {reason}",
  "suggestion.suits": "Suits this table: {model}. {reason}",
  "suggestion.use": "Use {model}",
  /** Which executor: webgpu, cpu, wasm and so on; their names are not translated. */
  "run on.name": "Run on",
  "run on.auto": "auto ({executor})",
  /** {about} is a measured speed, a description of the device, or that it was not measured. */
  "run on.executor": "{name} ({about})",
  "run on.executor detail": "{name}, {detail}",
  "run on.not measured": "not measured",
  "run on.speed": "{time}\u202fms/step",
  "run on.measured": "{speed}.",
  "run on.being measured": "Being measured.",
  "run on.explained":
    "Each was measured with the same small training step, and the fastest is taken.",
  "run on.not isolated":
    "This site does not send COOP and COEP headers, so the CPU works on one thread.",

  // Options.
  "options.name": "Options",
  "options.more": "More options",
  "options.whole number":
    "{name} is {shown}: choose a whole number from {least} to {most}.",
  "options.number":
    "{name} is {shown}: choose a number from {least} to {most}.",
  // As the value shown in the two above.
  "options.empty": "empty",
  "options.epochs": "Epochs",
  "options.epochs explained":
    "How many times the model reads every training text.",
  "options.batch size": "Batch size",
  "options.batch size explained":
    "How many texts are read before the weights change once.",
  "options.learning rate": "Learning rate",
  "options.learning rate explained":
    "How far each step moves the weights, at its peak. Too small learns nothing; too large forgets what the model knew.",
  "options.max tokens": "Max tokens",
  "options.max tokens explained":
    "Texts are cut after this many word pieces. Twice as many cost at least twice the time.",
  "options.warm-up": "Warm-up",
  "options.warm-up explained":
    "The share of all steps over which the learning rate rises to its peak; then it falls to zero.",
  "options.weight decay": "Weight decay",
  "options.weight decay explained":
    "How strongly weights are pulled towards zero, against learning by heart.",
  "options.dropout": "Dropout",
  "options.dropout explained":
    "The share of signals left out at random while training, against learning by heart.",
  "options.validation share": "Validation share",
  "options.validation share explained":
    "The share of rows held out to measure on, equally from every label. Not used where a validation file is given.",
  "options.seed": "Seed",
  "options.seed explained":
    "Decides every random choice: the same seed on the same executor gives the same run.",
  "options.patience": "Patience",
  "options.patience explained":
    "Stop after so many evaluations without a better macro-F1; 0 never stops early. The best weights are kept either way.",
  "options.evaluations per epoch": "Evaluations per epoch",
  "options.evaluations per epoch explained":
    "How often the validation rows are measured.",
  "options.class weights": "Class weights",
  "options.class weights explained":
    "“balanced” makes a mistake on a rare label count more, in inverse proportion to its rows.",
  "options.class weights none": "none",
  "options.class weights balanced": "balanced",
  "options.pairs first": "Pairs first",
  "options.pairs first explained":
    "Before the classifier learns, the model learns from pairs of texts which ones have the same label. Helps where there are few rows a label: few texts make many pairs. Only where each text has one label; not used with random weights or “head only”.",
  "options.why pairs first":
    "About {rows, plural, one {# row} other {# rows}} a label: the model first compares texts in pairs, of which there are many more. “Pairs first” under “More options” turns that off.",
  "options.frozen start": "Start from frozen features",
  "options.frozen start explained":
    "Reads the texts once before the first step, so that the classifier starts from what the model already makes of them. Saves epochs where there are many labels. Not used with random weights or “head only”.",
  "options.random weights": "Start from random weights",
  "options.random weights explained":
    "Forgets the pretraining: the honest comparison of what it is worth. Expect a lower score.",
  "preset.name": "Preset",
  "preset.quick": "quick",
  "preset.balanced": "balanced",
  "preset.thorough": "thorough",

  // Train: buttons, what is going on, how it ended.
  "train.name": "Run",
  "train.train": "Train",
  "train.pause": "Pause",
  "train.resume": "Resume",
  "train.stop": "Stop",
  "train.progress": "Training progress",
  /** Figures beside each other: 25 s · webgpu · kept: step 250 · last: step 270. */
  "train.kept step": "kept: step {step, number}",
  "train.last step": "last: step {step, number}",
  "train.done of": "{done, number} of {total, number}",
  /** {step} and {epoch} are 84/270. */
  "train.step": "step {step}",
  "train.epoch": "epoch {epoch}",
  "train.time left": "{time} left",
  "status.name": "Training status",
  "status.no data yet": "There is no data yet.",
  "status.data needs a look": "The data needs a look first.",
  "status.no model":
    "There is no model: it could not be loaded. Load it again under Model.",
  "status.waiting for data": "Waiting for data.",
  "status.cannot train yet": "This data cannot be trained on yet.",
  "status.choose columns": "Choose the columns.",
  "status.ready": "Ready.",
  "status.ready with texts":
    "Ready: {texts, plural, one {# text} other {# texts}}.",
  /** Two whole sentences. */
  "status.and then": "{first} {next}",
  "status.training takes": "Training takes {time}.",
  "status.splitting data": "Splitting the data.",
  "status.tokenizing": "Splitting texts into word pieces.",
  "status.encoding": "Reading every text once.",
  "status.pairing": "Comparing texts in pairs.",
  "status.starting": "Starting.",
  "status.training": "Training.",
  "status.measuring": "Measuring on the validation texts.",
  "status.share done": "{percent} % are done.",
  "status.paused": "Paused.",
  "status.trained": "Trained.",
  "status.failed": "The run failed. Data and options are as they were.",
  /** How a run ended: {how} of the sentences after these. */
  "end.finished": "Finished",
  "end.stopped": "Stopped at step {step, number} of {steps, number}",
  "end.stopped early":
    "Stopped early at step {step, number}, as it no longer improved",
  "end.without figures": "{how}.",
  "end.on all rows": "{how} on all {rows, plural, one {# row} other {# rows}}.",
  "end.with figures": "{how}: {judge} {judged}, {other} {value}.",
  "end.beside baseline":
    "{how}: {judge} {judged} ({baseline} {score}), {other} {value}.",
  /** {run} and {decider} are names of runs. */
  "all rows.has learned":
    "{run} has learned from all {rows, plural, one {# row} other {# rows}}: nothing is held out, so no validation figure is claimed for it. How long it learns was decided by {decider}, which reached {metric} {value} on the {validation, number} rows it held out.",
  "all rows.learns":
    "{run} learns from all {rows, plural, one {# row} other {# rows}}: nothing is held out, so no validation figure is claimed for it. How long it learns was decided by {decider}, which reached {metric} {value} on the {validation, number} rows it held out.",
  "all rows.train": "Train on all rows",
  "all rows.what":
    "The same run on all {rows, plural, one {# row} other {# rows}}, for the {served, number} of {epochs, plural, one {# epoch} other {# epochs}} that served best. Nothing is held out then, so it comes without a validation figure.",

  // The charts of a run.
  "training.name": "Training",
  "training.kept and last":
    "Beside the curves stand the figures of the last step, {step, number}. The weights kept are those of step {bestStep, number}, the best on validation: {judge} {judged}, {other} {value}.",
  "training.tokens per second": "{rate} tokens/s",
  /** Lines: names are short, they stand beside their ends. */
  "chart.each step": "each step",
  "chart.train running mean": "train, running mean",
  "chart.train": "train",
  "chart.validation": "validation",
  "chart.learning rate": "learning rate",
  "chart.speed": "speed",
  "chart.memory": "memory",
  "chart.loss title": "Loss",
  "chart.learning rate title": "Learning rate",
  "chart.speed title": "Speed",
  "chart.memory title": "Memory",
  "chart.loss empty": "The loss shows here from the first step on.",
  "chart.accuracy empty": "Shows with the first evaluation.",
  "chart.nothing held out": "Nothing is held out in this run.",
  "chart.small empty": "from the first step on",
} as const satisfies Record<string, string>;
