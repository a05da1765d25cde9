import { expect, test } from "vitest";
import { say } from "../say";
import { foreignScript, latinLanguage } from "./languages";

test.each([
  ["الخدمة ممتازة والتوصيل سريع", "in Arabic script"],
  ["等了两个小时，汤都洒了。", "Chinese"],
  ["とても美味しい料理でした", "Japanese"],
  ["Служба поддержки не отвечает", "in Cyrillic script"],
  ["아주 좋은 제품입니다", "Korean"],
  ["The α of this résumé", null],
  ["12345 !!", null],
])("the script of %s is told", (text, script) => {
  const found = foreignScript(text);
  expect(found && say(found)).toBe(script);
});

test.each([
  ["Le colis n'est pas arrivé et je ne sais pas où il est", "French"],
  ["Die Lieferung ist noch nicht angekommen", "German"],
  ["El paquete no llegó y nadie me responde", "Spanish"],
  ["Il pacco non è arrivato", "Italian"],
  ["O pacote não chegou, foi uma vergonha", "Portuguese"],
  ["Het pakket is niet aangekomen", "Dutch"],
  ["The parcel did not arrive and nobody answers", null],
  ["I paid for Le Monde and an espresso at Café de la Paix", null],
  ["Me encanta", null],
  ["great phone, no problems", null],
  ["What does el nino mean?", null],
  ["Die hard is the best movie", null],
])("%s looks like the language it is in", (text, language) => {
  const found = latinLanguage(text);
  expect(found && say(found)).toBe(language);
});
