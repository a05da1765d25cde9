// What is odd about the texts themselves: repeats, contradictions, lengths, scripts.

import { commas, listed, said, shown, type Said } from "../../said";
import type { Check } from "../protocol";
import { textKey, type Rows } from "../rows";
import { info, notice, warning } from "./found";
import { percent, place } from "../phrases";
import type { Table } from "../table/shape";
import type { DataTask, Target } from "../tasks/task";

const LONG_TEXT = 2000;

export function textChecks<T extends Target>(
  { written }: DataTask<T>,
  table: Table,
  rows: Rows<T>,
): Check[] {
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
  const scripts = new Map<Said["code"], number>();
  const at = (row: number) =>
    place(table.files[rows.file[row]!]!.name, rows.row[row]!);
  rows.texts.forEach((text, i) => {
    const key = textKey(rows, i);
    const same = first.get(key);
    if (same === undefined) first.set(key, i);
    else if (written(rows.targets[same]!) === written(rows.targets[i]!))
      again++;
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
    const such = {
      place: at(example),
      text: shown(rows.texts[example]!),
      labels: listed([
        written(rows.targets[first.get(textKey(rows, example))!]!),
        written(rows.targets[example]!),
      ]),
    };
    found.push(
      share > 0.2
        ? warning(
            share > 0.6 ? "texts disputed throughout" : "texts often disputed",
            {
              ...such,
              share: percent(share),
              rows: rows.texts.length,
              texts: first.size,
            },
          )
        : warning("texts disputed", { ...such, count: against }),
    );
  }
  if (again > 0) found.push(info("texts repeated", { count: again }));
  if (long > 0)
    found.push(
      (long > 0.1 * rows.texts.length ? warning : info)("texts too long", {
        count: long,
        limit: LONG_TEXT,
        longest: rows.texts[longest]!.length,
        place: at(longest),
      }),
    );
  if (damaged > 0) found.push(warning("texts damaged", { count: damaged }));
  if (foreign > 0.2 * rows.texts.length) {
    const all = [...scripts].sort((a, b) => b[1] - a[1]);
    const [script, most] = all[0]!;
    const counts = all
      .slice(0, 4)
      .map(([script, count]) =>
        said("script and its count", { script: said(script), count }),
      );
    // What it means depends on the model: the studio warns when it cannot read them.
    const share = percent(foreign / rows.texts.length);
    const finding =
      most === foreign
        ? notice("texts in another script", { share, script: said(script) })
        : notice("texts in other scripts", { share, scripts: commas(counts) });
    found.push({ ...finding, about: "language" });
  }
  return found;
}

const SCRIPTS: [Said["code"], RegExp][] = [
  [
    "mostly Chinese, Japanese or Korean",
    /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g,
  ],
  ["mostly Cyrillic", /[\u0400-\u052f]/g],
  ["mostly Arabic", /[\u0600-\u06ff\u0750-\u077f]/g],
  ["mostly Greek", /[\u0370-\u03ff]/g],
  ["mostly in an Indian script", /[\u0900-\u0dff]/g],
  ["mostly Hebrew", /[\u0590-\u05ff]/g],
  ["mostly Thai", /[\u0e00-\u0e7f]/g],
];
const BEYOND_LATIN = /[\u0370-\u1fff\u3040-\ud7af]/;

/** The script most of a text's letters are in, unless that is Latin. */
function foreignScript(text: string): Said["code"] | null {
  // Most texts are settled by this one look.
  if (!BEYOND_LATIN.test(text)) return null;
  const start = text.slice(0, 300);
  const latin = start.match(/[a-z\u00c0-\u024f]/gi)?.length ?? 0;
  for (const [script, letters] of SCRIPTS)
    if ((start.match(letters)?.length ?? 0) > latin) return script;
  return null;
}
