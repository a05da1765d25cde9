export default {
  /** A place in a file: "reviews.csv, row 214". */
  "row of file": "{file}, row {row, number}",
  /** What lists without an "and" are made of, pair by pair. */

  // Columns
  "columns guessed": "Text: {text}. Label: {label}.",
  "columns of a pair guessed":
    "Text: {text} with {pair} as its pair. Label: {label}.",
  "text column":
    "{column} (about {words, plural, one {# word} other {# words}} a row)",
  "text column named so":
    "{column} (named so, about {words, plural, one {# word} other {# words}} a row)",
  "label column":
    "{column} ({values, plural, one {# different value} other {# different values}} in the rows looked at)",
  "label column named so":
    "{column} (named so, {values, plural, one {# different value} other {# different values}} in the rows looked at)",
  "no such column": "There is no column {column}. The columns are {columns}.",
  "column is text and label":
    "Column {column} is chosen as text and as label. Choose another column for one of them.",
  "column is both texts":
    "Column {column} is chosen as both texts of the pair. Choose another second text column, or none.",
  "column says parts":
    "Column {column} says what each row is for and is used as given: {train, plural, one {# row} other {# rows}} to train, {validation, number} for validation, {test, number} for the test{unlabelled, plural, =0 {} other {, # without a label set aside}}.{validation, plural, =0 { None is for validation, so some of those to train are held out for it.} other {}}",
  "column may say parts":
    "Column {column} may say what each row is for, but {values} name no part, so it is not used. Write train, validation or test there to have it used.",

  // Labels spread over columns; marks are what their cells hold
  "marks 0 and 1": "0 and 1",
  "marks yes and no": "yes and no",
  "marks and blanks": "{mark} and blanks",
  "labels joined from columns":
    "The labels lie in {count, plural, one {# column} other {# columns}} of {marks} ({columns}); the name of the one column that says so is read as a row’s label.",
  "one of several label columns":
    "The labels seem to lie in {count, plural, one {# column} other {# columns}} of {marks} ({columns}), of which only {label} is learned. Choose {joined} to learn them together.",
  "rows with several label columns":
    "The labels seem to lie in {count, plural, one {# column} other {# columns}} of {marks} ({columns}), of which only {label} is learned. {several, plural, one {# row has} other {# rows have}} several. Choose the task “many labels” to learn all of them.",
  "texts in all columns":
    "The columns {columns} all hold texts, so {label} is no label. If the column names are the labels, write one row for each text: the text in one column, the name of its column as its label in another.",

  // Labels inside lists, records and marks such as [food]
  "labels in marks":
    "Column {column} holds labels in marks such as {example}: {rows, plural, one {# row with one label is} other {# rows with one label are}} read as that label{none, plural, =0 {} one {, # without any has not been annotated and is set aside} other {, # without any have not been annotated and are set aside}}.",
  "labels in lists":
    "Column {column} holds lists or records such as {example}: {rows, plural, one {# row with one label is} other {# rows with one label are}} read as that label{none, plural, =0 {} one {, # without any has not been annotated and is set aside} other {, # without any have not been annotated and are set aside}}.",
  "labels as places in lists":
    "Column {column} holds lists or records such as {example}: {rows, plural, one {# row with one label (the place of the 1) is} other {# rows with one label (the place of the 1) are}} read as that label{none, plural, =0 {} one {, # without any has not been annotated and is set aside} other {, # without any have not been annotated and are set aside}}.",
  "several labels in a row":
    "{rows, plural, one {# row has several labels in {column}, such as {example}, and is set aside. Choose the task “many labels” to use it.} other {# rows have several labels in {column}, such as {example}, and are set aside. Choose the task “many labels” to use them.}}",
  "lists without a label":
    "{rows, plural, one {# row of column {column} holds} other {# rows of column {column} hold}} a list or record that no single label can be read from, such as {example}. Choose another label column, or write one label in each row.",

  // Labels written in several ways
  "labels alike but for blanks":
    "Labels that differ only in what cannot be seen (blanks, marks of no width) are read as one: {labels}.",
  "labels that are one number":
    "Labels that are the same number are read as one: {labels}.",
  "labels that are one answer":
    "Labels that are the same answer are read as one: {labels}.",
  "labels alike but for case":
    "Labels that differ only in capitals, width or punctuation are read as one: {labels}.",
  /** {rows} is a sum: 8 + 7. */
  "label in spellings":
    "{label} in {count, plural, one {# spelling} other {# spellings}} ({rows} rows)",
  "spellings of label": "{spellings} as {label}",
  "spelling in rows": "{written} ({rows, plural, one {# row} other {# rows}})",
  "and more labels":
    "and {count, plural, one {# more label} other {# more labels}}",

  // What stops training
  "no usable row":
    "No row has both a text in {text} and a label in {label}. Choose other columns.",
  "no usable row for reasons":
    "No row has both a text in {text} and a label in {label} ({reasons}). Choose other columns.",
  "count with no text": "{count, number} with no text",
  "count with no label": "{count, number} with no label",
  "count with several labels": "{count, number} with several labels",
  "count rejected": "{count, number} rejected in annotation",
  "count with too many columns": "{count, number} with too many columns",
  "one label only":
    "Every row has the label {label}. Two different labels are needed at least; choose another label column or add rows.",
  "labels are many dates":
    "Column {column} holds dates such as {example}, {count, plural, one {# different one} other {# different ones}} in {rows, plural, one {# row} other {# rows}}: nothing that texts can be sorted by. Choose another label column.",
  "labels to measure":
    "Column {column} has {count, plural, one {# different value} other {# different values}} in {rows, plural, one {# row} other {# rows}}: numbers to measure rather than classes. Choose the task “score” to learn the number itself, join the numbers into classes, or choose another label column.",
  "labels are texts or ids":
    "Column {column} has {count, plural, one {# different value} other {# different values}} in {rows, plural, one {# row} other {# rows}}: texts or ids rather than labels. Choose another label column.",
  "too many labels":
    "Column {column} has {count, plural, one {# different label} other {# different labels}}; at most {most, number} can be learned. Join rare ones, or choose another column.",
  "no usable validation row":
    "The validation file has no row with both a text and a label. Correct it, or read it without that role.",
  "a label for each row":
    "Each of the {rows, plural, one {# row} other {# rows}} has a label of its own, so none can be held out for validation. Add rows for each label.",
  "too few texts":
    "There {texts, plural, one {is only # different text} other {are only # different texts}} in {rows, plural, one {# row} other {# rows}}. Add rows: a few dozen for each label is a start.",

  // What is odd about the labels
  "labels with one row":
    "{count, plural, one {# label has 1 row: {labels}. It is trained on but never validated; add rows, or join it with another label.} other {# labels have 1 row: {labels}. They are trained on but never validated; add rows, or join them with another label.}}",
  "labels with few rows":
    "{count, plural, one {# label has fewer than 8 rows: {labels}. Its figures will be rough.} other {# labels have fewer than 8 rows: {labels}. Their figures will be rough.}}",
  "few usable rows":
    "There are only {rows, plural, one {# usable row} other {# usable rows}}. A few dozen for each label is a start.",
  "hardly any usable rows":
    "With {rows, plural, one {# usable row} other {# usable rows}} figures mean nothing: they come from a text or two. A few dozen rows for each label is a start.",
  "labels out of balance":
    "{most} has {mostRows, plural, one {# row} other {# rows}} and {least} {leastRows, number}. Set class weights to “balanced”, and read macro-F1 rather than accuracy.",
  "one label leads":
    "{share} of the rows have the label {label}: always answering that is right as often. Compare accuracy with it.",
  "one label nearly everywhere":
    "{share} of the rows have the label {label}, so always answering that is right as often: an accuracy near it is the majority’s score and nothing learned.",
  "labels differ in case":
    "The labels {labels} differ only in case or spacing and count as {count, plural, =2 {two} other {#}}. Write them alike if they mean the same.",
  "label of a missing value":
    "{rows, plural, one {# row has the label {label}, which looks like a missing value. Leave the cell empty to set it aside.} other {# rows have the label {label}, which looks like a missing value. Leave the cell empty to set them aside.}}",
  "labels look measured":
    "Column {column} has {count, plural, one {# different number} other {# different numbers}}, which look like measurements. Each is learned as a class of its own, without order: the task “score” learns the number itself.",
  "labels mark words":
    "The labels look like marks on single words ({labels}). Attune classifies whole texts.",
  "labels are lists":
    "{count, plural, one {# label looks like a list} other {# labels look like lists}} of others, such as {example}. Each combination is learned as a label of its own; the task “many labels” learns the labels in them.",
  "labels are long":
    "The labels are long ({example}). Is {column} the label column?",
  "very many labels":
    "There are {count, plural, one {# label} other {# labels}}; that many need many rows each.",
  "labels look like dates":
    "The labels of {column} look like dates ({example}). Is another column the label?",
  "labels with leading zeros":
    "Some labels are the same number with other leading zeros, such as {labels}. They stay different labels, as written.",

  // Validation and test rows; {part} is the names of their files or "rows of a part"
  "rows of a part":
    "The {role, select, validation {validation} other {test}} rows",
  "part has no usable row":
    "{part} has no row with both a text and a label, so there will be no {role, select, validation {validation} other {test}} figures. Labels are needed there too.",
  "part without labels":
    "{part}: every row has the label {label}, which stands for none, so there will be no {role, select, validation {validation} other {test}} figures. Write the labels there to have them.",
  "part of other labels":
    "{part}: none of its labels ({labels}) occurs in the training rows. Use the same labels in all files.",
  "part with unknown labels":
    "{part}: {rows, plural, one {# row with a label that no training row has ({labels}) is} other {# rows with a label that no training row has ({labels}) are}} left out. Use the same labels in all files.",
  "files share texts":
    "{count, plural, one {# text of {part} is also in the training rows; figures on it flatter the model. Remove it from one side.} other {# texts of {part} are also in the training rows; figures on them flatter the model. Remove them from one side.}}",
  "rows share texts":
    "{count, plural, one {# text of the {role, select, validation {validation} other {test}} rows is also in the training rows; figures on it flatter the model. Remove it from one side.} other {# texts of the {role, select, validation {validation} other {test}} rows are also in the training rows; figures on them flatter the model. Remove them from one side.}}",

  // What is odd about the texts
  "texts disputed throughout":
    "{share} of the rows have a text that stands under another label as well, such as {place}: {text} is {labels}. The {rows, plural, one {# row} other {# rows}} hold {texts, plural, one {# different text} other {# different texts}}. No model can learn from that: its figures will be chance.",
  "texts often disputed":
    "{share} of the rows have a text that stands under another label as well, such as {place}: {text} is {labels}. The {rows, plural, one {# row} other {# rows}} hold {texts, plural, one {# different text} other {# different texts}}. No model can get all of those right: decide for one label each.",
  "texts disputed":
    "{count, plural, one {# row repeats} other {# rows repeat}} a text under another label, such as {place}: {text} is {labels}. Decide for one.",
  "texts repeated":
    "{count, plural, one {# row repeats} other {# rows repeat}} an earlier text with the same label. Repeats stay on one side of the split.",
  "texts too long":
    "{count, plural, one {# text is} other {# texts are}} longer than {limit, number} characters (longest: {longest, number}, {place}). What goes beyond max tokens is not read.",
  "texts damaged":
    "{count, plural, one {# text contains} other {# texts contain}} �, the mark of a wrong encoding. Save the file as UTF-8 from its source.",
  "texts missing":
    "{count, plural, one {# text is {texts}, which looks} other {# texts are {texts}, which look}} like a missing text and would be learned as a word. Leave such cells empty to set the rows aside.",
  "text and its count": "{text} ({count, number})",
  "texts in another script":
    "{share} of the texts are mostly {script}: they want a model made for their language.",
  "texts in other scripts":
    "{share} of the texts are mostly in other scripts ({scripts}): they want a model made for their languages.",
  "script and its count": "{script}: {count, number}",

  // Scripts, as they stand after "the texts are mostly"
  "mostly Chinese, Japanese or Korean": "Chinese, Japanese or Korean",
  "mostly Cyrillic": "Cyrillic",
  "mostly Arabic": "Arabic",
  "mostly Greek": "Greek",
  "mostly in an Indian script": "in an Indian script",
  "mostly Hebrew": "Hebrew",
  "mostly Thai": "Thai",

  // Scripts and languages, as they stand after "rows are" and "rows look like"
  Japanese: "Japanese",
  Korean: "Korean",
  Chinese: "Chinese",
  "in Arabic script": "in Arabic script",
  "in Cyrillic script": "in Cyrillic script",
  "in Greek script": "in Greek script",
  "in Hebrew script": "in Hebrew script",
  "in Devanagari script": "in Devanagari script",
  "in Thai script": "in Thai script",
  "not in Latin script": "not in Latin script",
  English: "English",
  French: "French",
  German: "German",
  Spanish: "Spanish",
  Italian: "Italian",
  Portuguese: "Portuguese",
  Dutch: "Dutch",

  // Advice on data and model; {shares} is made of the first six
  "rows are in":
    "{rows, number} of {all, plural, one {# row} other {# rows}}, {share} of them, are {language}",
  "first rows are in":
    "{rows, number} of the first {all, plural, one {# row} other {# rows}}, {share} of them, are {language}",
  "rows look like":
    "{rows, number} of {all, plural, one {# row} other {# rows}}, {share} of them, look like {language}",
  "first rows look like":
    "{rows, number} of the first {all, plural, one {# row} other {# rows}}, {share} of them, look like {language}",
  "more rows are in": "{rows, number} ({share}) are {language}",
  "more rows look like": "{rows, number} ({share}) look like {language}",
  "few rows of unknown words":
    "{shares}, and {model} knows English: it reads those words as bits without meaning, so its answers on those rows will be poor whatever the options. Drop the folder of a BERT made for this language to use it instead.",
  "most rows of unknown words":
    "{shares}, and {model} knows English: it reads those words as bits without meaning, so the scores will be poor whatever the options. Drop the folder of a BERT made for this language to use it instead.",
  "few rows of unknown letters":
    "{shares}, and {model} knows English: what it cannot spell becomes [UNK], so its answers on those rows will be poor whatever the options. Drop the folder of a BERT made for this language to use it instead.",
  "most rows of unknown letters":
    "{shares}, and {model} knows English: what it cannot spell becomes [UNK], so the scores will be poor whatever the options. Drop the folder of a BERT made for this language to use it instead.",
  "learning rate destroys":
    "A learning rate of {rate} usually destroys what a pretrained model knows: for all layers choose 0.00002 to 0.001.",

  // Splitting
  "validation share out of range":
    "A validation share of {share} was asked for; it can be 0.05 to 0.5.",
} as const satisfies Record<string, string>;
