// Names that columns have: which say text, which label, and how surely.

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
export const TEXT = points(TEXT_NAMES);
export const LABEL = points(LABEL_NAMES);
export const SECOND = points([SECOND_NAMES]);
export const ID = points([ID_NAMES]);

/** "reviewText_2" → ["review", "text", "2"]. */
export function words(name: string): string[] {
  return (
    name
      .normalize("NFC")
      .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|\d+/gu) ?? []
  );
}

/** 0–1: how surely a name is one of those listed; its last word weighs most. */
export function named(name: string, known: Map<string, number>): number {
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

/** What each of several names says its column holds; null unless each says one thing, and each another. */
export function kindsOf(names: string[]): string[] | null {
  if (names.length < 2 || names.length > 6) return null;
  const kinds: string[] = [];
  for (const name of names) {
    if (!/^[\p{L}\p{M}\p{N} _.-]+$/u.test(name) || !isKnownName(name))
      return null;
    const [text, label] = [named(name, TEXT), named(name, LABEL)];
    const kind =
      text >= 0.6 && text > label ? "text" : label >= 0.6 ? "label" : "id";
    if (kinds.includes(kind)) return null;
    kinds.push(kind);
  }
  return kinds;
}
