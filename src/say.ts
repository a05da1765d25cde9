// A code and its values → a sentence in the page's language. The catalogues are ICU
// MessageFormat (plurals, numbers), read by Lingui. The surprise: the language is one
// for the whole page, as `document.documentElement.lang` is; whoever draws sentences
// hears of a change by `useStudio`.

import { setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Said, Text, Value, Values } from "./said";
import type { Code } from "./say/codes";
import english from "./say/en";

export type { Code };

export type Language = "en" | "zh";
export const languages: { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "zh", label: "中文" },
];

/** As HTML names them: it decides fonts and hyphens. */
export const htmlLanguage: Record<Language, string> = {
  en: "en",
  zh: "zh-Hans",
};

const i18n = setupI18n({ locale: "en", messages: { en: english } });
// Lingui would read a message anew each time it is said, which is too slow for a
// status that changes with every step.
const compiled = new Map<string, ReturnType<typeof compileMessage>>();
i18n.setMessagesCompiler((message) => {
  const known = compiled.get(message) ?? compileMessage(message);
  compiled.set(message, known);
  return known;
});

export const language = (): Language => i18n.locale as Language;

/** Everything that is said from now on is in this language. Its catalogue is loaded where need be. */
export async function speak(next: Language): Promise<void> {
  if (next === "zh") i18n.load("zh", (await import("./say/zh")).default);
  i18n.activate(next);
}

/** The language that suits this browser: by the order of its own list. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const known = languages.find(
      ({ value }) => value === tag.toLowerCase().split("-")[0],
    );
    if (known) return known.value;
  }
  return "en";
}

/** The sentence. Throws where a value that the message needs is missing. */
export function say(content: Said): string;
export function say(code: Code, values?: Values): string;
export function say(content: Said | Code, given?: Values): string {
  const { code, values = {} } =
    typeof content === "string" ? { code: content, values: given } : content;
  return i18n._(code, inWords(code, values));
}

/** What may be a name, shown as it is, or something to be said. */
export function asText<T extends Text | null | undefined>(
  content: T,
): string | (T & (null | undefined)) {
  if (content === null || content === undefined)
    return content as T & (null | undefined);
  return typeof content === "string" ? content : say(content);
}

function inWords(code: Code, values: Values): Record<string, string | number> {
  const worded: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values))
    worded[name] = typeof value === "number" ? value : word(value);
  return new Proxy(worded, {
    get(words, name: string) {
      if (name in words) return words[name];
      throw new Error(`internal: ${code} is said without {${name}}`);
    },
  });
}

function word(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toLocaleString(i18n.locale);
  if ("code" in value) return say(value);
  return list(value.map(word));
}

/** a, b and c. */
function list(words: string[]): string {
  const format = new Intl.ListFormat(i18n.locale === "en" ? "en-GB" : "zh");
  return format.format(words);
}
