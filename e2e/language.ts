// The journeys in every language of the page: they name things as CONTRACT.md does, in
// English, and in another project of playwright.config.ts each name is what the
// catalogue makes of it there.

import {
  expect,
  test as english,
  type Locator,
  type Page,
} from "@playwright/test";
import samples from "../public/samples/samples.json" with { type: "json" };
import type { Language } from "../src/say.ts";
import en from "../src/say/en.ts";
import zh from "../src/say/zh.ts";

export { expect };

const pairs: [string, string][] = [
  ...Object.entries(en).map(([code, message]): [string, string] => [
    message,
    zh[code as keyof typeof zh],
  ]),
  ...samples.map(({ title }): [string, string] => [title.en, title.zh]),
];
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What this name may be in Chinese; names of a person's own data stay. */
function inChinese<T extends string | RegExp>(name: T, exact: boolean) {
  const fits = (message: string) =>
    typeof name === "string" ? message === name : name.test(message);
  const found = pairs.filter(([message]) => fits(message));
  if (found.length === 0) return name;
  const either = found.map(([, message]) => escaped(message)).join("|");
  return new RegExp(exact ? `^(${either})$` : `(${either})`);
}

interface Options {
  name?: string | RegExp;
  exact?: boolean;
}
type Role = Parameters<Page["getByRole"]>[0];
type Label = string | RegExp;

/** From here on this page, and whatever is found on it, answers to English names. */
function translate(page: Page): void {
  const kinds = [page, page.locator("main")].map(
    (each) => Object.getPrototypeOf(each) as Page & { translated?: true },
  );
  for (const kind of kinds) {
    if (kind.translated) continue;
    kind.translated = true;
    const { getByRole, getByLabel } = kind;
    kind.getByRole = function (role: Role, { name, ...rest }: Options = {}) {
      const named = name && {
        name: inChinese(name, rest.exact === true),
      };
      return getByRole.call(this, role, { ...rest, ...named });
    };
    kind.getByLabel = function (label: Label, options?: { exact?: boolean }) {
      return getByLabel.call(this, inChinese(label, true), options);
    };
  }
  const box = kinds[1] as unknown as Locator;
  const { selectOption } = box;
  box.selectOption = async function (values, options) {
    if (values === null || typeof values !== "object" || !("label" in values))
      return selectOption.call(this, values, options);
    const wanted = inChinese(String(values.label), true);
    const labels = await this.getByRole("option").allTextContents();
    const label = labels.find((each) =>
      typeof wanted === "string" ? each === wanted : wanted.test(each),
    );
    return selectOption.call(this, { label: label ?? "" }, options);
  };
}

export const test = english.extend<{ names: void }, { language: Language }>({
  language: ["en", { option: true, scope: "worker" }],
  names: [
    async ({ language, page }, use) => {
      if (language === "zh") translate(page);
      await use();
      if (page.isClosed()) return;
      const spoken = { en: "en", zh: "zh-Hans" }[language];
      await expect(page.locator("html")).toHaveAttribute("lang", spoken);
    },
    { auto: true },
  ],
});
