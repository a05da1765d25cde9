/** [row, name]: 1 where the row has the label, else 0. */
export function marksOf(
  rows: string[][],
  names: string[],
): Uint8Array<ArrayBuffer> {
  const index = new Map(names.map((name, i) => [name, i]));
  const marks = new Uint8Array(rows.length * names.length);
  rows.forEach((labels, row) => {
    for (const label of labels)
      marks[row * names.length + index.get(label)!] = 1;
  });
  return marks;
}
