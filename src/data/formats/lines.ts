// Lines that begin with their label: `label text`, as in "HUM:ind Who wrote it ?".
// Lines with a tab are csv.ts's, marked ones fasttext.ts's.

import type { Parsed } from "./csv";

const LABEL = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_:.\-+/#]{0,39}$/u;

/** Words that sentences begin with and nobody sorts by. */
const SMALL_WORDS = new Set(
  "the a an we he she it i you they this that there her his my our in on at and but what how der die das ich es wir el la los le les un une".split(
    " ",
  ),
);

/** Whether the lines begin with labels: few different short first words, each many times. */
export function looksLabelled(text: string): boolean {
  const sample = text
    .slice(0, 1 << 19)
    .split(/\r\n|\n|\r/)
    .slice(0, 5000);
  if (text.length > 1 << 19) sample.pop();
  const filled = sample.filter((line) => line.trim() !== "");
  const firsts = new Map<string, number>();
  let fitting = 0;
  for (const line of filled) {
    const [first, rest] = cut(line);
    if (rest === "" || !LABEL.test(first)) continue;
    fitting++;
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  if (filled.length < 2 || fitting < 0.98 * filled.length) return false;
  const names = [...firsts.keys()];
  if (names.some((name) => SMALL_WORDS.has(name.toLowerCase()))) return false;
  // Ordinary sentences share first words too, but never so few so often; marks
  // that no sentence begins with make it surer.
  const marked = names.every((name) => /^\d+$|[:_]/.test(name));
  const rowsPerLabel = fitting / names.length;
  return (
    names.length >= 2 && names.length <= 500 && rowsPerLabel >= (marked ? 3 : 8)
  );
}

export function parseLabelled(text: string): Parsed {
  const rows: string[][] = [];
  const numbers: number[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, i) => {
    if (line.trim() === "") return;
    const [label, rest] = cut(line);
    rows.push([label, rest]);
    numbers.push(i + 1);
  });
  return {
    delimiter: "",
    columns: ["label", "text"],
    named: true,
    rows,
    numbers,
    ragged: { count: 0, where: [] },
    problems: [],
  };
}

/** First word and the rest. */
function cut(line: string): [string, string] {
  const trimmed = line.trim();
  const end = trimmed.search(/\s/);
  if (end === -1) return [trimmed, ""];
  // "food: …" is labelled food; "NUM:dist …" as it stands.
  return [
    trimmed.slice(0, end).replace(/(.):$/, "$1"),
    trimmed.slice(end).trim(),
  ];
}
