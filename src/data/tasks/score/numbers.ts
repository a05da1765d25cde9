// Cells → numbers, as people and spreadsheets write them.

const PLAIN = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;
/** 1,234.5 and 4,5 */
const THOUSANDS = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const COMMA = /^[-+]?\d+,\d+$/;
/** What stands around a number: a currency, a unit of a hundred. */
const AROUND = /^[$€£¥]\s?|\s?[%$€£¥]$/g;

/** Null where a cell is no finite number. "4,5" is four and a half; "1,234" is taken for a thousand. */
export function numberIn(cell: string): number | null {
  const bare = cell.trim().replace(AROUND, "");
  const plain = PLAIN.test(bare)
    ? bare
    : THOUSANDS.test(bare)
      ? bare.replaceAll(",", "")
      : COMMA.test(bare)
        ? bare.replace(",", ".")
        : null;
  if (plain === null) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/**
 * Whether numbers measure rather than name: many different ones, or fractions.
 * Stars, grades and numbered classes come again and again.
 */
export function looksMeasured(cells: Iterable<string>): boolean {
  const values = new Map<number, number>();
  let filled = 0;
  let numbers = 0;
  let fractions = 0;
  for (const cell of cells) {
    if (cell.trim() === "") continue;
    filled++;
    const value = numberIn(cell);
    if (value === null) continue;
    numbers++;
    if (!Number.isInteger(value)) fractions++;
    values.set(value, (values.get(value) ?? 0) + 1);
  }
  if (filled < 10 || numbers < 0.95 * filled) return false;
  if (fractions > 0.2 * numbers) return values.size > 10;
  // Numbers that never come again are ids or dates, not measures.
  return (
    values.size > 20 &&
    values.size > 0.1 * numbers &&
    values.size < 0.8 * numbers
  );
}
