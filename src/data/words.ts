// How the data module speaks: counts, places and short lists in sentences.

/** "1 row", "1,204 rows". */
export function many(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** "is" or "are", "has" or "have". */
export function verb(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}

/** "reviews.csv, row 214". */
export function place(file: string, row: number): string {
  return `${file}, row ${row.toLocaleString("en")}`;
}

/** A value as shown in a sentence: quoted, on one line, at most 40 characters. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, " ");
  return `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`;
}

/** “a”, “b” and 3 more. */
export function listed(values: string[], most = 3): string {
  const head = values.slice(0, most).map(shown);
  const more = values.length - head.length;
  if (more > 0)
    return `${head.join(", ")} and ${more.toLocaleString("en")} more`;
  if (head.length < 2) return head.join("");
  return `${head.slice(0, -1).join(", ")} and ${head.at(-1)}`;
}

/** "2.5 MB". */
export function size(bytes: number): string {
  if (bytes < 1000) return many(bytes, "byte");
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** A share as a whole percentage; 0 and 100 only where that is exact. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
