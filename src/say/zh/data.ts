import type en from "../en/data";

export default {
  "row of file": "{file} 第 {row, number} 行",

  "columns guessed": "文本：{text}。标签：{label}。",
  "columns of a pair guessed":
    "文本：{text}，与{pair}组成文本对。标签：{label}。",
  "text column": "{column}（每行约 {words, number} 个词）",
  "text column named so": "{column}（列名如此，每行约 {words, number} 个词）",
  "label column": "{column}（查看过的行中有 {values, number} 个不同的值）",
  "label column named so":
    "{column}（列名如此，查看过的行中有 {values, number} 个不同的值）",
  "no such column": "没有名为{column}的列。现有的列：{columns}。",
  "column is text and label":
    "列{column}同时被选为文本和标签。请为其中之一另选一列。",
  "column is both texts":
    "列{column}被同时选为文本对的两个文本。请另选第二文本列，或不选。",
  "column says parts":
    "列{column}标明了每一行的用途，已照此使用：{train, number} 行用于训练，{validation, number} 行用于验证，{test, number} 行用于测试{unlabelled, plural, =0 {} other {，另有 # 行没有标签，已搁置}}。{validation, plural, =0 {没有用于验证的行，因此会从训练行中留出一部分作为验证集。} other {}}",
  "column may say parts":
    "列{column}可能标明了每一行的用途，但其中的{values}不代表任何部分，因此未使用该列。若要使用，请在其中填写 train、validation 或 test。",

  "marks 0 and 1": "0 和 1",
  "marks yes and no": "yes 和 no",
  "marks and blanks": "{mark}和空白",
  "labels joined from columns":
    "标签分布在 {count, number} 列中（{columns}），各列的取值为 {marks}；每一行中被标记的那一列的列名即读作该行的标签。",
  "one of several label columns":
    "标签似乎分布在 {count, number} 列中（{columns}），各列的取值为 {marks}，而目前只学习其中的{label}。选择{joined}可一并学习。",
  "rows with several label columns":
    "标签似乎分布在 {count, number} 列中（{columns}），各列的取值为 {marks}，而目前只学习其中的{label}。有 {several, number} 行带有多个标签；若要全部学习，请选择“多标签”任务。",
  "texts in all columns":
    "{columns}各列都是文本，因此{label}不是标签列。如果列名就是标签，请让每个文本各占一行：一列写文本，另一列写它原来的列名作为标签。",

  "labels in marks":
    "列{column}中的标签带有符号，例如{example}：{rows, number} 行只有一个标签，已按该标签读取{none, plural, =0 {} other {；# 行没有标签，即尚未标注，已搁置}}。",
  "labels in lists":
    "列{column}中是列表或记录，例如{example}：{rows, number} 行只有一个标签，已按该标签读取{none, plural, =0 {} other {；# 行没有标签，即尚未标注，已搁置}}。",
  "labels as places in lists":
    "列{column}中是列表或记录，例如{example}：{rows, number} 行只有一个标签（即 1 所在的位置），已按该标签读取{none, plural, =0 {} other {；# 行没有标签，即尚未标注，已搁置}}。",
  "several labels in a row":
    "{rows, number} 行在列{column}中有多个标签，例如{example}，已搁置。若要使用这些行，请选择“多标签”任务。",
  "lists without a label":
    "列{column}中有 {rows, number} 行是无法从中读出单个标签的列表或记录，例如{example}。请另选标签列，或在每行写一个标签。",

  "labels alike but for blanks":
    "仅在不可见之处（空白、零宽字符）不同的标签已合并为一个：{labels}。",
  "labels that are one number": "数值相同的标签已合并为一个：{labels}。",
  "labels that are one answer": "含义相同的是非标签已合并为一个：{labels}。",
  "labels alike but for case":
    "仅在大小写、全半角或标点上不同的标签已合并为一个：{labels}。",
  "label in spellings": "{label}有 {count, number} 种写法（{rows} 行）",
  "spellings of label": "{spellings}读作{label}",
  "spelling in rows": "{written}（{rows, number} 行）",
  "and more labels": "另外 {count, number} 个标签",

  "no usable row":
    "没有任何一行既在{text}列中有文本，又在{label}列中有标签。请选择其他列。",
  "no usable row for reasons":
    "没有任何一行既在{text}列中有文本，又在{label}列中有标签（{reasons}）。请选择其他列。",
  "count with no text": "{count, number} 行没有文本",
  "count with no label": "{count, number} 行没有标签",
  "count with several labels": "{count, number} 行有多个标签",
  "count rejected": "{count, number} 行在标注时被拒绝",
  "count with too many columns": "{count, number} 行列数过多",
  "one label only":
    "每一行的标签都是{label}。至少需要两个不同的标签；请另选标签列，或添加行。",
  "labels are many dates":
    "列{column}中是日期，例如{example}，{rows, number} 行中有 {count, number} 个不同的日期：文本无法据此分类。请另选标签列。",
  "labels to measure":
    "列{column}的 {rows, number} 行中有 {count, number} 个不同的值：是度量用的数值，而不是类别。请选择“评分”任务学习数值本身，或把数值归并为类别，或另选标签列。",
  "labels are texts or ids":
    "列{column}的 {rows, number} 行中有 {count, number} 个不同的值：是文本或编号，而不是标签。请另选标签列。",
  "too many labels":
    "列{column}有 {count, number} 个不同的标签；最多只能学习 {most, number} 个。请合并少见的标签，或另选一列。",
  "no usable validation row":
    "验证文件中没有同时含有文本和标签的行。请更正该文件，或不要将其作为验证文件读取。",
  "a label for each row":
    "{rows, number} 行各有各的标签，因此无法留出任何一行用于验证。请为每个标签添加行。",
  "too few texts":
    "{rows, number} 行中只有 {texts, number} 个不同的文本。请添加行：每个标签先有几十行为宜。",

  "labels with one row":
    "{count, number} 个标签只有 1 行：{labels}。这样的标签会参与训练，但永远得不到验证；请添加行，或与其他标签合并。",
  "labels with few rows":
    "{count, number} 个标签不足 8 行：{labels}。其指标会很粗略。",
  "few usable rows": "可用的行只有 {rows, number} 行。每个标签先有几十行为宜。",
  "hardly any usable rows":
    "只有 {rows, number} 行可用，指标没有意义：它们只来自一两个文本。每个标签先有几十行为宜。",
  "labels out of balance":
    "{most}有 {mostRows, number} 行，而{least}只有 {leastRows, number} 行。请把类别权重设为“均衡”，并看宏平均 F1 而不是准确率。",
  "one label leads":
    "{share} 的行标签为{label}：总是这样回答，正确率也有这么高。请将准确率与之比较。",
  "one label nearly everywhere":
    "{share} 的行标签为{label}，因此总是这样回答，正确率也有这么高：与之接近的准确率只是多数类的得分，说明什么也没有学到。",
  "labels differ in case":
    "标签{labels}仅在大小写或空格上不同，却算作 {count, number} 个。如果含义相同，请统一写法。",
  "label of a missing value":
    "{rows, number} 行的标签为{label}，看起来是缺失值。若要搁置这些行，请将单元格留空。",
  "labels look measured":
    "列{column}有 {count, number} 个不同的数值，看起来是度量值。每个数值都会作为独立的类别来学习，不分大小顺序：“评分”任务学习数值本身。",
  "labels mark words":
    "这些标签看起来是对单个词的标注（{labels}）。Attune 只对整段文本分类。",
  "labels are lists":
    "{count, number} 个标签看起来是由其他标签组成的列表，例如{example}。每种组合都会作为独立的标签来学习；“多标签”任务学习其中的各个标签。",
  "labels are long": "标签很长（{example}）。{column}是标签列吗？",
  "very many labels":
    "共有 {count, number} 个标签；标签这样多，每个都需要很多行。",
  "labels look like dates":
    "列{column}的标签看起来是日期（{example}）。标签是否在另一列？",
  "labels with leading zeros":
    "有些标签是同一个数，只是前导零不同，例如{labels}。它们按原样保留为不同的标签。",

  "rows of a part": "{role, select, validation {验证} other {测试}}行",
  "part has no usable row":
    "{part} 中没有同时含有文本和标签的行，因此不会有{role, select, validation {验证} other {测试}}指标。其中也需要标签。",
  "part without labels":
    "{part}：每一行的标签都是{label}，即没有标签，因此不会有{role, select, validation {验证} other {测试}}指标。若要得到指标，请在其中写上标签。",
  "part of other labels":
    "{part}：其中的标签（{labels}）都不在训练行中。请在所有文件中使用相同的标签。",
  "part with unknown labels":
    "{part}：{rows, number} 行的标签（{labels}）在训练行中没有，已略去。请在所有文件中使用相同的标签。",
  "files share texts":
    "{part} 中有 {count, number} 个文本也出现在训练行中；由此得到的指标会虚高。请从其中一方删除。",
  "rows share texts":
    "{role, select, validation {验证} other {测试}}行中有 {count, number} 个文本也出现在训练行中；由此得到的指标会虚高。请从其中一方删除。",

  "texts disputed throughout":
    "{share} 的行，其文本还出现在另一个标签下，例如 {place}：{text}的标签有{labels}。{rows, number} 行中只有 {texts, number} 个不同的文本。任何模型都无法从中学习：指标将全凭运气。",
  "texts often disputed":
    "{share} 的行，其文本还出现在另一个标签下，例如 {place}：{text}的标签有{labels}。{rows, number} 行中只有 {texts, number} 个不同的文本。任何模型都无法全部答对：请为每个文本确定一个标签。",
  "texts disputed":
    "{count, number} 行重复了文本，标签却不同，例如 {place}：{text}的标签有{labels}。请确定其一。",
  "texts repeated":
    "{count, number} 行与前面的文本重复，且标签相同。划分时，重复的行会留在同一侧。",
  "texts too long":
    "{count, number} 个文本超过 {limit, number} 个字符（最长：{longest, number} 个，{place}）。超出最大词元数的部分不会被读取。",
  "texts damaged":
    "{count, number} 个文本含有 �，这是编码错误的标志。请从源头将文件另存为 UTF-8。",
  "texts missing":
    "{count, number} 个文本是{texts}，看起来是缺失的文本，却会被当作词来学习。若要搁置这些行，请将单元格留空。",
  "text and its count": "{text}（{count, number}）",
  "texts in another script":
    "{share} 的文本主要是{script}：需要针对该语言的模型。",
  "texts in other scripts":
    "{share} 的文本主要是其他文字（{scripts}）：需要针对这些语言的模型。",
  "script and its count": "{script}：{count, number}",

  "mostly Chinese, Japanese or Korean": "中日韩文",
  "mostly Cyrillic": "西里尔文",
  "mostly Arabic": "阿拉伯文",
  "mostly Greek": "希腊文",
  "mostly in an Indian script": "印度文字",
  "mostly Hebrew": "希伯来文",
  "mostly Thai": "泰文",

  Japanese: "日文",
  Korean: "韩文",
  Chinese: "中文",
  "in Arabic script": "阿拉伯文",
  "in Cyrillic script": "西里尔文",
  "in Greek script": "希腊文",
  "in Hebrew script": "希伯来文",
  "in Devanagari script": "天城文",
  "in Thai script": "泰文",
  "not in Latin script": "非拉丁文字",
  English: "英文",
  French: "法文",
  German: "德文",
  Spanish: "西班牙文",
  Italian: "意大利文",
  Portuguese: "葡萄牙文",
  Dutch: "荷兰文",

  "rows are in":
    "{all, number} 行中有 {rows, number} 行（{share}）是{language}",
  "first rows are in":
    "前 {all, number} 行中有 {rows, number} 行（{share}）是{language}",
  "rows look like":
    "{all, number} 行中有 {rows, number} 行（{share}）看起来是{language}",
  "first rows look like":
    "前 {all, number} 行中有 {rows, number} 行（{share}）看起来是{language}",
  "more rows are in": "{rows, number} 行（{share}）是{language}",
  "more rows look like": "{rows, number} 行（{share}）看起来是{language}",
  "few rows of unknown words":
    "{shares}，而 {model} 只懂英文：它会把这些词读成没有意义的碎片，因此无论选项如何，对这些行的回答都会很差。拖入针对该语言的 BERT 的文件夹，即可改用它。",
  "most rows of unknown words":
    "{shares}，而 {model} 只懂英文：它会把这些词读成没有意义的碎片，因此无论选项如何，得分都会很差。拖入针对该语言的 BERT 的文件夹，即可改用它。",
  "few rows of unknown letters":
    "{shares}，而 {model} 只懂英文：无法拼写的内容会变成 [UNK]，因此无论选项如何，对这些行的回答都会很差。拖入针对该语言的 BERT 的文件夹，即可改用它。",
  "most rows of unknown letters":
    "{shares}，而 {model} 只懂英文：无法拼写的内容会变成 [UNK]，因此无论选项如何，得分都会很差。拖入针对该语言的 BERT 的文件夹，即可改用它。",
  "learning rate destroys":
    "学习率 {rate} 通常会毁掉预训练模型已有的知识：训练所有层时请选 0.00002 到 0.001。",

  "validation share out of range":
    "要求的验证集比例为 {share}；可用范围是 0.05 到 0.5。",
} satisfies Record<keyof typeof en, string>;
