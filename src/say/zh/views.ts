import type en from "../en/views";

export default {
  // The header and what surrounds every panel.

  "header.language": "语言",
  "header.measuring": "正在测速…",
  /** system, light or dark, as it is now. */
  "header.theme": "主题：{theme}",
  "header.theme next": "主题：{theme}。点按切换为{next}。",
  "header.theme system": "跟随系统",
  "header.theme light": "浅色",
  "header.theme dark": "深色",
  "drop.run goes on": "训练正在进行：请先停止",
  "drop.here": "拖放表格文件或模型文件夹到此处",
  "skip.name": "跳转",
  "skip.to data": "跳到数据",
  "skip.to train": "跳到训练按钮",
  "notice.problem": "问题",
  "notice.careful": "注意",
  "notice.note": "提示",
  "notice.dismiss": "关闭",
  "notice.details": "详情",
  "notice.copy": "复制",
  "notice.copied": "已复制",
  "headline.computing baselines": "正在计算基线",
  /** Of a score; {interval} is 0.81–0.89. */
  "headline.interval": "95% 置信区间 {interval}",
  "headline.wilson": "Wilson 区间：以验证集的大小所能得出的结论",
  /** {name} is a baseline: bag of words, majority. */
  "headline.equal to": "与{name}持平",
  "headline.equal to perfect": "与{name}持平，而后者已是满分",
  "headline.not better than": "未超过{name}",

  // Controls and numbers.

  "controls.about": "关于“{what}”",
  "controls.scrolls": "{name}，可滚动",
  "controls.show as table": "显示为表格",
  "controls.show as picture": "显示为图",
  "controls.as table": "{name}（表格）",
  /** A predicted duration: about 25 s. */
  "duration.about": "约 {time}",
  /** Accuracy or macro-F1 where so few texts say little. */
  "score of few texts": "{score}（仅 {texts, number} 条文本）",

  // The start screen and the samples.

  "start.what":
    "把带标签的文本拖放到页面任意位置，看一个小型 BERT 如何学会区分它们。",
  "start.privacy": "训练就在这个标签页里、在本机上进行，数据不会离开这里。",
  "start.formats":
    "支持 CSV、TSV、JSON、文件夹中的文本文件，或它们的 zip 压缩包。列、分隔符和编码会自动识别。",
  "start.measuring": "正在测速…",
  "start.trains in": "训练时间{time}",
  "sample.try": "试用示例",
  "sample.rows": "{rows, number} 行",
  "sample.labels": "{labels, number} 个标签",
  "sample.facts": "{rows, number} 行，{labels, number} 个标签",
  "sample.facts with language":
    "{rows, number} 行，{labels, number} 个标签，{language}",
  "upload.name": "上传数据",
  "upload.what": "CSV、TSV、JSON、文本或 zip；可一次选择多个文件",

  // Data: files, columns, rows, labels, findings.

  "data.name": "数据",
  "data.start over": "重新开始",
  "data.discard model": "丢弃已训练的模型",
  "data.rows": "{rows, number} 行",
  /** Which part a file is: train, validation or test. */
  "data.part of": "{file} 的用途",
  "data.role train": "训练",
  "data.role validation": "验证",
  "data.role test": "测试",
  "data.choose": "请选择…",
  "data.text column": "文本列",
  "data.label column": "标签列",
  "data.second text column": "第二文本列",
  "data.second text column explained":
    "用于文本对：两段一起判断的文本，例如问题与答案。",
  "data.no column": "无",
  "data.rows used": "使用 {rows, number} 行",
  "data.set aside": "搁置 {count, number} 行",
  "data.labels count": "{labels, number} 个标签",
  "data.split":
    "训练 {train, number} 行，验证 {validation, number} 行，测试 {test, number} 行",
  "data.rows set aside": "搁置的行",
  /** {where} is places in files: lines, rows. */
  "data.aside without text": "{rows, number} 行：没有文本（{where}）",
  "data.aside without label": "{rows, number} 行：没有标签（{where}）",
  "data.aside with several labels": "{rows, number} 行：有多个标签（{where}）",
  "data.aside as rejected": "{rows, number} 行：标注时被拒绝或忽略（{where}）",
  "data.aside as ragged": "{rows, number} 行：与列数不符（{where}）",
  "data.places": "{before}；{place}",
  "data.labels": "标签",
  "data.more labels": "更多标签",
  "data.more labels count": "另外 {labels, number} 个标签",
  "data.to beat": "要超过的基线",
  "data.to beat macro-F1": "要超过的基线，宏平均 F1",
  "data.to beat explained":
    "两种简单方法在同一验证集上的成绩：总是回答最常见的标签（“多数类”），以及对词频做逻辑回归（“词袋”）。模型要做得更好，才值得训练。",
  "data.bag of words": "词袋 {score}",
  "data.majority": "多数类 {score}",
  /** Before a finding, for screen readers. */
  "data.problem": "问题：",
  "data.note": "提示：",
  "data.findings": "{findings, number} 条发现",
  "file.reading": "{name} 的读取方式",
  "file.wrong": "列或文字不对？",
  "file.delimiter": "分隔符",
  "file.header": "表头",
  "file.encoding": "编码",
  /** First choice: what was found out about the file. */
  "file.found": "{what}（自动识别）",
  "file.as found": "自动识别",
  "file.comma": "逗号",
  "file.semicolon": "分号",
  "file.tab": "制表符",
  "file.bar": "竖线",
  "file.one column": "无，只有一列",
  "file.no delimiter": "无",
  "file.first row": "第一行",
  "file.no header": "无",
  "preview.name": "预览",
  "preview.table": "表格",
  "preview.rows": "{rows, number} 行",
  "preview.first of": "共 {rows, number} 行，显示前 {shown, number} 行",
  /** What a column is used as. */
  "preview.text": "文本",
  "preview.label": "标签",
  "preview.second text": "第二文本",

  // Model.

  "model.name": "模型",
  "model.not loaded": "未加载。",
  "model.load again": "重新加载",
  "model.not loaded yet": "尚未加载。",
  "model.facts": "{parameters} 参数 · {layers, number} 层 · {size}",
  "model.notes": "关于此模型的 {notes, number} 条说明",
  "model.open folder": "打开文件夹",
  "model.folder":
    "包含 config.json、tokenizer.json 或 vocab.txt，以及 model.safetensors 的文件夹",
  "model.top layers": "顶部层数",
  "model.top layers explained": "除池化层和分类器外，最上面的多少层参与训练。",
  "fine-tune.name": "微调",
  "fine-tune.all layers": "所有层",
  "fine-tune.top layers": "顶部各层",
  "fine-tune.head only": "仅分类头",
  "fine-tune.all layers explained":
    "所有权重都参与训练：成绩最好，计算量也最大。",
  "fine-tune.top layers explained":
    "只训练最靠近输出的几层，其下各层保持不变。",
  "fine-tune.head only explained":
    "编码器冻结，每条文本只读一次；只训练分类器，片刻即可完成。",
  "task.name": "任务",
  "task.classify texts": "文本分类",
  "task.explained":
    "每条文本一个标签；若选择了第二文本列，则每对文本一个标签。",
  "former labels.same":
    "它的 {own, number} 个标签与数据一致：训练将从它的分类器继续。",
  "former labels.some":
    "数据含有它的 {own, number} 个标签中的 {data, number} 个：可以直接评估；训练则会为这 {data, number} 个标签新建分类器。",
  "former labels.differ":
    "它的 {own, number} 个标签与数据的 {data, number} 个标签不同：将新建分类器。",
  "suggestion.suggested": "建议用于此表格：{model}。{reason}",
  "suggestion.suits": "适合此表格：{model}。{reason}",
  "suggestion.use": "使用 {model}",
  /** Which executor: webgpu, cpu, wasm and so on; their names are not translated. */
  "run on.name": "运行于",
  "run on.auto": "自动（{executor}）",
  /** {about} is a measured speed, a description of the device, or that it was not measured. */
  "run on.executor": "{name}（{about}）",
  "run on.executor detail": "{name}，{detail}",
  "run on.not measured": "未测速",
  "run on.speed": "{time}\u202f毫秒/步",
  "run on.measured": "{speed}。",
  "run on.being measured": "正在测速。",
  "run on.explained": "每一种都用同一个小的训练步测速，取最快的一种。",
  "run on.not isolated":
    "此网站没有发送 COOP 和 COEP 响应头，因此 CPU 只能用单线程工作。",

  // Options.

  "options.name": "选项",
  "options.more": "更多选项",
  "options.epochs": "轮数",
  "options.epochs explained": "模型把每条训练文本读多少遍。",
  "options.batch size": "批大小",
  "options.batch size explained": "读多少条文本后更新一次权重。",
  "options.learning rate": "学习率",
  "options.learning rate explained":
    "峰值时每一步移动权重的幅度。太小学不到东西，太大会忘掉模型已有的知识。",
  "options.max tokens": "最大词元数",
  "options.max tokens explained":
    "文本超过这么多词片就会被截断。数量翻倍，耗时至少翻倍。",
  "options.warm-up": "预热",
  "options.warm-up explained":
    "学习率升到峰值所用步数占总步数的比例；之后逐渐降到零。",
  "options.weight decay": "权重衰减",
  "options.weight decay explained": "把权重拉向零的强度，用来防止死记硬背。",
  "options.dropout": "Dropout",
  "options.dropout explained": "训练时随机丢弃的信号比例，用来防止死记硬背。",
  "options.validation share": "验证集比例",
  "options.validation share explained":
    "留出用于评估的行所占比例，各标签等比例抽取。提供了验证文件时不使用。",
  "options.seed": "随机种子",
  "options.seed explained":
    "决定所有随机选择：同一种子在同一执行器上得到同样的训练。",
  "options.patience": "早停耐心",
  "options.patience explained":
    "连续这么多次评估宏平均 F1 都没有提高就停止；0 表示从不提前停止。无论如何都会保留最好的权重。",
  "options.evaluations per epoch": "每轮评估次数",
  "options.evaluations per epoch explained": "每轮在验证集上评估多少次。",
  "options.class weights": "类别权重",
  "options.class weights explained":
    "“均衡”使少见标签上的错误占更大比重，与其行数成反比。",
  "options.class weights none": "无",
  "options.class weights balanced": "均衡",
  "options.frozen start": "从冻结特征开始",
  "options.frozen start explained":
    "在第一步之前先把文本读一遍，让分类器从模型已有的理解开始。标签多时可以节省轮数。使用随机权重或“仅分类头”时不起作用。",
  "options.random weights": "从随机权重开始",
  "options.random weights explained":
    "舍弃预训练：如实对比出预训练的价值。成绩会更低。",
  "preset.name": "预设",
  "preset.quick": "快速",
  "preset.balanced": "平衡",
  "preset.thorough": "充分",

  // Train: buttons, what is going on, how it ended.

  "train.name": "训练运行",
  "train.train": "开始训练",
  "train.pause": "暂停",
  "train.resume": "继续",
  "train.stop": "停止",
  "train.progress": "训练进度",
  /** Figures beside each other: 25 s · webgpu · kept: step 250 · last: step 270. */
  "train.kept step": "保留：第 {step, number} 步",
  "train.last step": "最后：第 {step, number} 步",
  "train.done of": "{done, number} / {total, number}",
  /** {step} and {epoch} are 84/270. */
  "train.step": "步 {step}",
  "train.epoch": "轮 {epoch}",
  "train.time left": "剩余 {time}",
  "status.name": "训练状态",
  "status.no data yet": "还没有数据。",
  "status.data needs a look": "请先检查数据。",
  "status.no model": "没有模型：加载失败。请在“模型”中重新加载。",
  "status.waiting for data": "等待数据。",
  "status.cannot train yet": "此数据还不能用于训练。",
  "status.choose columns": "请选择列。",
  "status.ready": "就绪。",
  "status.ready with texts": "就绪：{texts, number} 条文本。",
  /** Two whole sentences. */
  "status.and then": "{first}{next}",
  "status.training takes": "训练需要{time}。",
  "status.splitting data": "正在划分数据。",
  "status.tokenizing": "正在把文本切分为词片。",
  "status.encoding": "正在把每条文本读一遍。",
  "status.starting": "正在启动。",
  "status.training": "正在训练。",
  "status.measuring": "正在验证集上评估。",
  "status.share done": "已完成 {percent}%。",
  "status.paused": "已暂停。",
  "status.trained": "训练完成。",
  "status.failed": "训练失败。数据和选项保持原样。",
  /** How a run ended: {how} of the sentences after these. */
  "end.finished": "训练完成",
  "end.stopped": "在第 {step, number} 步（共 {steps, number} 步）停止",
  "end.stopped early": "不再提高，在第 {step, number} 步提前停止",
  "end.without figures": "{how}。",
  "end.on all rows": "{how}，使用了全部 {rows, number} 行。",
  "end.with figures": "{how}：宏平均 F1 {macroF1}，准确率 {accuracy}。",
  "end.beside baseline":
    "{how}：宏平均 F1 {macroF1}（词袋 {bagOfWords}），准确率 {accuracy}。",
  /** {run} and {decider} are names of runs. */
  "all rows.has learned":
    "{run} 使用了全部 {rows, number} 行训练：没有留出数据，因此不给出验证成绩。训练时长由 {decider} 决定，它在留出的 {validation, number} 行上达到准确率 {accuracy}。",
  "all rows.learns":
    "{run} 正在使用全部 {rows, number} 行训练：没有留出数据，因此不给出验证成绩。训练时长由 {decider} 决定，它在留出的 {validation, number} 行上达到准确率 {accuracy}。",
  "all rows.train": "用全部行训练",
  "all rows.what":
    "在全部 {rows, number} 行上重复同样的训练，轮数取 {epochs, number} 轮中效果最好的 {served, number} 轮。这时没有留出数据，因此没有验证成绩。",

  // The charts of a run.

  "training.name": "训练",
  "training.kept and last":
    "曲线旁是最后一步（第 {step, number} 步）的数值。保留的是第 {bestStep, number} 步的权重，它在验证集上最好：宏平均 F1 {macroF1}，准确率 {accuracy}。",
  "training.tokens per second": "{rate} 词元/秒",
  /** Lines: names are short, they stand beside their ends. */
  "chart.each step": "每一步",
  "chart.train running mean": "训练，滑动平均",
  "chart.train": "训练",
  "chart.validation": "验证",
  "chart.accuracy": "准确率",
  "chart.macro-F1": "宏平均 F1",
  "chart.learning rate": "学习率",
  "chart.speed": "速度",
  "chart.memory": "内存",
  "chart.bag of words": "词袋",
  "chart.majority": "多数类",
  "chart.loss title": "损失",
  "chart.accuracy title": "准确率",
  "chart.learning rate title": "学习率",
  "chart.speed title": "速度",
  "chart.memory title": "内存",
  "chart.loss empty": "从第一步起，这里显示损失。",
  "chart.accuracy empty": "首次评估后显示。",
  "chart.nothing held out": "这次训练没有留出数据。",
  "chart.small empty": "从第一步起显示",
} satisfies Record<keyof typeof en, string>;
