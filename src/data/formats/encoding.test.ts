import { expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { decode } from "./encoding";

const bytes = (...values: number[]) => new Uint8Array(values);
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean, mark: boolean) => {
  const marked = (mark ? "\uFEFF" : "") + text;
  const out = new Uint8Array(2 * marked.length);
  const view = new DataView(out.buffer);
  for (let i = 0; i < marked.length; i++)
    view.setUint16(2 * i, marked.charCodeAt(i), little);
  return out;
};
const latin = (text: string) =>
  Uint8Array.from(
    text,
    (c) => ({ "€": 0x80, "’": 0x92 })[c] ?? c.charCodeAt(0),
  );

const TABLE =
  "text,label\nDas Päckchen kam nie an,Versand\n荷物が届かない,配送\n";

test("UTF-8 is read with and without its mark", () => {
  expect(decode("a.csv", utf8(TABLE))).toEqual({
    text: TABLE,
    encoding: "utf-8",
    problems: [],
  });
  expect(decode("a.csv", utf8(`\uFEFF${TABLE}`)).text).toBe(TABLE);
});

test("UTF-16 is read in both orders, with and without its mark", () => {
  for (const little of [true, false])
    for (const mark of [true, false])
      expect(decode("a.csv", utf16(TABLE, little, mark))).toEqual({
        text: TABLE,
        encoding: little ? "utf-16le" : "utf-16be",
        problems: [],
      });
});

test("UTF-16 of nearly only Chinese is told from binary by its separators", () => {
  const text =
    "评论,标签\n" +
    "味道很好，下次还会再来的,好\n太慢了，一个小时才到,差\n".repeat(20);
  expect(decode("a.csv", utf16(text, true, false)).text).toBe(text);
});

test("windows-1252 is read with its curly quotes and euro sign, and says so", () => {
  const text = "text,label\nC’est déjà réparé pour 5 €,garantie\n";
  expect(inEnglish(decode("avis.csv", latin(text)))).toEqual({
    text,
    encoding: "windows-1252",
    problems: [
      "avis.csv is not UTF-8; it was read as windows-1252. If letters look wrong in the preview, save it as UTF-8.",
    ],
  });
});

test("letters of another one-byte encoding are read with a louder warning", () => {
  const greek = bytes(
    ...utf8("id,name\n1,"),
    ...Array.from({ length: 40 }, (_, i) => 0xe1 + (i % 20)),
  );
  expect(inEnglish(decode("ονόματα.csv", greek).problems[0])).toBe(
    "ονόματα.csv is not UTF-8 and does not look like western European text; its letters are probably wrong. Save it as UTF-8 and drop it again.",
  );
});

test("a damaged letter does not turn UTF-8 into windows-1252", () => {
  const damaged = bytes(
    ...utf8(
      "größer, schöner, früher, später, öfter, übrig, ähnlich, böse, süß, müde",
    ),
    0xff,
    10,
  );
  const { encoding, problems } = decode("a.csv", damaged);
  expect(encoding).toBe("utf-8");
  expect(inEnglish(problems)).toEqual([
    "a.csv: 1 character could not be read as UTF-8 and is shown as �. Save the file as UTF-8 if that matters.",
  ]);
});

test("NUL characters are removed and counted", () => {
  const { text, problems } = decode(
    "a.csv",
    utf8(`text,label\n${"a fine day,good\n".repeat(20)}b\0\0ad,bad\n`),
  );
  expect(text).toContain("bad,bad");
  expect(inEnglish(problems)).toEqual([
    "a.csv: 2 NUL characters removed. The program that wrote the file may have damaged it.",
  ]);
});

test.each([
  [
    "empty.csv",
    bytes(),
    "empty.csv is empty. Choose a file with rows of text and labels.",
  ],
  [
    "blank.csv",
    utf8(" \n\n\t"),
    "blank.csv holds only blank space. Choose a file with rows of text and labels.",
  ],
  [
    "book.xlsx",
    utf8("PK\x03\x04…[Content_Types].xml"),
    "book.xlsx is an Excel workbook or another office document. Save the sheet as CSV (UTF-8).",
  ],
  [
    "all.zip",
    utf8("PK\x03\x04 reviews.csv"),
    "all.zip is a zip archive. Unpack it and drop the files inside.",
  ],
  [
    "a.pdf",
    utf8("%PDF-1.7"),
    "a.pdf is a PDF. Copy its table into a spreadsheet and save that as CSV.",
  ],
  [
    "a.csv.gz",
    bytes(0x1f, 0x8b, 8, 0, 0),
    "a.csv.gz is compressed. Unpack it and drop what is inside.",
  ],
  [
    "a.parquet",
    utf8("PAR1…"),
    "a.parquet is a Parquet file. Convert it to CSV or JSONL first.",
  ],
  [
    "page.csv",
    utf8("<!DOCTYPE html><html>"),
    "page.csv is a web page, not a table. Download the file itself, or save the table as CSV.",
  ],
  [
    "a.png",
    bytes(0x89, 0x50, 0x4e, 0x47, 13, 10),
    "a.png is a picture. Attune reads tables of text.",
  ],
  [
    "a.bin",
    Uint8Array.from({ length: 4000 }, (_, i) => (i * 37 + (i >> 3)) % 256),
    "a.bin is not text: it holds bytes that no text file has. Export it as CSV in UTF-8 and drop that.",
  ],
  [
    "a.csv",
    bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0),
    "a.csv is in UTF-32. Save it as UTF-8 and drop it again.",
  ],
])("%s is refused in a sentence", (name, content, sentence) => {
  expect(() => decode(name, content)).toThrow(
    expect.objectContaining({ message: sentence }),
  );
});
