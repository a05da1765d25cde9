import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { afterEach, describe, expect, test } from "vitest";
import { Failure, listed, reasonOf, said } from "./said";
import { languageOf, say, speak } from "./say";
import english from "./say/en";
import chinese from "./say/zh";

afterEach(() => speak("en"));

const codes = Object.keys(english) as (keyof typeof english)[];
type Compiled = ReturnType<typeof compileMessage>;
/** The values a message needs, also within the branches of a plural. */
function needs(message: string): string[] {
  const names = new Set<string>();
  const visit = (part: Compiled | Compiled[number] | unknown): void => {
    if (!Array.isArray(part)) return;
    for (const token of part) {
      if (!Array.isArray(token)) continue;
      const [name, , branches] = token as [string, string?, unknown?];
      names.add(name);
      if (branches !== null && typeof branches === "object")
        Object.values(branches).forEach(visit);
    }
  };
  visit(compileMessage(message));
  names.delete("#");
  return [...names].sort();
}

test("what a message needs is found in every branch", () => {
  expect(
    needs("{n, plural, one {# row of {file}} other {rows}} {m, number}"),
  ).toEqual(["file", "m", "n"]);
});

describe("the catalogues", () => {
  test("have the same codes, none of them empty", () => {
    expect(Object.keys(chinese).sort()).toEqual([...codes].sort());
    for (const catalogue of [english, chinese])
      for (const message of Object.values(catalogue))
        expect(message.trim()).not.toBe("");
  });

  test("need the same values in both languages", () => {
    const differ = codes.filter(
      (code) => needs(english[code]).join() !== needs(chinese[code]).join(),
    );
    expect(differ).toEqual([]);
  });

  test("name each code in one module only", () => {
    const seen = readdirSync("src/say/en").flatMap((file) =>
      [
        ...readFileSync(join("src/say/en", file), "utf8").matchAll(
          /^ {2}(?:"([^"]+)"|(\w+)):/gm,
        ),
      ].map(([, quoted, plain]) => (quoted ?? plain)!),
    );
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(codes.length);
  });

  test("hold no code that nobody says", () => {
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("say"))
      .map((name) => readFileSync(join("src", name), "utf8"))
      .join("\n");
    // Of a table (`metric.${metric} short`) all codes of that form are said.
    const forms = [
      ...sources.matchAll(/`([a-z][^`$]*\.)\$\{[\w.]+\}([^`$]*)`/g),
    ].map(([, before, after]) => [before!, after!] as const);
    const isSaid = (code: string) =>
      sources.includes(`"${code}"`) ||
      forms.some(
        ([before, after]) =>
          code.startsWith(before) &&
          code.endsWith(after) &&
          !/ explained$| short$/.test(
            code.slice(0, -after.length || undefined),
          ),
      );
    expect(codes.filter((code) => !isSaid(code))).toEqual([]);
  });

  test("are Chinese where they are Chinese", async () => {
    await speak("zh");
    const same = codes.filter(
      (code) =>
        /[A-Za-z]{4,} [A-Za-z]{3,}/.test(english[code]) &&
        !/\p{Script=Han}/u.test(chinese[code]),
    );
    expect(same).toEqual([]);
  });
});

describe("a list", () => {
  test("has its language's and", async () => {
    const values = { message: listed(["a", "b", "c", "d", "e"]) };
    expect(say("internal", values)).toBe("“a”, “b”, “c” and 2 more");
    await speak("zh");
    expect(say("internal", values)).toBe("“a”、“b”、“c”和另外 2 个");
  });

  test("of one or two has no comma", () => {
    expect(say("internal", { message: listed(["a"]) })).toBe("“a”");
    expect(say("internal", { message: listed(["a", "b"]) })).toBe(
      "“a” and “b”",
    );
  });
});

describe("text from a file", () => {
  test("stays text, whatever is in it", () => {
    const message = "{count, plural, one {#} other {#}} <b>'{x}'</b>";
    expect(say("internal", { message })).toBe(message);
  });
});

test("a value that was forgotten is our mistake", () => {
  expect(() => say("internal")).toThrow(
    "internal: internal is said without {message}",
  );
});

test("a failure keeps what it says; another error is told as it is", () => {
  const failure = new Failure("and more", { count: 2 });
  expect(reasonOf(failure)).toEqual(said("and more", { count: 2 }));
  expect(say(reasonOf(new Error("internal: broken")))).toBe("internal: broken");
  expect(say(reasonOf("odd"))).toBe("odd");
});

test("the browser's first known language is taken", () => {
  expect(languageOf(["fr-CH", "zh-Hans-CN", "en"])).toBe("zh");
  expect(languageOf(["en-GB", "zh"])).toBe("en");
  expect(languageOf(["fr"])).toBe("en");
  expect(languageOf([])).toBe("en");
});
