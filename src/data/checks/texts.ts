// What is odd about the texts themselves: repeats, contradictions, lengths, scripts.

import type { Check } from "../protocol";
import { textKey, type Rows } from "../examples";
import { info, warning } from "./found";
import type { Table } from "../table/shape";
import { listed, many, percent, place, shown, verb } from "../words";

const LONG_TEXT = 2000;

export function textChecks(table: Table, rows: Rows): Check[] {
  const found: Check[] = [];
  const first = new Map<string, number>();
  let again = 0;
  let against = 0;
  /** Texts that stand under several labels. */
  const disputed = new Set<string>();
  let example = -1;
  let long = 0;
  let longest = 0;
  let damaged = 0;
  let foreign = 0;
  const scripts = new Map<string, number>();
  const at = (row: number) =>
    place(table.files[rows.file[row]!]!.name, rows.row[row]!);
  rows.texts.forEach((text, i) => {
    const key = textKey(rows, i);
    const same = first.get(key);
    if (same === undefined) first.set(key, i);
    else if (rows.labels[same] === rows.labels[i]) again++;
    else {
      disputed.add(key);
      if (against++ === 0) example = i;
    }
    if (text.length > LONG_TEXT) long++;
    if (text.length > rows.texts[longest]!.length) longest = i;
    if (text.includes("�")) damaged++;
    const script = foreignScript(text);
    if (script) {
      foreign++;
      scripts.set(script, (scripts.get(script) ?? 0) + 1);
    }
  });
  if (against > 0) {
    let rowsOf = 0;
    for (let i = 0; i < rows.texts.length; i++)
      if (disputed.has(textKey(rows, i))) rowsOf++;
    const share = rowsOf / rows.texts.length;
    const such = `such as ${at(example)}: ${shown(rows.texts[example]!)} is ${listed([rows.labels[first.get(textKey(rows, example))!]!, rows.labels[example]!])}`;
    found.push(
      warning(
        share > 0.2
          ? `${percent(share)} of the rows have a text that stands under another label as well, ${such}. The ${many(rows.texts.length, "row")} hold ${many(first.size, "different text")}. ${share > 0.6 ? "No model can learn from that: its figures will be chance." : "No model can get all of those right: decide for one label each."}`
          : `${many(against, "row")} ${verb(against, "repeats", "repeat")} a text under another label, ${such}. Decide for one.`,
      ),
    );
  }
  if (again > 0)
    found.push(
      info(
        `${many(again, "row")} ${verb(again, "repeats", "repeat")} an earlier text with the same label. Repeats stay on one side of the split.`,
      ),
    );
  if (long > 0)
    found.push(
      (long > 0.1 * rows.texts.length ? warning : info)(
        `${many(long, "text")} ${verb(long, "is", "are")} longer than ${LONG_TEXT.toLocaleString("en")} characters (longest: ${rows.texts[longest]!.length.toLocaleString("en")}, ${at(longest)}). What goes beyond max tokens is not read.`,
      ),
    );
  if (damaged > 0)
    found.push(
      warning(
        `${many(damaged, "text")} ${verb(damaged, "contains", "contain")} �, the mark of a wrong encoding. Save the file as UTF-8 from its source.`,
      ),
    );
  if (foreign > 0.2 * rows.texts.length) {
    const all = [...scripts].sort((a, b) => b[1] - a[1]);
    const [script, most] = all[0]!;
    // What it means depends on the model: the studio warns when it cannot read them.
    found.push({
      level: "info",
      visible: true,
      about: "language",
      message:
        most === foreign
          ? `${percent(foreign / rows.texts.length)} of the texts are mostly ${script}: they want a model made for their language.`
          : `${percent(foreign / rows.texts.length)} of the texts are mostly in other scripts (${all
              .slice(0, 4)
              .map(
                ([script, count]) => `${script}: ${count.toLocaleString("en")}`,
              )
              .join(", ")}): they want a model made for their languages.`,
    });
  }
  return found;
}

const SCRIPTS: [string, RegExp][] = [
  ["Chinese, Japanese or Korean", /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g],
  ["Cyrillic", /[\u0400-\u052f]/g],
  ["Arabic", /[\u0600-\u06ff\u0750-\u077f]/g],
  ["Greek", /[\u0370-\u03ff]/g],
  ["in an Indian script", /[\u0900-\u0dff]/g],
  ["Hebrew", /[\u0590-\u05ff]/g],
  ["Thai", /[\u0e00-\u0e7f]/g],
];
const BEYOND_LATIN = /[\u0370-\u1fff\u3040-\ud7af]/;

/** The script most of a text's letters are in, unless that is Latin. */
function foreignScript(text: string): string | null {
  // Most texts are settled by this one look.
  if (!BEYOND_LATIN.test(text)) return null;
  const start = text.slice(0, 300);
  const latin = start.match(/[a-z\u00c0-\u024f]/gi)?.length ?? 0;
  for (const [script, letters] of SCRIPTS)
    if ((start.match(letters)?.length ?? 0) > latin) return script;
  return null;
}
