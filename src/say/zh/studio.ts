import type en from "../en/studio";

export default {
  "remedy: try again": "重试",
  "remedy: start again": "重新启动",
  "remedy: stop the run": "停止运行",
  "remedy: choose another file": "选择其他文件",
  "remedy: run on": "改用 {executor} 运行",
  "remedy: export first": "先导出",
  "remedy: train anyway": "仍然训练",

  "waiting: device": "正在测试本机的性能。",
  "waiting: model": "正在读取模型。",
  "waiting: files": "正在读取：{files}。",
  "waiting: sample": "正在获取：{file}。",
  "waiting: labels": "正在统计标签。",
  "waiting: export": "正在写入文件。",
  "waiting: rows": "正在读取各行。",
  "waiting: row read": "正在读取第 {done, number} 行，共 {total, number} 行。",
  "waiting: row answered":
    "正在预测第 {done, number} 行，共 {total, number} 行。",

  "site incomplete":
    "{path} 返回了 {status}：此站点副本似乎不完整。请重新加载页面，或使用自己的文件。",
  "samples: no json":
    "samples/samples.json 不是 JSON：此站点副本似乎不完整。自己的文件仍可正常使用。",
  "sample: unknown": "没有名为“{name}”的示例。可选的有：{known}。",
  "sample: unknown, no list":
    "没有名为“{name}”的示例。示例列表无法读取，因此没有可选的示例。",
  "worker had stopped": "它此前已停止",
  "run is going on: files": "有一次运行正在进行：请先停止它，再重新拖入文件。",
  "run is going on: model":
    "有一次运行正在进行：更换模型或运行位置前，请先停止它。",

  "model loaded: no weights":
    "模型 {name} 已加载（{layers, number} 层）。它没有权重，将从随机数开始：分数会低得多。",
  "model loaded: answers":
    "模型 {name} 已加载（{layers, number} 层）。它可以直接在“试一试”中作答；拖入带标签的文本即可评估或训练它。",
  "model loaded: no data":
    "模型 {name} 已加载（{layers, number} 层）。现在请拖入带标签的文本。",
  "models side by side": "有 {count, number} 个模型并列。请选择要加载的一个。",
  "models side by side: more":
    "有 {count, number} 个模型并列。请选择要加载的一个，或单独拖入{more, plural, =1 {另一个模型} other {其余 # 个模型之一}}的文件夹。",
  "models side by side in a folder":
    "{folder} 中有 {count, number} 个模型并列。请选择要加载的一个。",
  "models side by side in a folder: more":
    "{folder} 中有 {count, number} 个模型并列。请选择要加载的一个，或单独拖入{more, plural, =1 {另一个模型} other {其余 # 个模型之一}}的文件夹。",
  "suggestion: larger":
    "在本机上训练 {rows, number} 行、每行约 {characters, number} 个字符的数据需要{time}，效果最多比 {other}（{otherTime}）高 3 个百分点。",
  "suggestion: smaller":
    "在本机上训练 {rows, number} 行、每行约 {characters, number} 个字符的数据需要{time}；{other} 最多高 3 个百分点，但需要{otherTime}。",
  "takes: moment": "几秒",
  "takes: seconds": "约 {count, number} 秒",
  "takes: minutes": "约 {count, number} 分钟",
  "takes: hours": "约 {count, number} 小时",

  "source: files": "{names}",
  "source: many files": "{count, number} 个文件",
  "source: data": "数据",
  "former: files": "{run}（{files}）",
  "former: columns": "{run}（{files}，{columns}）",
  "former: as before": "{run}（{files}，此前的版本）",
  "loss: other data":
    "{results} 是用其他数据训练的，不是当前打开的数据，且尚未导出：新的运行会取代它。请先导出，或仍然训练。",
  "loss: minutes":
    "{run} 训练了约 {minutes, number} 分钟，且尚未导出：新的运行会取代它。请先导出，或仍然训练。",

  "repeat: no run":
    "attune.json 中没有 Attune 运行的选项和模型。请选择导出文件夹中的原文件。",
  "repeat: no json":
    "attune.json 不是 JSON，或在第 {count, number} 个字符后被截断。请选择导出文件夹中的原文件。",
  "repeat: the run": "该次运行",
  "repeat: other model":
    "选项和随机种子已设置（{run}）。该次运行的模型由 {model}（{pieces, number} 个词片）微调而来，而这不是 Attune 自带的模型：请在训练前拖入该模型的文件夹。要使用该次运行的权重，请拖入整个导出文件夹。",
  "repeat: set":
    "选项、随机种子和模型 {model} 已设置（{run}）。配上当时的数据，按“训练”即可重现该次运行。",
  "repeat: other version":
    "此次运行由 {model} 版本 {version}（{pieces, number} 个词片）微调而来。Attune 现在自带的是版本 {present}（{presentPieces, number} 个词片）：重新运行会得到不同的数值。要使用其权重，请拖入整个导出文件夹。",
} satisfies Record<keyof typeof en, string>;
