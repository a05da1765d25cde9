export default {
  // What a button beside a notice does.
  "remedy: try again": "Try again",
  "remedy: start again": "Start again",
  "remedy: stop the run": "Stop the run",
  "remedy: choose another file": "Choose another file",
  "remedy: run on": "Run on {executor}",
  "remedy: export first": "Export first",
  "remedy: train anyway": "Train anyway",

  // What is being waited for.
  "waiting: device": "Measuring what this machine can do.",
  "waiting: model": "Reading the model.",
  "waiting: files": "Reading {files}.",
  "waiting: sample": "Fetching {file}.",
  "waiting: labels": "Counting labels.",
  "waiting: export": "Writing the files.",
  "waiting: rows": "Reading the rows.",
  "waiting: row read": "Reading row {done, number} of {total, number}.",
  "waiting: row answered": "Answering row {done, number} of {total, number}.",

  // The page itself, its samples, its workers.
  "site incomplete":
    "{path} answered {status}: this copy of the site seems incomplete. Reload, or use your own file.",
  "samples: no json":
    "samples/samples.json is no JSON: this copy of the site seems incomplete. Your own files work all the same.",
  "sample: unknown":
    "There is no sample named “{name}”: choose one of {known}.",
  "sample: unknown, no list":
    "There is no sample named “{name}”: choose one of none, as the list could not be read.",
  // As the reason in "worker stopped".
  "worker had stopped": "it had stopped",
  "run is going on: files":
    "A run is going on: stop it first, then drop the files again.",
  "run is going on: model":
    "A run is going on: stop it before changing the model or where it runs.",

  // A dropped model.
  "model loaded: no weights":
    "The model {name} is loaded ({layers, plural, one {# layer} other {# layers}}). It has no weights and starts from random numbers: expect much lower scores.",
  "model loaded: answers":
    "The model {name} is loaded ({layers, plural, one {# layer} other {# layers}}). It answers under Try it as it is; drop labelled text to evaluate or train it.",
  "model loaded: no data":
    "The model {name} is loaded ({layers, plural, one {# layer} other {# layers}}). Now drop labelled text.",
  "models side by side":
    "{count, number} models lie side by side. Choose the one to load.",
  "models side by side: more":
    "{count, number} models lie side by side. Choose the one to load, or drop {more, plural, one {the folder of the other one} other {a folder of the # others}} alone.",
  "models side by side in a folder":
    "{count, number} models lie side by side in {folder}. Choose the one to load.",
  "models side by side in a folder: more":
    "{count, number} models lie side by side in {folder}. Choose the one to load, or drop {more, plural, one {the folder of the other one} other {a folder of the # others}} alone.",
  // After "Suggested for this table: small." `time` is one of the four below.
  "suggestion: larger":
    "It takes {time} here for {rows, plural, one {# row} other {# rows}} of about {characters, number} characters, and is up to 3 points better than {other} ({otherTime}).",
  "suggestion: smaller":
    "It takes {time} here for {rows, plural, one {# row} other {# rows}} of about {characters, number} characters; {other}, up to 3 points better, {otherTime}.",
  "takes: moment": "a few seconds",
  "takes: seconds": "about {count, number} s",
  "takes: minutes": "about {count, number} min",
  "takes: hours": "about {count, number} h",

  // What a run learned from.
  "source: files": "{names}",
  "source: many files": "{count, plural, one {# file} other {# files}}",
  "source: data": "data",
  // A run and its data, in the middle of a sentence.
  "former: files": "{run} ({files})",
  "former: columns": "{run} ({files}, {columns})",
  "former: as before": "{run} ({files} as it was before)",
  "loss: other data":
    "{results} was trained on other data than are open now and is not exported: a new run takes its place. Export it first, or train anyway.",
  "loss: minutes":
    "{run} took about {minutes, plural, one {# minute} other {# minutes}} to train and is not exported: a new run takes its place. Export it first, or train anyway.",

  // attune.json, dropped without its weights.
  "repeat: no run":
    "attune.json has no options and model of an Attune run. Choose the file as it lies in an exported folder.",
  "repeat: no json":
    "attune.json is not JSON, or was cut off after {count, number} characters. Choose the file as it lies in an exported folder.",
  // Where its name is unknown; as `run` of the next three.
  "repeat: the run": "the run",
  "repeat: other model":
    "The options and the seed of {run} are set. It was fine-tuned from {model} ({pieces, number} word pieces), which is not one of Attune's models: drop that model's folder before training. To use the run's weights, drop the whole exported folder.",
  "repeat: set":
    "The options, the seed and the model ({model}) of {run} are set. With its data, Train repeats it.",
  "repeat: other version":
    "This run was fine-tuned from {model} version {version} ({pieces, number} word pieces). Attune now carries version {present} ({presentPieces, number}): repeating it gives other figures. To use its weights, drop the whole exported folder.",
} as const satisfies Record<string, string>;
