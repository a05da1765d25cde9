import type en from "../en/engine";

export default {
  "model file: web page":
    "{file} 是网页，而不是模型文件：下载出错了。请重新下载。",
  "model file: LFS pointer":
    "{file} 是 Git LFS 指针，而不是文件本身。请在该文件夹中运行“git lfs pull”，然后重新选择。",
  "model file: no JSON object":
    "{file} 不是 JSON 对象。请选择 Hugging Face 写出的文件。",

  "choose a BERT model":
    "请选择 BERT 模型，例如 google/bert_uncased_L-2_H-128_A-2。",
  "config: model_type":
    "config.json：model_type 为 {type}，Attune 尚不能训练。{advice}",
  "config: unsaid family":
    "config.json 没有 model_type，其内容描述的是 {family}，Attune 尚不能训练。{advice}",
  "config: no BERT":
    "config.json 没有 model_type，其内容描述的不是 BERT（没有 BERT 那样的 hidden_size），Attune 尚不能训练。{advice}",
  "config: position_embedding_type":
    'config.json：position_embedding_type 为 {type}；仅支持 "absolute"。{advice}',
  "config: is_decoder":
    "config.json：is_decoder 为 true；仅支持编码器。{advice}",
  "config: hidden_act":
    "config.json：hidden_act 为 {activation}；支持的有 {known}。{advice}",
  "config: add_cross_attention":
    "config.json：add_cross_attention 为 true；仅支持编码器。{advice}",
  "config: size is missing":
    "config.json：缺少 {name}，此处需要大于 0 的整数。请选择与权重配套的文件。",
  "config: size is no size":
    "config.json：{name} 为 {value}，此处需要大于 0 的整数。请选择与权重配套的文件。",
  "config: heads do not divide":
    "config.json：hidden_size {hidden} 不是 num_attention_heads {heads} 的整数倍。请选择与权重配套的文件。",
  "config: no number": "config.json 中的 {what} 不是数字，已忽略。",

  "folder: models side by side":
    "有 {count, number} 个模型并列：{folders}。要用哪一个？请单独拖入或打开该文件夹。",
  "folder: models below":
    "下级文件夹中还有 {count, number} 个模型未读取：{folders}。要使用其中一个，请单独打开该文件夹。",

  "tokenizer: no vocabulary in its model":
    "tokenizer.json：其模型为 {type}，且没有词表；Attune 读取 BERT 的 WordPiece。请选择 BERT 模型。",
  "tokenizer: no WordPiece model":
    "tokenizer.json：其模型为 {type}；Attune 读取 BERT 的 WordPiece。请选择 BERT 模型。",
  "tokenizer: vocab.txt without specials":
    "vocab.txt：共 {count, number} 行，其中没有 [CLS] 和 [SEP]。请选择 BERT 模型的 vocab.txt，每行一个词元。",
  "tokenizer: no file":
    "模型既没有 tokenizer.json，也没有 vocab.txt。请添加其中之一。",
  "tokenizer: token not in vocabulary":
    "词表中没有 {token}。请选择 BERT 模型的词表。",
  "tokenizer: flags disagree":
    "tokenizer_config.json 中 {flag} 为 {written}，tokenizer.json 中 {field} 为 {has}：与 Python 一样，以 tokenizer_config.json 为准。导出时两处写法一致。",
  "tokenizer: flag not said":
    "tokenizer.json 中 {field} 为 {has}，tokenizer_config.json 没有写明 {flag}，Python 的 transformers 某些版本会取 {usual}。以 tokenizer.json 为准；导出时两处都会写明。",
  "tokenizer: vocabularies disagree":
    "vocab.txt 与 tokenizer.json 有 {count, number} 个词片不一致（第 {line} 行：{inText} 与 {inJson}）：与 Python 的 AutoTokenizer 一样，以 tokenizer.json 为准。导出时两者一致。",
  "tokenizer: nothing": "（无）",
  "tokenizer: other splitter":
    "在 Python 中，该模型用{splitter}切分词语，而此处没有：文本在空格、标点和汉字处切分，因此较长的词会被切成与预训练时不同的词片。仍可训练，但分数会偏低。导出文件会写明此处的切分方式。",
  "split by: characters": "逐字符方式",
  "split by: spaces alone": "仅按空格的方式",
  "tokenizer: unlike BERT":
    "tokenizer.json 含有 {what}，Python 的 BertTokenizer 不支持：请用 AutoTokenizer 加载导出的模型。",
  "unlike BERT: normalizer": "规范化器 {type}",
  "unlike BERT: pre-tokenizer": "预分词器 {type}",
  "unlike BERT: prefix": "前缀 {prefix}",

  "weights: bad file":
    "{file}：{fact}。请选择 Hugging Face 写出的 model.safetensors 文件。",
  "bundled: bad file":
    "{file}：{fact}。模型 {model} 没有完整送达：请重试，并检查网站文件是否复制完整。",
  "weights: too short": "只有 {bytes} 字节，而仅文件头长度就占 8 字节",
  "weights: header is longer than the file":
    "文件头声称有 {announced} 字节，文件只有 {bytes} 字节；文件被截断，或不是 safetensors 文件",
  "weights: header is no JSON": "文件头不是 JSON；这不是 safetensors 文件",
  "weights: header is no JSON object": "文件头不是 JSON 对象",
  "weights: tensor beyond the end":
    "{name} 位于第 {begin}–{end} 字节，而总共只有 {body} 字节；文件被截断",
  "weights: dtype": "{name} 的类型为 {dtype}；只能读取 F64、F32、F16 和 BF16",
  "weights: bytes and shape disagree":
    "{name} 有 {bytes} 字节，而 {dtype} 类型的 {shape} 需要 {wanted} 字节",
  "weights: one number": "单个数值",
  "weights: tensors overlap":
    "{first}（第 {firstBegin}–{firstEnd} 字节）与 {second}（第 {secondBegin}–{secondEnd} 字节）重叠，因此其中之一的数值有误；文件已损坏",
  "weights: no float tensors": "其中没有浮点张量",
  "weights: no dtype": "文件头中 {name} 没有 dtype",
  "weights: no shape": "文件头中 {name} 没有正确的 shape",
  "weights: no data_offsets": "文件头中 {name} 没有正确的 data_offsets",

  "weights: LFS pointer":
    "{file} 是 {bytes} 字节的 Git LFS 指针，而不是权重。请在该文件夹中运行“git lfs pull”，或从其页面下载该文件，然后重新选择。",
  "weights: LFS pointer and size":
    "{file} 是 {bytes} 字节的 Git LFS 指针，而不是权重（{size} 字节）。请在该文件夹中运行“git lfs pull”，或从其页面下载该文件，然后重新选择。",
  "weights: web page":
    "{file} 是网页，而不是权重：下载出错了。请重新下载该文件（在 Hub 上使用文件的下载链接；若模型要求，请先登录）。",
  "weights: titled web page":
    "{file} 是网页（“{title}”），而不是权重：下载出错了。请重新下载该文件（在 Hub 上使用文件的下载链接；若模型要求，请先登录）。",
  "weights: server's answer":
    "{file} 是服务器的回复，而不是权重：“{answer}”。请重新下载该文件。",
  "weights: PyTorch file": "{file} 是改了名的 PyTorch 文件。{advice}",
  "weights: foreign format":
    "{file} 无法读取。请将模型保存为 model.safetensors（Python：model.save_pretrained(folder, safe_serialization=True)）。{advice}",
  "convert in Python":
    "请在 Python 中转换一次：from transformers import AutoModel, AutoTokenizer; AutoModel.from_pretrained(folder).save_pretrained(out, safe_serialization=True); AutoTokenizer.from_pretrained(folder).save_pretrained(out)。然后选择新文件夹。",
  "weights: adapter":
    "{file} 是适配器（LoRA），而不是完整模型。请在 Python 中合并（model.merge_and_unload()）并保存，然后选择新文件夹。",

  "weights: several files":
    "那里有 {count, number} 个权重文件，但没有名为 model.safetensors 的：{files}。请选择所需的那一个，连同 config.json 和分词器文件。",
  "weights: no weight_map":
    "{file} 没有 weight_map。请选择 Hugging Face 写出的文件。",
  "weights: files are missing":
    "权重分为 {count, number} 个文件，缺少{missing, plural, other { # 个}}：{files}。请一并选择所有文件，或在 Python 中将模型保存为单个 model.safetensors。",
  "weights: tensor is there twice":
    "{tensor} 既在 {file} 中，也在全部 {count, number} 个文件的另一个中。请重新下载这些文件。",
  "weights: listed tensor is missing":
    "{file} 缺少 {tensor}，而 {index} 将其列在该文件中。请重新下载这些文件。",

  "bundled: not fetched":
    "无法获取模型 {name} 的 {file}。请检查网络连接后重试。",
  "bundled: server answered":
    "模型 {name} 的 {file}：服务器返回 {status}。请重试。",
  "bundled: cut off":
    "模型 {model} 的 {file}：下载中断。请检查网络连接后重试。",
  "bundled: cut off after":
    "模型 {model} 的 {file}：下载中断，只收到 {announced} 字节中的 {got} 字节。请检查网络连接后重试。",
  "bundled: not whole":
    "{problem}模型 {model} 没有完整送达：请重试，并检查网站文件是否复制完整。",
  "bundled: files are missing":
    "模型 {name} 缺少 {missing}。请检查网站文件是否复制完整。",

  "weights: two encoders":
    "{file} 含有两个数值不同的编码器：{one} 和 {other}。请单独保存所需的那一个（Python：model.save_pretrained(folder)）。",
  "weights: encoder several times":
    "{file} 中有 {times, number} 个数值相同的编码器（{names}）；只读取了一次。",
  "weights: prefix taken off": "张量名称以 {prefix} 开头，已去掉该前缀。",
  "weights: parameter is missing":
    "{file}：缺少 {name}；config.json 描述的是 {layers} 层的 BERT。{advice}",
  "weights: choose the same model's": "请选择同一模型的 config.json 和权重。",
  "weights: not BERT's names":
    "其张量名为 {name} 等，不是 BERT 的名称。请选择 BERT 模型。",
  "weights: shape":
    "{file}：{name} 为 {shape}，而 config.json 写的是 {says}。请选择同一模型的 config.json 和权重。",
  "config says two sizes": "{field} {size} 和 hidden_size {hidden}（{wanted}）",
  "weights: layer too many":
    "{file}：{name} 不属于 config.json 描述的 {layers} 层。请选择同一模型的 config.json 和权重。",
  "weights: no pooler":
    "权重中没有池化层 (pooler)：与分类头一样，从随机数开始。",
  "weights: pretraining head":
    "预训练头 (cls.…) 的 {count, number} 个张量未使用。",
  "weights: others unused":
    "另有 {count, number} 个张量未使用，例如 {example}。",
  "weights: no numbers":
    "{file}：有 {count, number} 个数值为 NaN 或无穷大，位于 {names}。写出它们的训练已发散，或文件已损坏：请选择更早的检查点，或重新下载。",
  "weights: some of the tensors": "{names} 等 {count, number} 个张量",

  "model: files are missing":
    "模型 {name} 缺少 {missing}。请将 config.json、tokenizer.json 或 vocab.txt，以及 model.safetensors 一并拖入。",
  "model: both files": "{first}和 {rest}",
  "model: tokenizer's file": "tokenizer.json 或 vocab.txt",
  "model: attune.json passed over": "{problem}已忽略该文件：模型本身完整。",
  "model: vocabulary alone":
    "有 {pieces} 个词片的词表，但没有 config.json 和权重：模型有 {layers} 层，宽度 {hidden}，从随机数开始，因此尚不懂任何语言。分数会远低于预训练模型。",
  "model: no weights":
    "没有权重 (model.safetensors)：全部 {layers} 层从随机数开始，因此模型尚不懂任何语言。分数会低得多；若有权重，请与其他文件一并拖入。",
  "model: was a classifier":
    "它原是 {count, number} 个标签的分类器（{labels}）。若数据恰好有这些标签，则继续训练该分类头，每个标签沿用自己的那一行；若是其他标签，则新的分类头从随机数开始。",
  "model: was a classifier that answers":
    "它原是 {count, number} 个标签的分类器（{labels}）。无需训练，即可在“试一试”中作答。若数据恰好有这些标签，则继续训练该分类头，每个标签沿用自己的那一行；若是其他标签，则新的分类头从随机数开始。",
  "model: vocabulary too large":
    "分词器有 {pieces} 个词片，而 config.json 写的是 vocab_size {size}。请选择同一模型的文件。",
  "model: tokens without embedding":
    "分词器有 {count, number} 个添加的词元没有嵌入：{tokens}，而 config.json 写的是 vocab_size {size}。请在 Python 中运行 model.resize_token_embeddings(len(tokenizer))，然后保存两者；或者只带 vocab.txt 拖入模型，不带 tokenizer.json、tokenizer_config.json 和 added_tokens.json。",
  "model: token's id": "{content} 的编号为 {id}",
  "model: one kind of text":
    "它只认识一种文本 (type_vocab_size 1)：可以用一个文本列训练，不能用文本对。",
  "model: long positions":
    "它有 {positions} 个位置；此处文本截断到 {longest} 个词元。",
  "model: odd sizes":
    "它的尺寸（hidden {hidden}，intermediate {intermediate}）不是 4 的倍数：无论“运行于”选了什么，都在较慢的 TensorFlow.js CPU 后端上运行。",
  "model: odd heads":
    "它的每个头有 {head} 个特征，不是 4 的倍数：无论“运行于”选了什么，都在 CPU 上运行。",

  "busy: train": "训练正在进行。请先停止，再训练。",
  "busy: export": "训练正在进行。请先停止，再导出。",
  "busy: evaluate": "训练正在进行。请先停止，再评估。",
  "busy: load a model": "训练正在进行。请先停止，再加载模型。",
  "busy: change where it runs": "训练正在进行。请先停止，再更改运行位置。",
  "no model is loaded": "尚未加载模型。请先选择模型。",
  "nothing trained to predict": "还没有训练好的模型。请先训练，再预测。",
  "nothing trained to export": "还没有训练好的模型。请先训练，再导出。",
  "train: no pairs":
    "模型 {model} 只认识一种文本 (type_vocab_size 1)，无法区分文本对中的两段文本。请只选一个文本列，或换一个模型。",
  "train: too few labels":
    "数据中有 {count, number} 个标签。训练至少需要 2 个。",
  "train: no rows": "没有可用于训练的行。请降低验证集比例。",
  "train: loss is no number":
    "第 {step, number} 步：损失已不是数字。请降低学习率（现为 {learningRate}）后重新训练。",
  "evaluate: no pairs":
    "模型 {model} 只认识一种文本 (type_vocab_size 1)，无法区分文本对中的两段文本。请只选一个文本列。",
  "evaluate: other labels":
    "{data} 的标签为 {labels}；模型 {model} 认识的是 {known}。请选择其他标签列，或先训练。",
  "evaluate: no classifier": "模型 {model} 没有自带分类头。请先训练。",

  threads: "{count, number} 个线程",
  "plain JavaScript": "纯 JavaScript",
  "adapter: unknown": "未知适配器",
  "adapter: software": "{name}（软件模拟）",
  "run on: fastest": "{name} 最快：一个小的训练步用时 {time}（{others}）。",
  "run on: speed": "{name} {time}",
  "run on: nothing faster":
    "{name} 完成一个小的训练步用时 {time}；此处没有更快的。",
  "run on: what there is": "此浏览器提供的是 {name}。",
  "run on: as chosen": "按选择使用 {name}。",
  "run on: not to be used": "此处无法使用 {name}：{problem}{why}",
  "run on: not found": "未找到。",
  "run on: nothing here":
    "此处无法训练：{problems}请使用较新的 Chrome、Edge、Firefox 或 Safari。",
  "run on: problem": "{name}：{problem}",
  "run on: wrong numbers":
    "{name} 在此设备上计算出错误的数值（{found}，正确值为 {right}）。",
  "not measured: last resort":
    "未测速：纯 JavaScript 是最后的选择，比其他方式慢许多倍。",
  "not measured: software": "未测速：{detail} 只是在处理器上模拟 GPU。",
  "not measured: no time": "未测速：其他方式已用去 {seconds} 秒。",
  "run on: no WebGPU":
    "此浏览器没有 WebGPU。请使用较新的 Chrome、Edge、Safari 或 Firefox，或在 wasm 上运行。",
  "run on: no adapter":
    "WebGPU 未找到适配器：不支持此 GPU 或其驱动程序。请在 wasm 上运行。",
  "run on: WebGL without 32-bit floats":
    "此设备上的 WebGL 无法进行 32 位浮点计算。请在 wasm 上运行。",
  "run on: backend failed":
    "{name} 后端无法启动（{reason}）。请在“运行于”中选择其他后端。",
  "run on: backend did not start":
    "{name} 后端无法启动。请在“运行于”中选择其他后端。",
  "run on: kernels did not load":
    "引擎的计算内核未能加载（{status}）。请重新加载页面。",
  "run on: thread did not start": "引擎的一个线程未能启动：{message}",
  "run on: more than a page can address":
    "此模型和批次需要 {need}，超过网页可寻址的 4 GB。请减小批大小或词元数。",
  "run on: more than the GPU gives":
    "此模型和批次需要 {need} MB 的连续显存，而此 GPU 只提供 {gives} MB。请减小批大小或词元数。",

  "GPU stopped": "GPU 已停止工作（{reason}）。请重新开始，或在 wasm 上运行。",
  "GPU stopped: no reason": "未给出原因",
  "GPU is out of memory":
    "GPU 内存不足（{message}）。请减小批大小或最大词元数。",
  "GPU stopped while it was read":
    "GPU 已停止工作（{reason}：{message}）。尚未读出的内容已丢失。",
} satisfies Record<keyof typeof en, string>;
