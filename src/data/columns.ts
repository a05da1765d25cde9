// Which column holds the text, which the label, and whether the first row is a
// header: guesses from names and from what the cells look like. Each guess can
// be explained in a sentence, because people will want to know.

import type { Mapping } from "../data";
import { plainLabel } from "./labels";
import type { Classes } from "./onehot";
import { many, shown } from "./words";

/** Column names seen in the wild, in a dozen languages, from sure to likely. */
const TEXT_NAMES = [
  `text texts sentence tweet utterance comment comments review message content
   satz texte phrase texto frase testo tekst zdanie zin metin cümle текст предложение
   文本 内容 评论 句子 正文 留言 テキスト 本文 文章 텍스트 문장 본문 نص النص पाठ`,
  `body question query post headline description input prompt premise feedback string
   document sms email complaint ticket snippet passage paragraph quote
   nachricht kommentar inhalt beschreibung frage meldung avis commentaire contenu
   comentario reseña mensaje contenido pregunta opinión commento recensione comentário mensagem
   bericht recensie opinia yorum отзыв комментарий сообщение вопрос описание
   评价 问题 消息 标题 レビュー コメント 質問 내용 리뷰 댓글 تعليق`,
  `title subject summary texta sentence1 tekst1 reviewtext titel titre título titolo заголовок`,
] as const;
const LABEL_NAMES = [
  `label labels class category target sentiment intent emotion topic polarity gold
   classes categories intents emotions topics sentiments accept choice choices cats
   etikett klasse kategorie thema stimmung absicht étiquette classe catégorie
   etiqueta clase categoría sentimiento etichetta categoria rótulo sentimento categorie
   etykieta kategoria etiket sınıf метка класс категория тональность тема
   标签 类别 分类 情感 意图 主题 ラベル カテゴリ 分類 感情 라벨 레이블 분류 감정 تصنيف लेबल`,
  `rating stars star score quality annotation stance tag spam toxic toxicity acceptability
   fraud fraudulent fake hate hateful offensive sarcastic sarcasm ironic irony clickbait humor insult
   grade verdict outcome priority department genre bewertung sterne sujet note puntuación
   voto avaliação оценка 评分 星级 类型 評価 평점`,
  `type status kind group y answer language lang relation sorte typ tipo тип`,
] as const;
// Not "answer": of a question and its answer, people mostly sort the question.
const SECOND_NAMES = `hypothesis passage context document candidate paragraph`;
const ID_NAMES = `id ids uid uuid guid idx index key no nr num number row hash
  url link date time timestamp created updated user username author name phone ip
  latitude longitude lat lon zip nummer datum numéro fecha 编号 日期 序号`;

const points = (lists: readonly string[]) =>
  new Map(
    lists.flatMap((list, i) =>
      list.split(/\s+/).map((word) => [word, 1 - 0.3 * i] as const),
    ),
  );
const TEXT = points(TEXT_NAMES);
const LABEL = points(LABEL_NAMES);
const SECOND = points([SECOND_NAMES]);
const ID = points([ID_NAMES]);

/** "reviewText_2" → ["review", "text", "2"]. */
function words(name: string): string[] {
  return (
    name
      .normalize("NFC")
      .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|\d+/gu) ?? []
  );
}

/** 0–1: how surely a name is one of those listed; its last word weighs most. */
function named(name: string, known: Map<string, number>): number {
  const parts = words(name).filter((part) => !/^(\d+|[ab])$/.test(part));
  const last = parts.length - 1;
  return Math.max(
    0,
    known.get(parts.join("")) ?? 0,
    ...parts.map((part, i) => (known.get(part) ?? 0) * (i === last ? 1 : 0.6)),
  );
}

/** Whether a cell is a name that columns have; a sentence never is. */
export function isKnownName(cell: string): boolean {
  if (cell.length > 40 || words(cell).length > 4) return false;
  return (
    named(cell, TEXT) >= 0.6 ||
    named(cell, LABEL) >= 0.6 ||
    named(cell, ID) >= 1
  );
}

const NUMBER = /^[-+]?\d*[.,]?\d+(e[-+]?\d+)?\s*%?$/i;
const isNumber = (cell: string) => NUMBER.test(cell);
/** Chinese, Japanese and Korean say in one character what takes others a few. */
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
const extent = (cell: string) =>
  cell.length + 1.5 * (cell.match(WIDE)?.length ?? 0);

interface Look {
  filled: number;
  empty: number;
  distinct: number;
  numbers: number;
  /** Mean length, where wide scripts count more. */
  length: number;
  /** Mean number of words, or of wide characters. */
  words: number;
  /** Has no spaces and a digit, or is an address: an id, a date, a link. */
  codes: number;
  /** Lists and records, as an annotation tool keeps them. */
  records: number;
}

function look(cells: string[]): Look {
  const seen = new Set<string>();
  const found = {
    filled: 0,
    empty: 0,
    numbers: 0,
    length: 0,
    words: 0,
    codes: 0,
    records: 0,
  };
  for (const raw of cells) {
    const cell = raw.trim().slice(0, 2000);
    if (cell === "") {
      found.empty++;
      continue;
    }
    found.filled++;
    seen.add(cell);
    found.length += extent(cell);
    found.words +=
      cell.split(/\s+/).length + (cell.match(WIDE)?.length ?? 0) / 2;
    if (isNumber(cell)) found.numbers++;
    else if (/^([[{]).*[\]}]$/s.test(cell)) found.records++;
    else if (/^\S*\d\S*$/.test(cell) || /^(https?:|www\.)\S+$/i.test(cell))
      found.codes++;
  }
  const filled = found.filled || 1;
  return {
    ...found,
    distinct: seen.size,
    length: found.length / filled,
    words: found.words / filled,
    numbers: found.numbers / filled,
    codes: found.codes / filled,
    records: found.records / filled,
    empty: found.empty / (cells.length || 1),
  };
}

function textScore(name: string, l: Look): number {
  if (l.filled === 0) return -9;
  return (
    2 * named(name, TEXT) -
    1.5 * named(name, ID) +
    Math.min(2.5, l.length / 25) +
    Math.min(1, l.words / 6) +
    0.5 * (l.distinct / l.filled) -
    3 * l.numbers -
    2 * l.codes -
    4 * l.records -
    2 * l.empty
  );
}

function labelScore(name: string, l: Look): number {
  if (l.filled === 0) return -9;
  const repeats = l.filled / l.distinct;
  return (
    2.5 * named(name, LABEL) -
    1.5 * named(name, ID) +
    (l.distinct < 2 ? -2 : 0) +
    (repeats >= 2 ? 2 - 0.5 * Math.log10(l.distinct) : -2) +
    (l.numbers > 0.9 && l.distinct > 20 ? -1.5 : 0) -
    Math.min(3, l.length / 25) -
    3 * l.empty
  );
}

export interface Guess {
  mapping: Mapping;
  /** A sentence: which columns were taken and what spoke for them. */
  why: string;
}

/** `rows` is a sample from all over the table. There are at least two columns. */
export function guessColumns(
  columns: string[],
  rows: string[][],
  classes?: Classes,
): Guess {
  const looks = columns.map((_, i) => look(rows.map((row) => row[i] ?? "")));
  // A label in a list looks as the label does; a record without one is nothing.
  const labelLooks = columns.map((_, i) =>
    (looks[i] as Look).records > 0
      ? look(rows.map((row) => plainLabel(row[i] ?? "")))
      : (looks[i] as Look),
  );
  const asLabel = (name: string, l: Look) =>
    labelScore(name, l) +
    (name === classes?.joined ? 2 : classes?.names.includes(name) ? -2 : 0);
  const best = (
    score: (name: string, l: Look) => number,
    taken: (i: number) => boolean,
    looks: Look[],
  ) => {
    let winner = -1;
    let most = -Infinity;
    columns.forEach((name, i) => {
      const points = taken(i) ? -Infinity : score(name, looks[i] as Look);
      if (points > most) [winner, most] = [i, points];
    });
    return winner;
  };
  const text = best(textScore, () => false, looks);
  const second = secondOf(columns, looks, text);
  const label = best(asLabel, (i) => i === text || i === second, labelLooks);
  // A table of two columns has no room for a pair and a label.
  const textB = label === -1 ? -1 : second;
  const labelAt =
    label === -1 ? (text === 0 ? 1 : 0) : wordsFor(columns, rows, label);

  const nameOf = (i: number) => columns[i] as string;
  const [a, b] = textB !== -1 && textB < text ? [textB, text] : [text, textB];
  return {
    mapping: {
      text: nameOf(a),
      textB: b === -1 ? null : nameOf(b),
      label: nameOf(labelAt),
    },
    why: because(columns, looks, labelLooks, a, b, labelAt),
  };
}

/** The column that names what `label` numbers ("label" and "label_text"), or `label` itself. */
function wordsFor(columns: string[], rows: string[][], label: number): number {
  const cellOf = (row: string[], i: number) => (row[i] ?? "").trim();
  if (!rows.every((row) => /^\d*$/.test(cellOf(row, label)))) return label;
  const stem = words(columns[label] as string).join(" ");
  const named = columns.findIndex((name, i) => {
    const parts = words(name);
    return (
      i !== label &&
      /^(text|name|names|str|string|desc|description)$/.test(
        parts.at(-1) ?? "",
      ) &&
      parts.slice(0, -1).join(" ") === stem
    );
  });
  if (named === -1) return label;
  const [to, from] = [new Map<string, string>(), new Map<string, string>()];
  for (const row of rows) {
    const [number, word] = [cellOf(row, label), cellOf(row, named)];
    if ((to.get(number) ?? word) !== word) return label;
    if ((from.get(word) ?? number) !== number || word === "") return label;
    to.set(number, word);
    from.set(word, number);
  }
  return named;
}

/** The other half of a pair: sentence1/sentence2, premise/hypothesis; -1 where there is none. */
function secondOf(columns: string[], looks: Look[], text: number): number {
  const stem = (name: string) => {
    const parts = words(name);
    const marks = parts.filter((part) => /^([12]|[ab])$/.test(part));
    const rest = parts
      .filter((part) => !/^([12]|[ab])$/.test(part))
      .map((part) => part.replace(/([12]|[ab])$/, ""));
    const mark = marks[0] ?? /([12ab])$/.exec(parts.at(-1) ?? "")?.[1];
    return mark ? { rest: rest.join(" "), mark } : null;
  };
  const mine = stem(columns[text] as string);
  return columns.findIndex((name, i) => {
    if (i === text) return false;
    const wordy =
      (looks[i] as Look).words >= 2.5 && (looks[i] as Look).numbers < 0.5;
    if (!wordy) return false;
    const other = stem(name);
    if (mine && other)
      return mine.rest === other.rest && mine.mark !== other.mark;
    const [one, two] = [columns[text] as string, name];
    return (
      (named(two, SECOND) === 1 &&
        /premise|question|query|frage|context|问题/i.test(one)) ||
      (named(one, SECOND) === 1 &&
        /premise|question|query|frage|问题/i.test(two))
    );
  });
}

function because(
  columns: string[],
  looks: Look[],
  labelLooks: Look[],
  text: number,
  textB: number,
  label: number,
): string {
  const reason = (i: number, known: Map<string, number>, fact: string) =>
    `${shown(columns[i] as string)} (${named(columns[i] as string, known) >= 0.6 ? "named so, " : ""}${fact})`;
  const length = (looks[text] as Look).words;
  const values = (labelLooks[label] as Look).distinct;
  const pair =
    textB === -1 ? "" : ` with ${shown(columns[textB] as string)} as its pair`;
  return (
    `Text: ${reason(text, TEXT, `about ${many(Math.max(1, Math.round(length)), "word")} a row`)}${pair}. ` +
    `Label: ${reason(label, LABEL, `${many(values, "different value")} in the rows looked at`)}.`
  );
}

/** Whether the first row names the columns rather than being data. */
export function hasHeader(rows: string[][]): boolean {
  const [first, ...body] = rows;
  if (!first) return false;
  if (body.length === 0) return first.some(isKnownName);
  let evidence = 0;
  first.forEach((raw, i) => {
    const head = raw.trim();
    const cells = body.map((row) => (row[i] ?? "").trim());
    const filled = cells.filter((cell) => cell !== "");
    const l = look(cells);
    const again = head !== "" && filled.includes(head);
    if (again) evidence -= filled.length > 4 ? 2 : 0.5;
    else if (isKnownName(head)) evidence += 2;
    else if (
      head !== "" &&
      filled.length > 4 &&
      l.distinct <= filled.length / 3
    )
      // Among few repeated values the first one is new: likelier a name.
      evidence += isNumber(head) === l.numbers > 0.5 ? 0.5 : 1;
    if (isNumber(head)) evidence -= l.numbers > 0.8 ? 1 : 0;
    else if (l.numbers > 0.8 && filled.length > 0 && head !== "" && !again)
      evidence += 1;
    if (l.length > 25)
      evidence +=
        head !== "" && extent(head) <= 30 && head.split(/\s+/).length <= 4
          ? 0.75
          : 0;
    if (extent(head) > 50 || /[.!?。！？]$/.test(head)) evidence -= 1.5;
  });
  return evidence >= 0;
}
