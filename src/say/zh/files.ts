import type en from "../en/files";

export default {
  "read: nothing yet": "尚未读取任何文件。请先拖入一个。",
  "read: could not":
    "无法读取 {file}（{reason}）。如果文件已更改或移动，请重新选择。",
  "read: no file": "没有给出文件。请拖入 CSV、TSV、JSONL 或文本文件。",
  "read: too many files":
    "一次给出了 {count, plural, other {# 个文件}}；最多可同时读取 1,000 个。请先合并文件。",
  "read: no table": "{files}中没有表格。请拖入 CSV、TSV、JSONL 或文本文件。",
  "read: left out":
    "已略去{files}：{count, plural, other {这 # 个文件}}不是可用于训练的表格。如仍要读取，请单独拖入。",
  "read: nothing to train on":
    "{files}：没有可用于训练的文件。请将其中一个的角色设为“训练”。",

  "pair: not equally long":
    "{texts} 有 {lines, number} 行，而 {labels} 有 {others, number} 行；两者应逐行对应。请使行数一致。",
  "pair: labels beside": "{texts}：标签逐行取自 {labels}。",

  "together: no header": "{file} 没有表头；各列按 {other} 的顺序对应。",
  "together: nothing shared":
    "{file} 的列为{columns}，而 {other} 的列为{others}。请统一列名，或逐个拖入。",
  "together: column missing": "{file} 没有列{columns}；相应的列按空值处理。",
  "together: one column":
    "{file} 只有一列：{column}。Attune 需要一列文本和一列标签，以逗号或制表符分隔。",

  "classes: one a file":
    "{count, number} 个文件都没有标签列：每个文件作为一个类别，以文件名命名（{labels}）。",
  "classes: answers": "已略去{file}：其中只有答案，没有文本。",
  "classes: names":
    "已略去{file}：其中只说明名称的对应关系（{columns}），没有文本。",

  "rows: none fits":
    "{file}：{rows, number} 行中没有一行符合表头的 {columns, number} 列。{problem}",
  "rows: none below the header":
    "{file} 只有表头（{columns}），没有数据行。请在表头下添加行。",
  "delimiter: tabs divide nothing":
    "{file}：没有一行可以用制表符分列。请选择其他分隔符。",
  "delimiter: divides nothing":
    "{file}：没有一行可以用{delimiter}分列。请选择其他分隔符。",

  "unpack: damaged": "无法解压 {file}（{reason}）。请解压后拖入其中的文件。",
  "unpack: tar": "{file} 是 tar 归档。请解压后拖入其中的文件。",
  "unpack: empty": "{file} 是空的 zip 归档，其中没有文件。",
  "unpack: too large":
    "{file} 解压后为 {size}；一次最多可读取 {most}。请解压并只取其中一部分行。",
  "folders: unlabelled":
    "已略去 {folder}：从文件夹名称看，其中的 {texts, number} 条文本没有标签。",
  "folders: labels":
    "{folders, number} 个文件夹中共 {files, number} 个文本文件：每个文件是一条文本，文件夹名即标签（{labels}）。",

  "bytes: none": "{file} 是空文件。请选择含有文本和标签行的文件。",
  "bytes: too many":
    "{file} 大小为 {size}；一次最多可读取 {most}。请拆分文件，或只取其中一部分行。",
  "bytes: blank": "{file} 只含空白字符。请选择含有文本和标签行的文件。",
  "bytes: UTF-32": "{file} 的编码是 UTF-32。请另存为 UTF-8 后重新拖入。",
  "bytes: not text":
    "{file} 不是文本：其中含有文本文件不会有的字节。请导出为 UTF-8 编码的 CSV 后再拖入。",
  "bytes: damaged UTF-8":
    "{file}：有 {count, number} 个字符无法按 UTF-8 读取，显示为 �。如有影响，请将文件另存为 UTF-8。",
  "bytes: foreign":
    "{file} 不是 UTF-8，也不像西欧语言文本；其中的字符很可能有误。请另存为 UTF-8 后重新拖入。",
  "bytes: windows-1252":
    "{file} 不是 UTF-8，已按 windows-1252 读取。如果预览中的字符有误，请另存为 UTF-8。",
  "bytes: other encoding":
    "{file} 不是 UTF-8，已按与其字符最相符的 {encoding} 读取。如果预览中的字符有误，请改选其他编码，或另存为 UTF-8。",
  "bytes: NUL":
    "{file}：已删除 {count, number} 个 NUL 字符。写出此文件的程序可能损坏了它。",
  "bytes: mark within":
    "{file}：已删除文件中间的字节顺序标记；此文件似乎由多个文件拼接而成。",

  "kind: PDF": "{file} 是 PDF。请将其中的表格复制到电子表格中，再另存为 CSV。",
  "kind: rich text": "{file} 是富文本文档。请另存为纯文本或 CSV。",
  "kind: web page":
    "{file} 是网页，不是表格。请下载文件本身，或将表格另存为 CSV。",
  "kind: SQLite": "{file} 是 SQLite 数据库。请将表导出为 CSV。",
  "kind: Parquet": "{file} 是 Parquet 文件。请先转换为 CSV 或 JSONL。",
  "kind: Git LFS":
    "{file} 只是指向由 Git LFS 保存的文件的指针。请下载文件本身。",
  "kind: picture": "{file} 是图片。Attune 读取的是文本表格。",
  "kind: compressed": "{file} 是压缩文件。请解压后拖入其中的内容。",
  "kind: old office":
    "{file} 是旧版 Excel 或 Word 文档。请将工作表另存为 CSV（UTF-8）。",
  "kind: office":
    "{file} 是 Excel 工作簿或其他办公文档。请将工作表另存为 CSV（UTF-8）。",
  "kind: zip": "{file} 是 zip 归档。请解压后拖入其中的文件。",

  "table: lines before": "{file}：已跳过表格之前的 {count, number} 行。",
  "table: lines outside": "{file}：已略去表格之外的 {count, number} 行。",
  "table: header again":
    "{place}：此处再次出现表头{more, plural, =0 {} other {（此后还有 # 次）}}，像是由多个文件拼接而成。表头不作为数据行。{reordered, plural, =0 {} other {此处的列顺序不同；其下 # 行按此顺序读取。}}",
  "table: header again in other words":
    "{place}：此处以其他名称再次出现表头（{words}）{more, plural, =0 {} other {（此后还有 # 次）}}，像是由多个文件拼接而成。表头不作为数据行。{reordered, plural, =0 {} other {此处的列顺序不同；其下 # 行按此顺序读取。}}",
  "table: columns without a name":
    "{file}：{count, number} 列没有名称，以所在位置命名。",
  "table: columns twice":
    "{file}：{count, number} 个列名重复；后出现的列改称{names}。",
  "table: huge cell":
    "{place}，列“{column}”：有一个单元格长达 {characters, number} 个字符。内容已保留，但模型只读取开头部分；请检查是否缺少引号。",
  "table: wider than the header":
    "{place}：有 {cells, number} 列，而表头有 {width, number} 列。含有{separators}的文本请加引号。{more, plural, =0 {此行已搁置。} other {另有 # 行情况相同，均已搁置。}}",
  "table: wider than the others":
    "{place}：有 {cells, number} 列，而其他行有 {width, number} 列。含有{separators}的文本请加引号。{more, plural, =0 {此行已搁置。} other {另有 # 行情况相同，均已搁置。}}",
  "table: bars within":
    "{place}：列数多于表头的 {width, number} 列。文本中的竖线请写作 \\|。已搁置 {count, number} 行这样的数据。",
  "table: a narrow row":
    "{place}：不足 {width, number} 列；缺少的部分按空值处理。{more, plural, =0 {} other {另有 # 行情况相同。}}",
  "table: narrow rows":
    "{file}：{count, number} 行不足 {width, number} 列；缺少的部分按空值处理。",
  "separators: tabs": "制表符",
  "separators: commas": "逗号",
  "separators: semicolons": "分号",
  "separators: bars": "竖线（|）",
  "separators: others": "分隔符",

  "quotes: no cells":
    "{file}：此文件中的引号不用于包裹单元格，因此作为文本的一部分读取。",
  "quotes: left open":
    '{place}：有一个引号未闭合{more, plural, =0 {} other {（另有 # 行也是如此）}}，已作为文本的一部分读取。请闭合引号，或将其写成两个（""）。',
  "quotes: not doubled":
    '{file}：带引号的单元格中有 {count, number} 个引号没有写成两个（""）；请查看预览。',

  "fastText: several labels":
    "{place}：有多个标签，已用逗号连接为一个{rows, plural, =1 {} other {（共 # 行）}}。",

  "CoNLL: sentences":
    "{file} 每行一个词：共 {words, number} 个词，{sentences, number} 个句子，每句为一行数据。",
  "CoNLL: predicates":
    "{file} 每行一个词，每个谓词一列：{sentences, number} 个句子中有 {predicates, number} 个谓词，每个谓词为一行数据{without, plural, =0 {} other {；其中 # 个句子没有谓词}}。",
  "CoNLL: brackets":
    "{file} 第 {line, number} 行：谓词论元的括号没有闭合或相互嵌套。请写成 (A0* 至 *)。已搁置 {count, number} 个这样的句子。",
  "CoNLL: no predicate":
    "{file} 第 {line, number} 行：由此开始的句子中有一列论元没有 (V*)，无从得知属于哪个谓词。请标出谓词。已搁置 {count, number} 个这样的句子。",
  "CoNLL: columns of predicates":
    "{file} 第 {line, number} 行：句子的列数与其谓词数不符，每个谓词应有一列论元。已搁置 {count, number} 个这样的句子。请在每行写全各列，或在句子之间留空行。",
  "CoNLL: left out":
    "{file}：已略去{documents, plural, =0 {} other { # 个文档标记}}{comments, plural, =0 {} other { # 行注释}}。",
  "CoNLL: no words":
    "{file}：已略去{ranges, plural, =0 {} other { # 行仅用于合并词的内容}}{empty, plural, =0 {} other { # 个原文中没有的空词}}。",
  "CoNLL: spaces within":
    "{file}：{count, number} 个词内含空格；已用不换行空格代替，使词保持完整。",
  "CoNLL: other columns":
    "{file} 第 {line, number} 行：有 {cells, number} 列，而其他行有 {width, number} 列。请为每个词写上标记，或在句子之间留空行。已搁置 {sentences, number} 个这样的句子。",
  "CoNLL: a long sentence":
    "{file} 第 {line, number} 行：此处开始的句子有 {words, number} 个词，而模型只读取开头部分。请在句子之间留空行。",

  "JSON: no records":
    '{file} 中没有 JSON 记录。请每行写一个对象，例如 \'{"text": "…", "label": "…"}\'。',
  "JSON: an object":
    '{file} 是一个含有 {count, number} 个键（{keys}）的 JSON 对象，不是可识别的表格。请保存为记录列表，例如 [\'{"text": "…", "label": "…"}\']，或保存为 CSV。',
  "JSON: Python":
    "{file} 不是 JSON，而是 Python 打印字典的格式；已按此格式读取。如有异常，请用 json.dumps 写出。",
  "JSON: rows are no objects":
    "{place}：不是 JSON 对象。{count, plural, =1 {此行已搁置。} other {共 # 行这样的数据，均已搁置。}}",
  "JSON: rows are broken":
    "{place}：不是有效的 JSON。{count, plural, =1 {此行已搁置。} other {共 # 行这样的数据，均已搁置。}}",
  "JSON: rows from a list": "{file}：各行取自其中的列表{path}。",
  "JSON: rows from one list":
    "{file}：各行取自其中的列表{path}；已略去{others}。",
  "JSON: lists of texts":
    "{file}：{count, number} 个名称下各有一个文本列表；这些名称作为标签。",
  "JSON: columns differ": "{file} 中各列长度不同（{columns}）。请使长度一致。",
  "JSON: length of a column": "{column} {rows, number} 行",
  "JSON: beside the columns": "{file}：已略去各列之外的{keys}。",
} satisfies Record<keyof typeof en, string>;
