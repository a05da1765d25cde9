// brat's standoff: texts (x.txt) with what is marked in each beside it (x.ann), a
// folder at a time. "T1<tab>PER 0 9<tab>Ana Lopes" marks a span; other lines say
// what spans have to do with each other, which nothing here learns.
// https://brat.nlplab.org/standoff.html

import type { FolderOfTexts, Source } from "../file";
import { roleOf } from "../roles";
import { said } from "../../said";
import { textIn } from "./encoding";

const SPAN = /^T\S*\t(\S+) ([\d ;]+)\t(.*)$/;
const pathOf = (source: Source) => source.path ?? source.name;

/** Texts with an .ann of the same name beside them; what is not among them comes back. */
export function bratFolders(sources: Source[]): {
  folders: FolderOfTexts[];
  rest: Source[];
} {
  const marks = new Map(
    sources
      .filter(({ name }) => /\.ann$/i.test(name))
      .map((source) => [pathOf(source).replace(/\.ann$/i, ""), source]),
  );
  const taken = new Set<Source>();
  const byFolder = new Map<string, [text: Source, marks: Source][]>();
  for (const source of sources) {
    const path = pathOf(source);
    const beside = /\.txt$/i.test(path) && marks.get(path.slice(0, -4));
    if (!beside) continue;
    const folder = path.split("/").slice(0, -1).join("/");
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), [source, beside]]);
    taken.add(source).add(beside);
  }
  return {
    folders: [...byFolder].map(([folder, pairs]) => read(folder, pairs)),
    rest: sources.filter((source) => !taken.has(source)),
  };
}

function read(folder: string, pairs: [Source, Source][]): FolderOfTexts {
  const rows = pairs.map(([text, marks]) => [
    textIn("utf-8", text.bytes),
    JSON.stringify(spansIn(textIn("utf-8", marks.bytes))),
    text.name,
  ]);
  const name = folder || "brat";
  return {
    name,
    bytes: pairs.flat().reduce((sum, { bytes }) => sum + bytes.length, 0),
    encoding: "utf-8",
    role: folder ? roleOf(folder.split("/").at(-1)!) : null,
    warnings: [],
    parsed: {
      delimiter: "",
      columns: ["text", "spans", "file"],
      named: true,
      rows,
      numbers: rows.map((_, i) => i + 1),
      ragged: { count: 0, where: [] },
      problems: [said("brat: texts with marks", { count: rows.length })],
    },
  };
}

/** [start, end, type]; one in several fragments is taken from the first to the last. */
function spansIn(marks: string): [number, number, string][] {
  return marks.split(/\r?\n/).flatMap((line) => {
    const [, type, places] = SPAN.exec(line) ?? [];
    const offsets = places?.split(/[ ;]+/).map(Number) ?? [];
    return type === undefined || offsets.length < 2
      ? []
      : [
          [Math.min(...offsets), Math.max(...offsets), type] as [
            number,
            number,
            string,
          ],
        ];
  });
}
