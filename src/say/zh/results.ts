import type en from "../en/results";

export default {
  "list.comma": "，",

  // Which word looks at which.
  "attention.heading": "注意力",
  "attention.map": "注意力图",
  "attention.no sentence":
    "输入一个句子，即可看到模型关注其中哪些词，以及训练过程中的变化。",
  "attention.no model": "加载模型后，这里会显示它所关注的词。",
  "attention.sentence": "要观察的句子",
  "attention.second sentence": "要观察的第二个句子",
  "attention.sentence hint": "训练过程中要观察的句子",
  "attention.second hint": "第二段文本",
  "attention.step": "步",
  "attention.moment":
    "第 {step, number} 步，{count, number} 个时刻中的第 {at, number} 个",
  "attention.latest": "最新",
  "attention.kept": "保留的权重",
  "attention.layer": "层",
  "attention.head": "头",
  "attention.average": "平均",
  "attention.view": "视图",
  "attention.as words": "词",
  "attention.as matrix": "矩阵",
  "attention.merge": "合并词片",
  "attention.hide special": "隐藏 [CLS] 和 [SEP]",
  "attention.matrix": "注意力矩阵，{size, number} × {size, number}",
  "attention.keys": "方向键逐格移动，按住 Shift 每次移动十格。",
  "attention.rows and columns": "行关注列。",
  "attention.pair spoken": "{row} 关注 {column}：{share}",
  "attention.pair": "{row} 关注 {column} {share}",
  "attention.words": "词",
  "attention.no words": "没有可显示的词。",
  "attention.word and others": "{word} {turn}：{others}",
  "attention.looks at": "关注以下词",
  "attention.is looked at by": "被以下词关注",
  "attention.turn": "互换关注者与被关注者",
  "attention.table word": "词",
  "attention.table looks at": "关注",
  "attention.table share": "占比",

  // Charts.
  "chart.keys": "方向键沿各步移动。",
  "chart.step": "第 {step, number} 步",
  "chart.spoken": "第 {step, number} 步：{figures}",
  "chart.table step": "步",

  // What a run or a model is worth.
  "evaluation.heading": "评估",
  "evaluation.which": "评估对象",
  "evaluation.of kept weights": "保留的权重，第 {step, number} 步",
  "evaluation.of latest": "最新，第 {step, number} 步",
  "evaluation.of test": "测试集，保留的权重",
  "evaluation.of step": "第 {step, number} 步",
  "evaluation.of best step": "第 {step, number} 步，当时最佳",
  "evaluation.none yet":
    "这里显示模型在未参与训练的文本上的得分，并与随机猜测和词频统计所能达到的结果对照。",
  "evaluation.both": "验证集与测试集",
  "evaluation.both step": "保留的权重，第 {step, number} 步",
  "evaluation.both texts": "文本数",
  "evaluation.both interval": "95% 置信区间",
  "evaluation.validation": "验证集",
  "evaluation.test": "测试集",
  "evaluation.of rows":
    "{count, number} 行，{wrong, number} 个错误，损失 {loss}。",
  "evaluation.of validation examples":
    "{count, number} 个验证样本，{wrong, number} 个错误，损失 {loss}。",
  "evaluation.of test examples":
    "{count, number} 个测试样本，{wrong, number} 个错误，损失 {loss}。",
  "evaluation.weights": "第 {step, number} 步的权重：{facts}",
  "evaluation.kept weights": "保留的第 {step, number} 步权重：{facts}",
  "evaluation.baselines of validation": "基线为验证集上的基线。",
  "evaluation.few texts":
    "文本太少，说明不了什么：在 95% 的置信水平下，准确率介于 {low} 与 {high} 之间。",
  "evaluation.find": "查找标签",
  "evaluation.find among": "共 {count, number} 个",
  "evaluation.results of former":
    "这是 {former} 的结果，不属于当前打开的数据。",

  // A loaded model, nothing trained.
  "reused.evaluate": "评估",
  "reused.stop": "停止评估",
  "reused.explain": "不经训练，用加载时的模型 {model} 直接预测此表中的各行。",
  "reused.all rows": "全部行",
  "reused.training part": "训练集",
  "reused.validation part": "验证集",
  "reused.test part": "测试集",
  "reused.not trained":
    "未在此处训练：模型 {model}，用于 {files} 中的 {rows, number} 行。模型学习过的行说明不了什么。",
  "reused.part not trained":
    "未在此处训练：模型 {model}，用于 {files} 的{part}，共 {rows, number} 行。模型学习过的行说明不了什么。",
  "reused.show run": "显示训练运行的结果",

  // Which label was taken for which.
  "confusion.heading": "混淆矩阵",
  "confusion.scrolls": "混淆矩阵，可滚动",
  "confusion.predicted axis": "预测 →",
  "confusion.label axis": "标签 ↓",
  "confusion.axes": "预测 →，标签 ↓",
  "confusion.cell":
    "{total, number} 个“{label}”中有 {count, number} 个被预测为“{predicted}”",
  "confusion.share": "{count, number} / {total, number}",
  "confusion.pairs":
    "有 {count, number} 对标签被混淆，最常见的在前；未列出的各对均为 0。",
  "confusion.pairs found": "含“{words}”的有 {count, number} 对。",
  "confusion.label": "标签",
  "confusion.predicted": "预测",
  "confusion.examples": "样本数",
  "confusion.same": "相同：正确",
  "confusion.show": "显示这些错误",
  "confusion.picture":
    "全部 {labels, number} 个标签的总览：正确的预测位于对角线上。具体数字见旁边的表格。",
  "confusion.right":
    "{total, number} 个 {label} 中有 {count, number} 个预测正确",
  "confusion.wrong":
    "{total, number} 个 {label} 中有 {count, number} 个被预测为 {predicted}",

  // Class by class.
  "classes.heading": "各类别",
  "classes.figures": "各类别指标",
  "classes.scrolls": "各类别指标，可滚动",
  "classes.label": "标签",
  "classes.label explained": "与文件中一致",
  "classes.precision": "精确率",
  "classes.precision explained": "预测为该标签的样本中，预测正确的比例",
  "classes.recall": "召回率",
  "classes.recall explained": "实际为该标签的样本中，被找出的比例",
  "classes.F1": "F1",
  "classes.F1 explained": "精确率与召回率的调和平均",
  "classes.support": "支持数",
  "classes.support explained": "带有该标签的样本数",

  // The mistakes themselves.
  "mistakes.heading": "错误，最严重的在前",
  "mistakes.name": "错误",
  "mistakes.scrolls": "错误，可滚动",
  "mistakes.text": "文本",
  "mistakes.label": "标签",
  "mistakes.predicted": "预测",
  "mistakes.only": "仅 {label} 被预测为 {predicted}",
  "mistakes.show every": "显示所有错误",
  "mistakes.the worst": "{count, number} 个中最严重的 {shown, number} 个",
  "mistakes.all": "共 {count, number} 个",
  "mistakes.cell is right":
    "这 {count, number} 个全部正确。选择对角线以外的单元格可查看错误。",
  "mistakes.none": "无。",
  "mistakes.perfect": "满分很少见：这些文本中是否有一些也出现在训练集里？",
  "mistakes.none of these": "本次评估中没有这种情况。",
  "mistakes.not kept":
    "此类错误有 {count, number} 个，但不在最严重的 {kept, number} 个之中，而只有后者被保留。",
  "mistakes.more": "显示全部",
  "mistakes.less": "收起",
  "mistakes.watch": "观察",
  "mistakes.watch explained": "显示其注意力，并在下一次运行中持续观察",

  // The model at work on what one types.
  "try.heading": "试用",
  "try.learning": "仍在训练：使用此刻的权重",
  "try.as loaded": "加载时的模型 {model}",
  "try.text": "要分类的文本",
  "try.second text": "要分类的第二段文本",
  "try.text hint": "输入或粘贴文本",
  "try.second hint": "第二段文本",
  "try.predict": "预测",
  "try.no model": "请先训练模型；之后输入时即会给出预测。",
  "try.keys": "输入时即给出预测；按 Shift+Enter 换行。",
  "try.cut": "在 {count, number} 个词元处截断：其余部分未读取。",
  "try.tokens": "{count, number} 个词元",
  "try.tokens and unknown":
    "{count, number} 个词元，其中 {unknown, number} 个未知",
  "try.nothing known":
    "这段文本中没有一个词在模型的词表里；预测结果与文本内容无关。",
  "try.predictions": "预测结果",
  "try.where it looked": "模型关注之处",
  "try.fewer": "收起",
  "try.more": "再显示 {count, number} 个，合计 {share}",

  // Leaving with the weights.
  "export.heading": "导出",
  "export.format": "格式",
  "export.button": "导出",
  "export.what":
    "{run}-huggingface.zip，约 {size}：可在 Python 中用 Transformers 加载的权重、模型卡，以及重现此次运行所需的一切。",
  "export.not yet": "运行结束后才有可导出的权重。",

  // The runs beside each other.
  "runs.heading": "运行",
  "runs.which": "本次会话中的运行；最新的在前",
  "runs.scrolls": "运行，可滚动",
  "runs.table": "本次会话的运行",
  "runs.run": "运行",
  "runs.columns": "列",
  "runs.learned": "习得基线",
  "runs.simplest": "最简基线",
  "runs.figure": "指标",
  "runs.time": "用时",
  "runs.options": "选项",
  "runs.of few": "（共 {count, number} 个）",
  "runs.failed": "失败：{problem}",
  "runs.stopped": "已停止",
  "runs.stopped early": "提前停止",
  "runs.random weights": "随机权重",
  "runs.all layers": "所有层",
  "runs.head only": "仅分类头",
  "runs.top layers": "{count, plural, other {顶部 # 层}}",
  "runs.epochs": "{count, number} 轮",
  "runs.batch": "批大小 {size, number}",
  "runs.rate": "学习率 {rate}",
  "runs.tokens": "{count, number} 个词元",
  "runs.balanced": "类别平衡",
  "runs.seed": "随机种子 {seed}",
  "runs.kept": "保留：{steps, number} 步中的第 {best, number} 步",
} satisfies Record<keyof typeof en, string>;
