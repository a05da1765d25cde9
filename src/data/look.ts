// What the cells of a column look like, in a few figures.

const NUMBER = /^[-+]?\d*[.,]?\d+(e[-+]?\d+)?\s*%?$/i;
export const isNumber = (cell: string) => NUMBER.test(cell);
/** Chinese, Japanese and Korean say in one character what takes others a few. */
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
export const extent = (cell: string) =>
  cell.length + 1.5 * (cell.match(WIDE)?.length ?? 0);

/** Where words stand without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Their words do not depend on the language that the page is in. */
const segmenter = new Intl.Segmenter("en", { granularity: "word" });
/** Characters of a cell whose words are counted: finding them takes dictionaries, and time. */
const COUNTED = 200;

function wordsIn(cell: string): number {
  if (!UNSPACED.test(cell)) return cell.split(/\s+/).length;
  let words = 0;
  for (const { isWordLike } of segmenter.segment(cell.slice(0, COUNTED)))
    words += Number(isWordLike);
  return (words * Math.max(cell.length, COUNTED)) / COUNTED;
}

export interface Look {
  filled: number;
  empty: number;
  distinct: number;
  numbers: number;
  /** Mean length, where wide scripts count more. */
  length: number;
  /** Mean number of words. */
  words: number;
  /** Has no spaces and a digit, or is an address: an id, a date, a link. */
  codes: number;
  /** Lists and records, as an annotation tool keeps them. */
  records: number;
}

export function look(cells: string[]): Look {
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
    found.words += wordsIn(cell);
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
