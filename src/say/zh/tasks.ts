import type en from "../en/tasks";

export default {
  "task.name": "任务",
  "task.one label": "单标签",
  "task.many labels": "多标签",
  "task.score": "评分",
  "task.spans": "片段",
  "task.roles": "语义角色",
  "task.roles explained":
    "谁对谁做了什么：每行有一个文本及其中的一个谓词，文本的若干部分是它的论元，各有一个角色。",
  "task.one label explained":
    "每个文本（若选了第二文本列，则为每对文本）属于若干标签中的一个。",
  "task.many labels explained":
    "每个文本可有任意多个标签：一列中一格写多个标签，或每个标签各占一列 0/1。",
  "task.score explained":
    "每个文本对应一个数值：评分、程度，或两个文本的相似度。",
  "task.spans explained":
    "文本中的某些片段有类型，如人名、地名：每个词一个标注，或列出片段在文本中的位置。",

  "metric.accuracy": "准确率",
  "metric.macroF1": "宏平均 F1",
  "metric.mcc": "MCC",
  "metric.microF1": "微平均 F1",
  "metric.weightedF1": "加权 F1",
  "metric.subsetAccuracy": "子集准确率",
  "metric.hammingLoss": "汉明损失",
  "metric.meanAveragePrecision": "平均精度均值",
  "metric.rmse": "RMSE",
  "metric.mae": "MAE",
  "metric.r2": "R²",
  "metric.pearson": "皮尔逊相关",
  "metric.spearman": "斯皮尔曼相关",
  "metric.entityF1": "实体 F1",
  "metric.strictEntityF1": "严格实体 F1",
  "metric.entityPrecision": "实体精确率",
  "metric.entityRecall": "实体召回率",
  "metric.tokenAccuracy": "词标注准确率",
  "metric.argumentF1": "论元 F1",
  "metric.strictArgumentF1": "严格论元 F1",
  "metric.argumentPrecision": "论元精确率",
  "metric.argumentRecall": "论元召回率",
  "metric.accuracy short": "准确率",
  "metric.macroF1 short": "宏平均 F1",
  "metric.mcc short": "MCC",
  "metric.microF1 short": "微平均 F1",
  "metric.weightedF1 short": "加权 F1",
  "metric.subsetAccuracy short": "子集准确率",
  "metric.hammingLoss short": "汉明损失",
  "metric.meanAveragePrecision short": "平均精度均值",
  "metric.rmse short": "RMSE",
  "metric.mae short": "MAE",
  "metric.r2 short": "R²",
  "metric.pearson short": "皮尔逊相关",
  "metric.spearman short": "斯皮尔曼相关",
  "metric.entityF1 short": "实体 F1",
  "metric.strictEntityF1 short": "严格实体 F1",
  "metric.entityPrecision short": "实体精确率",
  "metric.entityRecall short": "实体召回率",
  "metric.tokenAccuracy short": "词标注准确率",
  "metric.argumentF1 short": "论元 F1",
  "metric.strictArgumentF1 short": "严格论元 F1",
  "metric.argumentPrecision short": "论元精确率",
  "metric.argumentRecall short": "论元召回率",
  "metric.accuracy explained": "标签判断正确的文本所占比例。",
  "metric.macroF1 explained":
    "各标签 F1 的平均值：少见的标签与常见的标签同等重要。",
  "metric.mcc explained":
    "马修斯相关系数：0 相当于随机，1 为完全正确，不受标签是否均衡的影响。",
  "metric.microF1 explained":
    "合并所有文本的所有标签计算的 F1：常见标签的影响更大。",
  "metric.weightedF1 explained": "各标签 F1 按出现次数加权的平均值。",
  "metric.subsetAccuracy explained": "标签集合完全正确的文本所占比例。",
  "metric.hammingLoss explained": "所有是非判断中错误的比例；越低越好。",
  "metric.meanAveragePrecision explained":
    "各标签的文本排在其他文本之前的程度，与阈值无关。",
  "metric.rmse explained": "均方误差的平方根，单位与评分相同；越低越好。",
  "metric.mae explained": "与真实评分的平均距离，单位与评分相同；越低越好。",
  "metric.r2 explained": "1 为完全正确；0 相当于总是回答平均值。",
  "metric.pearson explained": "回答与评分的线性相关。",
  "metric.spearman explained": "两者名次的相关。",
  "metric.entityF1 explained":
    "整个实体（两端与类型均正确）的 F1，按 conlleval 脚本的规则计算。",
  "metric.strictEntityF1 explained":
    "同上，但只有标注符合 IOB2 写法（先 B 后 I）的实体才计入。",
  "metric.entityPrecision explained": "给出的实体中正确的比例。",
  "metric.entityRecall explained": "所有实体中被找到的比例。",
  "metric.argumentF1 explained":
    "整个论元的 F1，两端和角色都正确才算，与脚本 conlleval 的计法相同；谓词本身不计。",
  "metric.strictArgumentF1 explained":
    "同上，但只有标注符合 IOB2 的写法（先 B 后 I）的论元才计入。",
  "metric.argumentPrecision explained": "给出的论元中正确的比例。",
  "metric.argumentRecall explained": "实有的论元中被找到的比例。",
  "metric.tokenAccuracy explained":
    "标注正确的词所占比例；多数词不属于任何实体，所以很容易偏高。",

  "chart.one label title": "准确率",
  "chart.many labels title": "F1",
  "chart.score title": "相关",
  "chart.spans title": "实体 F1",
  "chart.roles title": "论元 F1",
  "baseline.roles": "无论元",
  "baseline.one label": "多数类",
  "baseline.many labels": "最常见",
  "baseline.score": "平均值",
  "baseline.spans": "无实体",

  "learned.one label": "词袋",
  "learned.many labels": "词袋",
  "learned.score": "词袋",
  "learned.spans": "查标注表",
  "learned.roles": "查标注表",
  "learned.masked words": "词片频率",
  "to beat.one label":
    "两种简单方法在同样的验证行上达到的成绩：总是回答最常见的标签（“多数类”），以及统计词语并用逻辑回归分类（“词袋”）。模型只有做得更好，才值得训练。",
  "to beat.many labels":
    "两种简单方法在同样的验证行上达到的成绩：总是给出最常见的标签，以及统计词语并为每个标签用逻辑回归（“词袋”），其阈值与模型一样经过调整。模型只有做得更好，才值得训练。",
  "to beat.score":
    "两种简单方法在同样的验证行上达到的成绩：总是回答平均值，以及统计词语并用岭回归（“词袋”）。模型只有做得更好，才值得训练。",
  "to beat.spans":
    "两种简单方法在同样的验证行上达到的成绩：什么都不标，以及给每个词和每个已知名称标上它在训练行中最常见的标注（“查标注表”）。模型只有做得更好，才值得训练。",
  "to beat.roles":
    "两种简单方法在同样的验证行上达到的成绩：什么都不标，以及给每个词标上它在训练行中最常见的标注（“查标注表”）。模型只有做得更好，才值得训练。",
  "to beat.masked words":
    "只按频率猜测在同样的被遮词上达到的成绩：按训练文本中词片频率计算的损失，以及总是猜最常见的词片。",

  "labels of columns":
    "{count, number} 列（{columns}）各为一个标签；文本具有取值为 1 的那些标签。",
  "many labels in cells":
    "列{column}有 {rows, number} 行含多个标签，例如{example}：以{separator}分隔。",
  "many labels in lists":
    "列{column}有 {rows, number} 行含多个标签，例如{example}：列表中的每一项都是该文本的标签。",
  "many labels: one in each cell":
    "列{column}中没有任何一行含多个标签。如果每个文本只能有一个标签，请选择“单标签”任务。",
  "many labels: none at all":
    "{rows, number} 行中没有任何一行有标签。请选择其他标签列。",
  "many labels: rows with none":
    "{count, number} 行没有任何标签，模型会学习不给出标签。如果这些行尚未标注，请删除它们。",
  "many labels: in every row":
    "有 {count, number} 个标签（{labels}）出现在每一行中：总是可以给出，无需学习。",
  "separator tab": "制表符",
  "separator line break": "换行",

  "scores in a column":
    "列{column}中是数值：模型将学习为 {rows, number} 行中的每一行给出一个数值。",
  "scores that are no numbers":
    "列{column}中有 {count, number} 格不是数值，例如{example}，相应的行已搁置。",
  "scores all the same":
    "列{column}中每一行的数值都相同（{value}）。请选择其他列。",
  "brat: texts with marks":
    "brat 的 {count, number} 个文本及其标注（.txt 与 .ann）：标注在列“spans”中。",
  "spans: found":
    "{rows, number} 个文本中有 {entities, number} 个片段，类型为{types}。",
  "spans: none at all":
    "列{column}的 {rows, number} 行中没有标出任何片段。请选择含有标注或片段列表的列。",
  "spans: too many types":
    "列{column}有 {count, number} 种片段类型，超过可学习的 {most, number} 种。请选择其他列，或减少类型。",
  "spans: rows with none":
    "{count, number} 个文本没有片段，模型会学习在其中不标出任何内容。如果这些行尚未标注，请删除它们。",
  "spans: types with few":
    "有 {count, number} 种类型（{types}）的片段少于 8 个，难以学好。请多标一些。",
  "spans: not equally long":
    "{count, number} 行的词数与标注数不同（{example}，首见于{where}），已搁置。请为每个词写一个标注，两者都以空格分隔或都写成列表。",
  "spans: tags are numbers":
    "列{column}中有 {count, number} 行的标注是数字，例如{example}（首见于{where}），无从得知其含义，已搁置。请写标注的名称，如 B-PER。",
  "spans: unreadable":
    '列{column}中有 {count, number} 格无法读作标注或片段，例如{example}（首见于{where}），相应的行已搁置。请为每个词写一个标注，或写成列表，如 [[0, 6, "PLACE"]]。',
  "spans: no type":
    "{count, number} 个标注没有类型，例如{example}（首见于{where}），读作 O。请在后面写上类型，如 B-PER。",
  "spans: not begun":
    "{count, number} 个片段没有开头，例如{example}（首见于{where}），视为从该处开始。请在每个片段的第一个词写 B-。",
  "spans: other scheme":
    "{count, number} 个标注的写法与所在文件的其余部分不同，例如{example}（首见于{where}）；每个片段从其第一个标注读到最后一个。请统一写法。",
  "spans: no span":
    '列{column}的列表中有 {count, number} 项没有起点、终点和类型（首见于{where}），已略去。请写成 [起点, 终点, "TYPE"]。',
  "spans: outside":
    "{count, number} 个片段超出文本或为空，例如{example}（首见于{where}），已略去。位置从 0 起按字符计，终点为片段之后的第一个字符。",
  "spans: no word":
    "{count, number} 个片段不含任何词，例如{example}（首见于{where}），已略去。请至少标出一个词。",
  "spans: overlap":
    "{count, number} 个片段与更长的片段重叠，例如{example}（首见于{where}），已略去：一个词只能属于一个片段。",
  "spans: widened":
    "{count, number} 个片段的起点或终点在词的中间，例如{example}（首见于{where}），已扩展为整个词。",
  "spans: several labels":
    "{count, number} 个片段有多个类型，例如{example}（首见于{where}）：取第一个。请每个片段只留一个类型。",
  "spans: offsets in another unit":
    "{file} 中片段的位置按{unit}而不是按字符计，已照此读取。",
  "spans: unit bytes": "字节（UTF-8）",
  "spans: unit UTF-16": "UTF-16 单元",
  "spans: another scheme":
    "{file} 的标注写法为 {scheme}，其他文件为 {usual}：各文件按各自的写法读取。",
  "roles: found":
    "{rows, number} 个谓词的 {entities, number} 个论元，角色为{types}。",
  "roles: no predicate":
    "有 {count, number} 行没有说明哪个词是谓词，例如{example}（首见于{where}），已搁置。请在列“predicate”中写该词或其位置（从 0 起），或将它标为 B-V。",
  "roles: predicate elsewhere":
    "有 {count, number} 行所写的谓词与标为 V 的词不同，例如{example}（首见于{where}）：以标注为准。请检查位置是否从 0 起。",
  "roles: predicate again":
    "有 {count, number} 行中谓词的词出现不止一次，例如{example}（首见于{where}）：取第一个。请写其位置（从 0 起），或在词后写序号，如“gave 2”。",
  "count with no predicate": "{count, number} 行没有谓词",
  "data.aside without predicate": "{rows, number} 行：没有谓词（{where}）",
  "count with no tags": "{count, number} 行的标注或片段无法读取",
  "data.aside without tags": "{rows, number} 行：标注或片段无法读取（{where}）",
  "count with no number": "{count, number} 行没有数值",
  "data.aside without number": "{rows, number} 行：没有数值（{where}）",
  "data.scores": "从 {least} 到 {most}，平均 {mean}",
  "data.scores spread": "评分的分布",
  "data.scores in group": "{from} 到 {to}：{rows, number} 行",

  "evaluate: another task":
    "{data} 属于“{task}”任务，而模型 {model} 用于“{other}”。请选择该任务，或先训练。",

  "evaluation.of scored rows": "{count, number} 行，损失 {loss}。",
  "evaluation.of scored validation examples":
    "{count, number} 条验证样本，损失 {loss}。",
  "evaluation.of scored test examples":
    "{count, number} 条测试样本，损失 {loss}。",
  "labels.heading": "标签",
  "classes.average precision": "平均精度",
  "classes.average precision explained": "该标签的文本排在其他文本之前的程度。",
  "classes.threshold": "阈值",
  "classes.threshold explained": "概率达到此值即给出该标签：在验证文本上调得。",
  "classes.choose": "只显示与此标签有关的错误",
  "mistakes.with label": "涉及标签 {label}",
  "mistakes.none with label": "保留的错误中没有涉及此标签的。",
  "mistakes.missed": "漏给",
  "mistakes.wrong": "误给",
  "scatter.heading": "预测值与真实值",
  "scatter.name":
    "预测值与真实值，共 {count, number} 个文本：位于对角线上即两者一致",
  "scores.farthest": "偏差最大",
  "scores.actual": "真实值",
  "scores.predicted": "预测值",
  "try.more labels": "再显示 {count, number} 个",
  "try.score": "评分",
  "try.given": "达到 {threshold} 即给出",
  "try.none given": "没有任何标签的概率高到可以给出。",
  "data.label columns": "标签列",
  "data.label columns chosen": "下方所选的各列",
  "data.label columns explained":
    "取值为 0 和 1 的列，每列一个标签，可选任意多列；一列都不选时读取上方的标签列。",

  "task.masked words": "遮蔽词",
  "task.masked words explained":
    "只有文本，没有标签：模型猜测被遮住的词，从而熟悉这些文本。这是预热：运行得到的模型会列入模型列表，可作为任何其他任务的起点。",
  "metric.maskedLoss": "遮蔽损失",
  "metric.perplexity": "困惑度",
  "metric.maskedAccuracy": "遮蔽准确率",
  "metric.maskedLoss short": "遮蔽损失",
  "metric.perplexity short": "困惑度",
  "metric.maskedAccuracy short": "遮蔽准确率",
  "metric.maskedLoss explained": "被遮住的词片平均让模型感到多意外；越低越好。",
  "metric.perplexity explained":
    "模型相当于在多少个同样可能的词片中选择：e 的损失次方；越低越好。只能在词表相同的模型之间比较。",
  "metric.maskedAccuracy explained": "被遮住的词片中猜对的比例。",
  "chart.masked words title": "遮蔽准确率",
  "baseline.masked words": "最常见词片",
  "data.text for warm-up": "预热文本",
  "no label column":
    "尚未选择标签列。请选择一列，或选择无需标签的任务“遮蔽词”。",
  "columns: texts alone":
    "{column}是唯一的一列：没有标签的文本，用于遮蔽词预热。",
  "warm-up: no text": "列{column}中没有任何文本。请选择另一列。",
  "warm-up: texts alone":
    "模型学习猜测{column}中 {rows, number} 个文本里被遮住的词；不看标签。",
  "remedy: warm up on it": "用作预热文本",
  "train: no mask token":
    "该模型的词表没有 [MASK]，无法遮住词。请选择另一个模型。",
  "train: masked words learn in all layers":
    "遮蔽词需要训练所有层：请将微调范围设为“所有层”。",
  "masked.before and after": "训练前后",
  "masked.before": "训练前",
  "masked.after": "第 {step} 步",
  "masked.by frequency": "仅凭频率",
  "masked.by frequency explained":
    "不读文本，仅凭各词片在训练文本中的频率所得。",
  "masked.judged":
    "{texts, number} 个文本中被遮住的 {pieces, number} 个词片，每次评估都相同。",
  "masked.examples": "被遮住的词及其猜测",
  "masked.guessed right": "{word}：猜对，{probability}",
  "masked.guessed wrong": "{word}：猜成 {guess}，{probability}",
  "try.write a mask": "在要猜的词处写 [MASK] 或 ___。",
  "try.mask": "第 {number, number} 处",
  "model from run":
    "{name} 的模型已列入模型列表：选择它即可作为另一任务的起点。",
  "remedy: choose this model": "选择 {name}",
  "spans.heading": "各类型",
  "errors.heading": "错误种类",
  "errors.kind": "种类",
  "errors.count": "实体数",
  "errors.choose": "只显示含此类错误的文本",
  "errors.boundary": "边界",
  "errors.type": "类型",
  "errors.both": "边界和类型",
  "errors.missed": "漏标",
  "errors.spurious": "误标",
  "errors.boundary explained": "类型正确，但所含词语不一致",
  "errors.type explained": "词语正确，但类型不同",
  "errors.both explained": "只含部分词语，且类型不同",
  "errors.missed explained": "数据中有，但未预测出",
  "errors.spurious explained": "预测出了，但数据中没有",
  "mistakes.with error": "含“{error}”错误",
  "mistakes.none with error": "保留的错误中没有这一种。",
  "mistakes.in data": "数据中",
  "mistakes.only differences": "只看差异",
  "try.no spans": "未找到实体。",
  "try.marked": "文本中的实体",
  "data.entities count": "{entities, number} 个实体，{types, number} 种类型",
  "data.more types count": "另外 {types, number} 种类型",

  "roles.heading": "各角色",
  "mistakes.predicate": "谓词",
  "try.predicate": "谓词",
  "try.predicate hint": "要问其角色的词；同一个词的第二处写“gave 2”",
  "try.no roles": "未找到论元。",
  "try.roles marked": "文本中的论元",
  "try.predicate not there": "文本中没有这个词。",
  "data.arguments count": "{entities, number} 个论元，{types, number} 种角色",
} satisfies Record<keyof typeof en, string>;
