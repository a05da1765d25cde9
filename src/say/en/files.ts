export default {
  /** A list that goes on, so without an "and". */

  "read: nothing yet": "No file has been read yet. Drop one first.",
  "read: could not":
    "{file} could not be read ({reason}). If it changed or moved, choose it again.",
  "read: no file": "No file was given. Drop a CSV, TSV, JSONL or text file.",
  "read: too many files":
    "{count, plural, one {# file} other {# files}} at once; at most 1,000 can be read together. Join them first.",
  "read: no table":
    "No table is among {files}. Drop a CSV, TSV, JSONL or text file.",
  "read: left out":
    "{files} {count, plural, one {is left out: it is no table to train on. Drop it alone to read it all the same.} other {are left out: they are no table to train on. Drop them alone to read them all the same.}}",
  "read: nothing to train on":
    "{files}: no file to train on. Give one of them the role “train”.",

  /** A file of texts and a file of labels, line by line. */
  "pair: not equally long":
    "{texts} has {lines, plural, one {# line} other {# lines}} and {labels} {others, number}; they belong together line by line. Make them equally long.",
  "pair: labels beside":
    "{texts}: its labels are taken line by line from {labels}.",

  "together: no header":
    "{file} has no header; its columns are taken in the order of {other}.",
  "together: nothing shared":
    "{file} has the columns {columns} where {other} has {others}. Give both the same column names, or drop them one at a time.",
  "together: column missing":
    "{file} has no column {columns}; it is taken as empty there.",
  "together: one column":
    "{file} has one column, {column}. Attune needs a column of texts and one of labels, separated by commas or tabs.",

  "classes: one a file":
    "None of the {count, number} files has a column of labels: each is taken as one class, called after its file ({labels}).",
  "classes: answers": "{file} is left out: it holds answers and no texts.",
  /** {columns}: what the file says, such as “id” and “name”. */
  "classes: names":
    "{file} is left out: it says what things are called ({columns}) and holds no texts.",

  "rows: none fits":
    "{file}: none of its {rows, plural, one {# row} other {# rows}} fits the {columns, plural, one {# column} other {# columns}} of the header. {problem}",
  "rows: none below the header":
    "{file} has a header ({columns}) and no rows. Add rows below it.",
  "delimiter: tabs divide nothing":
    "{file}: tabs divide none of its rows. Choose another delimiter.",
  "delimiter: divides nothing":
    "{file}: {delimiter} divides none of its rows. Choose another delimiter.",

  "unpack: damaged":
    "{file} is packed, and could not be unpacked ({reason}). Unpack it and drop what is inside.",
  "unpack: tar":
    "{file} is a tar archive. Unpack it and drop the files inside.",
  "unpack: empty": "{file} is a zip archive without a file in it.",
  "unpack: too large":
    "{file} unpacks to {size}; at most {most} can be read at once. Unpack it and take a part of its rows.",
  "folders: unlabelled":
    "{folder} is left out: the name of the folder says that its {texts, plural, one {# text has} other {# texts have}} no label.",
  "folders: labels":
    "{files, plural, one {# text file} other {# text files}} in {folders, plural, one {# folder} other {# folders}}: one text a file, the folder is the label ({labels}).",

  "bytes: none": "{file} is empty. Choose a file with rows of text and labels.",
  "bytes: too many":
    "{file} has {size}; at most {most} can be read at once. Split it, or take a part of its rows.",
  "bytes: blank":
    "{file} holds only blank space. Choose a file with rows of text and labels.",
  "bytes: UTF-32": "{file} is in UTF-32. Save it as UTF-8 and drop it again.",
  "bytes: not text":
    "{file} is not text: it holds bytes that no text file has. Export it as CSV in UTF-8 and drop that.",
  "bytes: damaged UTF-8":
    "{file}: {count, plural, one {# character could not be read as UTF-8 and is} other {# characters could not be read as UTF-8 and are}} shown as �. Save the file as UTF-8 if that matters.",
  "bytes: foreign":
    "{file} is not UTF-8 and does not look like western European text; its letters are probably wrong. Save it as UTF-8 and drop it again.",
  "bytes: windows-1252":
    "{file} is not UTF-8; it was read as windows-1252. If letters look wrong in the preview, save it as UTF-8.",
  "bytes: other encoding":
    "{file} is not UTF-8; it was read as {encoding}, which fits its letters best. If they look wrong in the preview, set another encoding or save it as UTF-8.",
  "bytes: NUL":
    "{file}: {count, plural, one {# NUL character} other {# NUL characters}} removed. The program that wrote the file may have damaged it.",
  "bytes: mark within":
    "{file}: a byte order mark within the file removed; it seems to be joined from several.",

  "kind: PDF":
    "{file} is a PDF. Copy its table into a spreadsheet and save that as CSV.",
  "kind: rich text":
    "{file} is a rich-text document. Save it as plain text or CSV.",
  "kind: web page":
    "{file} is a web page, not a table. Download the file itself, or save the table as CSV.",
  "kind: SQLite": "{file} is an SQLite database. Export the table as CSV.",
  "kind: Parquet":
    "{file} is a Parquet file. Convert it to CSV or JSONL first.",
  "kind: Git LFS":
    "{file} is only a pointer to a file kept by Git LFS. Download the file itself.",
  "kind: picture": "{file} is a picture. Attune reads tables of text.",
  "kind: compressed":
    "{file} is compressed. Unpack it and drop what is inside.",
  "kind: old office":
    "{file} is an old Excel or Word document. Save the sheet as CSV (UTF-8).",
  "kind: office":
    "{file} is an Excel workbook or another office document. Save the sheet as CSV (UTF-8).",
  "kind: zip": "{file} is a zip archive. Unpack it and drop the files inside.",

  "table: lines before":
    "{file}: {count, plural, one {# line} other {# lines}} before the table skipped.",
  "table: lines outside":
    "{file}: {count, plural, one {# line} other {# lines}} outside the table left out.",
  "table: header again":
    "{place}: the header stands there again{more, plural, =0 {} one { (and # more time)} other { (and # more times)}}, as where files were joined. It is left out as a row.{reordered, plural, =0 {} one { Its columns have another order there; # row below it follows that.} other { Its columns have another order there; # rows below it follow that.}}",
  /** {words}: the other names of the columns. */
  "table: header again in other words":
    "{place}: the header stands there again in other words ({words}){more, plural, =0 {} one { (and # more time)} other { (and # more times)}}, as where files were joined. It is left out as a row.{reordered, plural, =0 {} one { Its columns have another order there; # row below it follows that.} other { Its columns have another order there; # rows below it follow that.}}",
  "table: columns without a name":
    "{file}: {count, plural, one {# column without a name; called after its place} other {# columns without a name; called after their places}}.",
  "table: columns twice":
    "{file}: {count, plural, one {# column name used twice; the later one is called} other {# column names used twice; the later ones are called}} {names}.",
  "table: huge cell":
    "{place}, column “{column}”: a cell of {characters, number} characters. It is kept, but a model reads only its beginning; check that a quotation mark is not missing.",
  "table: wider than the header":
    "{place}: {cells, plural, one {# column} other {# columns}} where the header has {width, number}. Quote text that contains {separators}. {more, plural, =0 {It is set aside.} one {# more row like it; all are set aside.} other {# more rows like it; all are set aside.}}",
  "table: wider than the others":
    "{place}: {cells, plural, one {# column} other {# columns}} where the others have {width, number}. Quote text that contains {separators}. {more, plural, =0 {It is set aside.} one {# more row like it; all are set aside.} other {# more rows like it; all are set aside.}}",
  "table: bars within":
    "{place}: more columns than the header has ({width, number}). Write \\| for a bar within a text. {count, plural, one {# such row is} other {# such rows are}} set aside.",
  "table: a narrow row":
    "{place}: fewer than {width, plural, one {# column} other {# columns}}; what is missing is taken as empty.{more, plural, =0 {} one { # more row like it.} other { # more rows like it.}}",
  "table: narrow rows":
    "{file}: {count, plural, one {# row} other {# rows}} with fewer than {width, plural, one {# column} other {# columns}}; what is missing is taken as empty.",
  "separators: tabs": "tabs",
  "separators: commas": "commas",
  "separators: semicolons": "semicolons",
  "separators: bars": "bars (|)",
  "separators: others": "the separator",

  "quotes: no cells":
    "{file}: quotation marks do not enclose cells here, so they were read as part of the text.",
  "quotes: left open":
    '{place}: a quotation mark is opened and never closed{more, plural, =0 {} one { (and in # more row)} other { (and in # more rows)}}; it was read as part of the text. Close it or double it ("").',
  "quotes: not doubled":
    '{file}: {count, plural, one {# quotation mark inside quoted cells is} other {# quotation marks inside quoted cells are}} not doubled (""); look at the preview.',

  /** {rows}: all of them, the first one included. */
  "fastText: several labels":
    "{place}: several labels, kept as one joined by commas{rows, plural, =1 {} one { (# row)} other { (# rows)}}.",

  "CoNLL: sentences":
    "{file} has one word a line: {words, plural, one {# word} other {# words}} in {sentences, plural, one {# sentence, which is a row} other {# sentences, each of them a row}}.",
  "CoNLL: predicates":
    "{file} has one word a line and a column for each predicate: {predicates, plural, one {# predicate, which is a row} other {# predicates, each of them a row}}, in {sentences, plural, one {# sentence} other {# sentences}}{without, plural, =0 {} other {, # of them without any}}.",
  "CoNLL: brackets":
    "{file}, line {line, number}: brackets of a predicate’s arguments do not close, or lie in each other. Write each as (A0* to *). {count, plural, one {The sentence is set aside.} other {# such sentences are set aside.}}",
  "CoNLL: no predicate":
    "{file}, line {line, number}: in the sentence that begins here a column of arguments has no (V*), so that nobody knows whose they are. Mark the predicate so. {count, plural, one {The sentence is set aside.} other {# such sentences are set aside.}}",
  "CoNLL: columns of predicates":
    "{file}, line {line, number}: the columns of the sentence are not as many as its predicates demand, one of arguments for each. {count, plural, one {The sentence is set aside.} other {# such sentences are set aside.}} Write each in every line, or a blank line between sentences.",
  "CoNLL: left out":
    "{file}: {documents, plural, =0 {} one {# mark of a document} other {# marks of documents}}{comments, plural, =0 {} other {{documents, plural, =0 {} other { and }}}}{comments, plural, =0 {} one {# comment} other {# comments}} left out.",
  "CoNLL: no words":
    "{file}: {ranges, plural, =0 {} one {# line that only joins words} other {# lines that only join words}}{empty, plural, =0 {} other {{ranges, plural, =0 {} other { and }}}}{empty, plural, =0 {} one {# word that nobody wrote} other {# words that nobody wrote}} left out.",
  "CoNLL: spaces within":
    "{file}: {count, plural, one {# word has a space within; the word stays} other {# words have a space within; the words stay}} whole, with a no-break space.",
  "CoNLL: other columns":
    "{file}, line {line, number}: {cells, plural, one {# column} other {# columns}} where the others have {width, number}. Give each word its tags, or a blank line between sentences. {sentences, plural, one {The sentence is set aside.} other {# such sentences are set aside.}}",
  "CoNLL: a long sentence":
    "{file}, line {line, number}: a sentence of {words, number} words begins here, and a model reads only its beginning. Put a blank line between sentences.",

  "JSON: no records":
    '{file} holds no JSON records. Put one object a line, such as \'{"text": "…", "label": "…"}\'.',
  "JSON: an object":
    '{file} is one JSON object with {count, plural, one {# key} other {# keys}} ({keys}), which is no table known here. Save it as a list of records, such as [\'{"text": "…", "label": "…"}\'], or as CSV.',
  "JSON: Python":
    "{file} is not JSON but Python’s way of printing dictionaries; it was read as such. Write it with json.dumps if something looks wrong.",
  "JSON: rows are no objects":
    "{place}: not a JSON object. {count, plural, =1 {It is} one {# such row is} other {# such rows are}} set aside.",
  "JSON: rows are broken":
    "{place}: not valid JSON. {count, plural, =1 {It is} one {# such row is} other {# such rows are}} set aside.",
  "JSON: rows from a list": "{file}: the rows are taken from its list {path}.",
  "JSON: rows from one list":
    "{file}: the rows are taken from its list {path}; {others} left out.",
  "JSON: lists of texts":
    "{file}: lists of texts under {count, plural, one {# name} other {# names}}; the names are taken as the labels.",
  "JSON: columns differ":
    "{file} holds columns of different lengths ({columns}). Make them equally long.",
  "JSON: length of a column": "{column} {rows, number}",
  "JSON: beside the columns": "{file}: {keys} beside the columns left out.",
} as const satisfies Record<string, string>;
