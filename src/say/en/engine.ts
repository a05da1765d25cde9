export default {
  // The files of a model. Names of files, fields and tensors stay as they are.
  "model file: web page":
    "{file} is a web page, not the model's file: a download that went wrong. Download it again.",
  "model file: LFS pointer":
    '{file} is a Git LFS pointer, not the file itself. Run "git lfs pull" in that folder and choose it again.',
  "model file: no JSON object":
    "{file} is not a JSON object. Choose the file as Hugging Face writes it.",

  // config.json
  "choose a BERT model":
    "Choose a BERT model, such as google/bert_uncased_L-2_H-128_A-2.",
  "config: model_type":
    "config.json: model_type is {type}, which Attune cannot train yet. {advice}",
  "config: unsaid family":
    "config.json has no model_type, and describes a {family}, which Attune cannot train yet. {advice}",
  "config: no BERT":
    "config.json has no model_type, and describes no BERT (it has no hidden_size of BERT's kind), which Attune cannot train yet. {advice}",
  "config: position_embedding_type":
    'config.json: position_embedding_type is {type}; only "absolute" is supported. {advice}',
  "config: is_decoder":
    "config.json: is_decoder is true; only encoders are supported. {advice}",
  "config: hidden_act":
    "config.json: hidden_act is {activation}; {known} are supported. {advice}",
  "config: add_cross_attention":
    "config.json: add_cross_attention is true; only encoders are supported. {advice}",
  "config: size is missing":
    "config.json: {name} is missing where a whole number above 0 is needed. Choose the file that came with the weights.",
  "config: size is no size":
    "config.json: {name} is {value} where a whole number above 0 is needed. Choose the file that came with the weights.",
  "config: heads do not divide":
    "config.json: hidden_size {hidden} is not a multiple of num_attention_heads {heads}. Choose the file that came with the weights.",
  "config: no number":
    "config.json says {what}, which is no number; it was passed over.",

  // Which folder is the model
  "folder: models side by side":
    "{count, number} models lie side by side: {folders}. Which one? Drop or open that folder alone.",
  "folder: models below":
    "{count, plural, one {# more model lies} other {# more models lie}} in folders below, not read: {folders}. Open such a folder by itself to use it.",

  // Tokenizer
  "tokenizer: no vocabulary in its model":
    "tokenizer.json: its model is {type} without a vocabulary; Attune reads BERT's WordPiece. Choose a BERT model.",
  "tokenizer: no WordPiece model":
    "tokenizer.json: its model is {type}; Attune reads BERT's WordPiece. Choose a BERT model.",
  "tokenizer: vocab.txt without specials":
    "vocab.txt: {count, number} lines, but no [CLS] and [SEP] among them. Choose a BERT model's vocab.txt, one token a line.",
  "tokenizer: no file":
    "The model has neither tokenizer.json nor vocab.txt. Add one of them.",
  "tokenizer: token not in vocabulary":
    "The vocabulary has no {token}. Choose a BERT model's vocabulary.",
  "tokenizer: flags disagree":
    "tokenizer_config.json says {flag} {written}, tokenizer.json says {field} {has}: tokenizer_config.json is obeyed, as Python does. An export says it in both.",
  "tokenizer: flag not said":
    "tokenizer.json says {field} {has}, tokenizer_config.json does not say {flag}, for which some versions of Python's transformers take {usual}. tokenizer.json is obeyed; an export says it in both.",
  "tokenizer: vocabularies disagree":
    "vocab.txt and tokenizer.json disagree on {count, plural, one {# word piece} other {# word pieces}} (line {line}: {inText} and {inJson}): tokenizer.json is obeyed, as Python's AutoTokenizer does. An export writes both alike.",
  // In place of a word piece: the file has none on that line.
  "tokenizer: nothing": "nothing",
  "tokenizer: other splitter":
    "In Python this model's words are split by {splitter}, which is not here: text is split at spaces, punctuation and ideographs, so that longer words fall into other pieces than it was trained on. It can be trained; expect lower scores. An export says how it was split here.",
  "split by: characters": "characters",
  "split by: spaces alone": "spaces alone",
  "tokenizer: unlike BERT":
    "tokenizer.json has {what}, which Python's BertTokenizer cannot do: load an export with AutoTokenizer.",
  "unlike BERT: normalizer": "the normalizer {type}",
  "unlike BERT: pre-tokenizer": "the pre-tokenizer {type}",
  "unlike BERT: prefix": "the prefix {prefix}",

  // A weights file that cannot be read: {fact} is one of those that follow, a clause.
  "weights: bad file":
    "{file}: {fact}. Choose a model.safetensors file as Hugging Face writes it.",
  "bundled: bad file":
    "{file}: {fact}. The model {model} did not arrive whole: try again, and check that the site was copied completely.",
  "weights: too short": "{bytes} bytes where the header length alone takes 8",
  "weights: header is longer than the file":
    "its header claims {announced} bytes, the file has {bytes}; it is cut off or not a safetensors file",
  "weights: header is no JSON":
    "its header is not JSON; it is not a safetensors file",
  "weights: header is no JSON object": "its header is not a JSON object",
  "weights: tensor beyond the end":
    "{name} lies at bytes {begin}–{end} of {body}; the file is cut off",
  "weights: dtype":
    "{name} is {dtype}; only F64, F32, F16 and BF16 can be read",
  "weights: bytes and shape disagree":
    "{name} has {bytes} bytes where {shape} in {dtype} takes {wanted}",
  // In place of a shape such as 128 × 512
  "weights: one number": "one number",
  "weights: tensors overlap":
    "{first} (bytes {firstBegin}–{firstEnd}) and {second} ({secondBegin}–{secondEnd}) overlap, so that one of them holds wrong numbers; the file is damaged",
  "weights: no float tensors": "it holds no float tensors",
  "weights: no dtype": "{name} has no dtype in the header",
  "weights: no shape": "{name} has no proper shape in the header",
  "weights: no data_offsets": "{name} has no proper data_offsets in the header",

  // A file of another kind where the weights should be
  "weights: LFS pointer":
    '{file} is a Git LFS pointer of {bytes} bytes, not the weights. Run "git lfs pull" in that folder, or download the file from its page, and choose it again.',
  "weights: LFS pointer and size":
    '{file} is a Git LFS pointer of {bytes} bytes, not the weights ({size} bytes). Run "git lfs pull" in that folder, or download the file from its page, and choose it again.',
  "weights: web page":
    "{file} is a web page, not weights: a download that went wrong. Download the file again (on the hub: the file's download link, signed in where the model asks for it).",
  "weights: titled web page":
    '{file} is a web page ("{title}"), not weights: a download that went wrong. Download the file again (on the hub: the file\'s download link, signed in where the model asks for it).',
  "weights: server's answer":
    '{file} is a server\'s answer, not weights: "{answer}". Download the file again.',
  "weights: PyTorch file":
    "{file} is a PyTorch file under another name. {advice}",
  "weights: foreign format":
    "{file} cannot be read. Save the model as model.safetensors (in Python: model.save_pretrained(folder, safe_serialization=True)). {advice}",
  "convert in Python":
    "Convert it once in Python: from transformers import AutoModel, AutoTokenizer; AutoModel.from_pretrained(folder).save_pretrained(out, safe_serialization=True); AutoTokenizer.from_pretrained(folder).save_pretrained(out). Then choose the new folder.",
  "weights: adapter":
    "{file} holds an adapter (LoRA), not a whole model. Merge it in Python (model.merge_and_unload()), save that, and choose the new folder.",

  // Weights in several files
  "weights: several files":
    "{count, number} weights files lie there, none named model.safetensors: {files}. Choose the one that is meant, with config.json and the tokenizer's files.",
  "weights: no weight_map":
    "{file} has no weight_map. Choose the file as Hugging Face writes it.",
  "weights: files are missing":
    "The weights are in {count, number} files, and {files} {missing, plural, one {is} other {are}} missing. Choose them all together, or in Python: Save the model as one model.safetensors.",
  "weights: tensor is there twice":
    "{tensor} is in {file} and in another of the {count, number} files. Download them again.",
  "weights: listed tensor is missing":
    "{file} lacks {tensor}, which {index} lists there. Download the files again.",

  // A model that comes with the site
  "bundled: not fetched":
    "{file} of the model {name} could not be fetched. Check the connection and try again.",
  "bundled: server answered":
    "{file} of the model {name}: the server answered {status}. Try again.",
  "bundled: cut off":
    "{file} of the model {model}: the download was cut off. Check the connection and try again.",
  "bundled: cut off after":
    "{file} of the model {model}: the download was cut off after {got} of {announced} bytes. Check the connection and try again.",
  "bundled: not whole":
    "{problem} The model {model} did not arrive whole: try again, and check that the site was copied completely.",
  "bundled: files are missing":
    "The model {name} lacks {missing}. Check that the site was copied completely.",

  // Weights and config.json
  "weights: two encoders":
    "{file} holds two encoders with different numbers: {one} and {other}. Save the one that is meant by itself (in Python: model.save_pretrained(folder)).",
  "weights: encoder several times":
    "The encoder is in {file} {times, number} times with the same numbers ({names}); it was read once.",
  "weights: prefix taken off":
    "The tensors' names begin with {prefix}, which was taken off.",
  "weights: parameter is missing":
    "{file}: {name} is missing; config.json describes {layers} layers of BERT. {advice}",
  "weights: choose the same model's":
    "Choose the config.json and the weights of the same model.",
  "weights: not BERT's names":
    "Its tensors are named {name}, …: these are not BERT's. Choose a BERT model.",
  "weights: shape":
    "{file}: {name} is {shape}, config.json says {says}. Choose the config.json and the weights of the same model.",
  "config says two sizes": "{field} {size} and hidden_size {hidden} ({wanted})",
  "weights: layer too many":
    "{file}: {name} has no place in the {layers} layers that config.json describes. Choose the config.json and the weights of the same model.",
  "weights: no pooler":
    "The weights have no pooler: it starts from random numbers, like the classifier.",
  "weights: pretraining head":
    "{count, plural, one {# tensor of the pretraining head (cls.…) is} other {# tensors of the pretraining head (cls.…) are}} not used.",
  "weights: others unused":
    "{count, plural, one {# other tensor is} other {# other tensors are}} not used, for example {example}.",
  "weights: no numbers":
    "{file}: {count, plural, one {# number is} other {# numbers are}} NaN or infinite, in {names}. The run that wrote them diverged or the file is damaged: choose an earlier checkpoint, or download it again.",
  "weights: some of the tensors": "{names}, … ({count, number} tensors)",

  // A model as a whole
  "model: files are missing":
    "The model {name} lacks {missing}. Drop config.json, tokenizer.json or vocab.txt, and model.safetensors together.",
  "model: both files": "{first} and {rest}",
  "model: tokenizer's file": "tokenizer.json or vocab.txt",
  "model: attune.json passed over":
    "{problem} It was passed over: the model itself is whole.",
  "model: vocabulary alone":
    "There is a vocabulary of {pieces} word pieces, but no config.json and no weights: the model has {layers} layers of {hidden} and starts from random numbers, so it knows no language yet. Expect much lower scores than from a pretrained model.",
  "model: no weights":
    "There are no weights (model.safetensors): all {layers} layers start from random numbers, so the model knows no language yet. Expect much lower scores; where the weights exist, drop them together with the other files.",
  "model: was a classifier":
    "It was a classifier for {count, number} labels ({labels}). Where the data has exactly these, that classifier is trained further, each label with its own row; for other labels a new one starts from random numbers.",
  "model: was a classifier that answers":
    "It was a classifier for {count, number} labels ({labels}). As it is, it answers under Try it. Where the data has exactly these, that classifier is trained further, each label with its own row; for other labels a new one starts from random numbers.",
  "model: vocabulary too large":
    "The tokenizer has {pieces} word pieces, config.json says vocab_size {size}. Choose the files of one model.",
  "model: tokens without embedding":
    "The tokenizer has {count, plural, one {# added token} other {# added tokens}} without an embedding: {tokens}, and config.json says vocab_size {size}. In Python: model.resize_token_embeddings(len(tokenizer)), then save both; or drop the model without its tokenizer.json, tokenizer_config.json and added_tokens.json, with vocab.txt alone.",
  "model: token's id": "{content} is {id}",
  "model: one kind of text":
    "It knows one kind of text (type_vocab_size 1): one text column can be trained on, pairs of texts cannot.",
  "model: long positions":
    "It has {positions} positions; texts are cut at {longest} tokens here.",
  "model: odd sizes":
    'Its sizes (hidden {hidden}, intermediate {intermediate}) are no multiples of 4: it runs on the slower TensorFlow.js CPU backend, whatever stands under "Run on".',
  "model: odd heads":
    'Its heads have {head} features, no multiple of 4: it runs on the CPU, whatever stands under "Run on".',

  // What cannot be trained, asked or exported
  "busy: train": "A run is under way. Stop it first, then train.",
  "busy: export": "A run is under way. Stop it first, then export.",
  "busy: evaluate": "A run is under way. Stop it first, then evaluate.",
  "busy: load a model": "A run is under way. Stop it first, then load a model.",
  "busy: change where it runs":
    "A run is under way. Stop it first, then change where it runs.",
  "no model is loaded": "No model is loaded. Choose a model first.",
  "nothing trained to predict":
    "There is no trained model yet. Train first, then predict.",
  "nothing trained to export":
    "There is no trained model yet. Train first, then export.",
  "train: no pairs":
    "The model {model} knows one kind of text (type_vocab_size 1) and cannot tell the two texts of a pair apart. Choose one text column, or another model.",
  "train: too few labels":
    "{count, plural, one {# label} other {# labels}} in the data. Training needs at least 2.",
  "train: no rows": "0 rows to train on. Lower the validation share.",
  "train: loss is no number":
    "Step {step, number}: the loss is no longer a number. Lower the learning rate (now {learningRate}) and train again.",
  "evaluate: no pairs":
    "The model {model} knows one kind of text (type_vocab_size 1) and cannot tell the two texts of a pair apart. Choose one text column.",
  "evaluate: other labels":
    "{data} has the labels {labels}; the model {model} knows {known}. Choose another label column, or train.",
  "evaluate: no classifier":
    "The model {model} has no classifier of its own. Train first.",

  // Where it runs. wasm, webgpu, webgl and cpu stand under "Run on".
  threads: "{count, plural, one {# thread} other {# threads}}",
  "plain JavaScript": "plain JavaScript",
  // In place of a GPU's name
  "adapter: unknown": "unknown adapter",
  "adapter: software": "{name} (software)",
  "run on: fastest":
    "{name} was fastest: {time} for a small training step ({others}).",
  // One of {others}: WebGL 40 ms
  "run on: speed": "{name} {time}",
  "run on: nothing faster":
    "{name} took {time} for a small training step; nothing faster is here.",
  "run on: what there is": "{name} is what this browser offers.",
  "run on: as chosen": "{name}, as chosen.",
  // {problem} and {why} are whole sentences.
  "run on: not to be used": "{name} cannot be used here: {problem} {why}",
  "run on: not found": "it was not found.",
  "run on: nothing here":
    "Nothing here can train: {problems} Use a current Chrome, Edge, Firefox or Safari.",
  "run on: problem": "{name}: {problem}",
  "run on: wrong numbers":
    "{name} computes wrong numbers on this machine ({found} where {right} is right).",
  "not measured: last resort":
    "Not measured: plain JavaScript is the last resort, many times slower than the others.",
  "not measured: software":
    "Not measured: {detail} only emulates a GPU on the processor.",
  "not measured: no time": "Not measured: the others took {seconds} s already.",
  "run on: no WebGPU":
    "This browser has no WebGPU. Use a current Chrome, Edge, Safari or Firefox, or run on wasm.",
  "run on: no adapter":
    "WebGPU found no adapter: the GPU or its driver is not supported. Run on wasm.",
  "run on: WebGL without 32-bit floats":
    "WebGL cannot compute in 32-bit floats on this device. Run on wasm.",
  "run on: backend failed":
    'The {name} backend could not start ({reason}). Choose another under "Run on".',
  "run on: backend did not start":
    'The {name} backend could not start. Choose another under "Run on".',
  "run on: kernels did not load":
    "The engine's kernels did not load ({status}). Reload the page.",
  "run on: thread did not start":
    "A thread of the engine did not start: {message}",
  "run on: more than a page can address":
    "This model and batch need {need}, more than the 4 GB a page can address. Choose a smaller batch or fewer tokens.",
  "run on: more than the GPU gives":
    "This model and batch need {need} MB in one piece, and this GPU gives {gives}. Choose a smaller batch or fewer tokens.",

  // A GPU that died; {reason} and {message} are the browser's.
  "GPU stopped":
    "The GPU stopped working ({reason}). Start again, or run on wasm.",
  "GPU stopped: no reason": "no reason given",
  "GPU is out of memory":
    "The GPU is out of memory ({message}). Lower batch size or max tokens.",
  "GPU stopped while it was read":
    "The GPU stopped working ({reason}: {message}). What was not yet read from it is gone.",
} as const satisfies Record<string, string>;
