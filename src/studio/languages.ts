// Which language a text is in, as far as a page can tell in a moment: other
// scripts by their letters, languages in Latin script by their small words.

import type { Said } from "../said";

/** Names as they stand after "rows are". */
const scripts: [name: Said["code"], letters: RegExp][] = [
  ["Japanese", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["Korean", /\p{Script=Hangul}/gu],
  ["Chinese", /\p{Script=Han}/gu],
  ["in Arabic script", /\p{Script=Arabic}/gu],
  ["in Cyrillic script", /\p{Script=Cyrillic}/gu],
  ["in Greek script", /\p{Script=Greek}/gu],
  ["in Hebrew script", /\p{Script=Hebrew}/gu],
  ["in Devanagari script", /\p{Script=Devanagari}/gu],
  ["in Thai script", /\p{Script=Thai}/gu],
];

/** The script of most of a text's letters where it is not Latin; else null. */
export function foreignScript(text: string): Said["code"] | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const foreign = text.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  if (letters === 0 || foreign <= letters / 2) return null;
  const counts = scripts.map(
    ([name, each]) => [name, text.match(each)?.length ?? 0] as const,
  );
  // Japanese mixes its own letters with Chinese ones: a fifth of them is enough.
  const japanese = counts[0]![1];
  if (japanese > foreign / 5) return "Japanese";
  const [name, count] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  return count > foreign / 2 ? name : "not in Latin script";
}

/** Words that hardly any sentence does without, and that the others do not share. */
const smallWords: [name: Said["code"], words: string][] = [
  [
    "English",
    "the and of to is was in that it for you with this are have not but my be they what how when your at from had were she his her there which an so if would will do does did can i we",
  ],
  [
    "French",
    "le les des est une et du dans pour que qui pas sur avec ne ce cette sont mais plus par au aux ou nous vous je il elle très mon ma mes votre été à être quel quelle comment c'est j'ai n'est l'a d'un d'une",
  ],
  [
    "German",
    "der die das und ist nicht ein eine ich zu den mit von auf für im dem es sie wir auch sich wie war sehr aber noch nur bei einen einer haben hat kein keine wird sind wurde mein meine über nach",
  ],
  [
    "Spanish",
    "el los las y es una que del por con no para se lo muy pero más como está fue son su mi me al todo esta este sin ha he cuando porque también qué cómo un",
  ],
  [
    "Italian",
    "il gli di che è una per non con sono del della nel molto più come ma anche questo questa mi si ho ha alla dal stato perché lo degli delle un",
  ],
  [
    "Portuguese",
    "o os uma não com para do da em que é muito mais por são foi mas meu minha eu ao dos das você está como no na um também isso",
  ],
  [
    "Dutch",
    "de het een en van ik is niet dat op te voor met zijn aan er maar ook bij heeft wordt naar mijn geen deze dit was nog wel om hoe wat",
  ],
];
const known = smallWords.map(
  ([language, words]) => [language, new Set(words.split(" "))] as const,
);

/** The language in Latin script, other than English, that a text looks like; else null. */
export function latinLanguage(text: string): Said["code"] | null {
  const words =
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/\p{L}+(?:'\p{L}+)?/gu) ?? [];
  const hits = known.map(
    ([language, small]) =>
      [language, words.filter((word) => small.has(word)).length] as const,
  );
  const english = hits[0]![1];
  const [language, count] = hits.reduce((a, b) => (b[1] > a[1] ? b : a));
  // One word may be a name or borrowed; two that English lacks are hardly chance.
  return count >= 2 && count > english + 1 ? language : null;
}
