import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import fixture from "../fixtures/attune-tiny-en.json";
import { openTokenizer, type Tokenizer } from "./tokenizer";

const model = "public/models/attune-tiny-en/";
const read = (path: string) => readFileSync(path, "utf8");
const bundled = openTokenizer({
  tokenizerJson: read(model + "tokenizer.json"),
  tokenizerConfig: read(model + "tokenizer_config.json"),
  vocabTxt: read(model + "vocab.txt"),
});
const fromVocabulary = openTokenizer({ vocabTxt: read(model + "vocab.txt") });

describe("tokenizing", () => {
  test.each(fixture.texts.map((text, i) => [text, i] as const))(
    "gives PyTorch's ids for %j, from tokenizer.json and from vocab.txt",
    (text, i) => {
      const real = fixture.attention_mask[i]!.reduce((a, b) => a + b);
      for (const tokenizer of [bundled, fromVocabulary]) {
        const { ids, tokens, truncated } = tokenizer.encode(text, null, 64);
        expect(tokens).toEqual(fixture.tokens[i]);
        expect(ids).toEqual(fixture.input_ids[i]!.slice(0, real));
        expect(truncated).toBe(false);
      }
    },
  );

  test("numbers words through their pieces and marks special tokens", () => {
    const { tokens, words, segments } = bundled.encode(
      "unbelievable café",
      "café",
      64,
    );
    const written = tokens.map(
      (token, i) => [token, words[i], segments[i]] as const,
    );
    expect(written[0]).toEqual(["[CLS]", -1, 0]);
    expect(written.at(-1)).toEqual(["[SEP]", -1, 1]);
    const perWord = new Map<number, string>();
    for (const [token, word] of written)
      if (word !== undefined && word >= 0)
        perWord.set(word, (perWord.get(word) ?? "") + token.replace("##", ""));
    expect([...perWord.values()]).toEqual(["unbelievable", "cafe", "cafe"]);
  });

  test("an unknown word is a word", () => {
    const { tokens, words } = bundled.encode("東 a", null, 16);
    if (tokens.includes("[UNK]")) expect(words).toEqual([-1, 0, 1, -1]);
  });

  test("a special token written in the text is special, as in Python", () => {
    const { ids, words } = bundled.encode("good [SEP] bad", null, 16);
    expect(ids.filter((id) => id === bundled.sepId)).toHaveLength(2);
    expect(words).toEqual([-1, 0, -1, 1, -1]);
  });

  test("no text at all is [CLS] [SEP]", () => {
    expect(bundled.encode("", null, 16).tokens).toEqual(["[CLS]", "[SEP]"]);
    expect(bundled.encode(" \n", "", 16).tokens).toEqual([
      "[CLS]",
      "[SEP]",
      "[SEP]",
    ]);
  });

  test("cuts the longer text of a pair first, and then both alike", () => {
    const kept = (a: number, b: number, max: number) => {
      const { tokens, segments, truncated } = bundled.encode(
        Array(a).fill("the").join(" "),
        Array(b).fill("a").join(" "),
        max,
      );
      const count = (token: string) => tokens.filter((t) => t === token).length;
      expect(tokens.length).toBe(Math.min(max, a + b + 3));
      expect(segments.filter((s) => s === 1)).toHaveLength(count("a") + 1);
      expect(truncated).toBe(a + b + 3 > max);
      return [count("the"), count("a")];
    };
    expect(kept(5, 5, 16)).toEqual([5, 5]);
    expect(kept(20, 3, 16)).toEqual([10, 3]);
    expect(kept(3, 20, 16)).toEqual([3, 10]);
    expect(kept(20, 30, 16)).toEqual([6, 7]);
    expect(kept(30, 20, 16)).toEqual([7, 6]);
    expect(kept(6, 20, 16)).toEqual([6, 7]);
  });

  test("a text of a million characters costs no more than what is kept of it", () => {
    const text = "the quick brown fox ".repeat(50_000);
    const started = performance.now();
    const { tokens, truncated } = bundled.encode(text, null, 64);
    expect(performance.now() - started).toBeLessThan(500);
    expect(tokens).toHaveLength(64);
    expect(truncated).toBe(true);
    expect(tokens.slice(0, 60)).toEqual(
      bundled.encode(text.slice(0, 3000), null, 64).tokens.slice(0, 60),
    );
  });

  test("ideographs outside the basic plane stand alone", () => {
    expect(bundled.encode("𠀀𠀁", null, 16).words).toEqual([-1, 0, 1, -1]);
  });

  test("each letter is lowered by itself, as in Python", () => {
    const { ids } = bundled.encode("ΟΔΟΣ Σ", null, 64);
    expect(ids).toEqual(bundled.encode("οδοσ σ", null, 64).ids);
    expect(ids).not.toEqual(bundled.encode("οδος ς", null, 64).ids);
    const cased = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nΣ\nσ\n";
    const kept = openTokenizer({
      vocabTxt: cased,
      tokenizerConfig: '{"do_lower_case": false}',
    });
    expect(kept.encode("Σ", null, 8).tokens).toEqual(["[CLS]", "Σ", "[SEP]"]);
  });

  test("10,000 short texts take seconds", () => {
    const started = performance.now();
    for (let i = 0; i < 10_000; i++)
      bundled.encode(`${fixture.texts[i % 4]!} number ${i}`, null, 64);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("opening", () => {
  test("a vocabulary without [CLS] is refused in a sentence", () => {
    expect(() => openTokenizer({ vocabTxt: "a\nb\n" })).toThrow(
      "vocab.txt: 2 lines, but no [CLS] and [SEP] among them. Choose a BERT model's vocab.txt, one token a line.",
    );
  });
  test("another model type is named", () => {
    expect(() =>
      openTokenizer({
        tokenizerJson: JSON.stringify({ model: { type: "BPE", vocab: {} } }),
      }),
    ).toThrow(/its model is BPE; Attune reads BERT's WordPiece/);
  });
  test("no vocabulary at all is said", () => {
    expect(() => openTokenizer({})).toThrow(
      /neither tokenizer.json nor vocab.txt/,
    );
  });
  test("broken JSON is said", () => {
    expect(() => openTokenizer({ tokenizerJson: "{" })).toThrow(
      /^tokenizer.json is not a JSON object/,
    );
  });
  test("case is taken from the configuration, else guessed from the vocabulary", () => {
    const base = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nberlin\n";
    expect(openTokenizer({ vocabTxt: base }).cased).toBe(false);
    expect(openTokenizer({ vocabTxt: base + "Paris\n" }).cased).toBe(true);
    expect(
      openTokenizer({
        vocabTxt: base + "Paris\n",
        tokenizerConfig: '{"do_lower_case": true}',
      }).cased,
    ).toBe(false);
    expect(bundled.cased).toBe(false);
  });
  test("leaves with the vocabulary it came with", () => {
    const txt = read(model + "vocab.txt");
    expect(
      openTokenizer({ tokenizerJson: bundled.tokenizerJson() })
        .vocabTxt()
        .trimEnd(),
    ).toBe(txt.trimEnd());
    const rebuilt = openTokenizer({
      tokenizerJson: fromVocabulary.tokenizerJson(),
    });
    for (const text of fixture.texts)
      expect(rebuilt.encode(text, null, 64)).toEqual(
        bundled.encode(text, null, 64),
      );
    expect(bundled.vocabularySize).toBe(16384);
  });
});

const shared = "../shared/data/tokenizer/";
type Case = {
  text: string;
  text_pair?: string;
  tokens?: string[];
  ids?: number[];
};
/** Which suites use which of the vocabularies that lie there. */
const suites: [suite: string, folder: string, cased: boolean][] = [
  ["Xenova/bert-base-uncased", "bert-base-uncased", false],
  ["Xenova/bert-base-uncased", "all-MiniLM-L6-v2", false],
  [
    "Xenova/distilbert-base-uncased-finetuned-sst-2-english",
    "bert-base-uncased",
    false,
  ],
  ["Xenova/bert-base-cased", "bert-base-cased", true],
  ["google-bert/bert-base-cased", "bert-base-cased", true],
  ["Xenova/distilbert-base-cased-distilled-squad", "bert-base-cased", true],
  ["Xenova/bge-base-zh-v1.5", "bert-base-chinese", false],
];

describe.skipIf(!existsSync(shared) && !process.env.CI)(
  "reference vectors (../shared/data must lie beside the checkout)",
  () => {
    const expected = existsSync(shared)
      ? (JSON.parse(read(shared + "expected.json")) as Record<
          string,
          Record<string, Record<string, Case>>
        >)
      : {};
    test.each(suites)("%s with the vocabulary of %s", (name, folder, cased) => {
      const at = `${shared}vocab/${folder}/`;
      const [vocabTxt, tokenizerJson, tokenizerConfig] = [
        read(at + "vocab.txt"),
        ...["tokenizer.json", "tokenizer_config.json"].map((file) =>
          folder === "all-MiniLM-L6-v2" ? read(at + file) : undefined,
        ),
      ];
      const tokenizer: Tokenizer = openTokenizer({
        vocabTxt,
        tokenizerJson,
        tokenizerConfig,
      });
      expect(tokenizer.cased).toBe(cased);
      const cases = Object.values(expected).flatMap((suite) =>
        Object.values(suite[name] ?? {}),
      );
      expect(cases.length).toBeGreaterThan(0);
      for (const { text, text_pair = null, tokens, ids } of cases) {
        const encoding = tokenizer.encode(text, text_pair, 512);
        if (ids) expect(encoding.ids, text).toEqual(ids);
        if (tokens && text_pair === null)
          expect(encoding.tokens.slice(1, -1), text).toEqual(tokens);
      }
    });
  },
);
