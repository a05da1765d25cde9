// What a drop holds besides tables: archives are unpacked, folders of texts
// become one table with the folder as label, and files that are no data at all
// are left out with a sentence.

import { gunzipSync, unzipSync } from "fflate";
import type { Encoding, FileChoice } from "../protocol";
import type { FolderOfTexts, Source } from "../file";
import { roleOf } from "../roles";
import { Failure, listed, said } from "../../said";
import { charsetOf } from "./charset";
import { megabytes, textIn } from "./encoding";

/** One string must hold a file; several of these must fit the worker. */
const MOST_UNPACKED = 1_000_000_000;

/** gzip and zip files as what is in them. Office documents stay, to be named later. */
export function unpacked(source: Source): Source[] {
  const { name, bytes } = source;
  const path = source.path ?? name;
  const damaged = (error: unknown) =>
    new Failure("unpack: damaged", {
      file: name,
      reason: error instanceof Error ? error.message : String(error),
    });
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    tooLarge(
      name,
      bytes.length < 18 ? 0 : view.getUint32(bytes.length - 4, true),
    );
    if (/\.(tgz|tar\.gz)$/i.test(name))
      throw new Failure("unpack: tar", { file: name });
    const bare = name.replace(/\.gz$/i, "");
    try {
      const inside = gunzipSync(bytes);
      return [
        {
          ...source,
          bytes: inside,
          name: bare,
          path: path.replace(/\.gz$/i, ""),
        },
      ];
    } catch (error) {
      throw damaged(error);
    }
  }
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  if (head !== "PK\u0003\u0004" || isOffice(bytes)) return [source];
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name: inner, originalSize }) => {
        if (inner.endsWith("/") || /(^|\/)(\.|__MACOSX)/.test(inner))
          return false;
        total += originalSize;
        return total <= MOST_UNPACKED;
      },
    });
  } catch (error) {
    throw damaged(error);
  }
  tooLarge(name, total);
  const inside = Object.entries(files).map(([inner, bytes]) => ({
    ...source,
    name: inner.slice(inner.lastIndexOf("/") + 1),
    path: inner,
    bytes,
  }));
  if (inside.length === 0) throw new Failure("unpack: empty", { file: name });
  return inside;
}

function tooLarge(name: string, unpacked: number): void {
  if (unpacked > MOST_UNPACKED)
    throw new Failure("unpack: too large", {
      file: name,
      size: megabytes(unpacked),
      most: megabytes(MOST_UNPACKED),
    });
}

const isOffice = (bytes: Uint8Array) =>
  /xl\/|word\/|\[Content_Types\]|mimetypeapplication\/vnd\.oasis/.test(
    String.fromCharCode(...bytes.subarray(0, 4096)),
  );

const segments = (source: Source) =>
  (source.path ?? source.name).split("/").filter((part) => part !== "");

/** Folders whose files are one text each, at least two beside each other; what is not among them comes back. */
export function foldersOfTexts(
  sources: Source[],
  choiceOf: (name: string) => FileChoice | undefined = () => undefined,
): {
  folders: FolderOfTexts[];
  rest: Source[];
} {
  const none = { folders: [], rest: sources };
  const byFolder = new Map<string, Source[]>();
  for (const source of sources) {
    const parts = segments(source);
    const ending = /\.([a-z]\w*)$/i.exec(source.name)?.[1]?.toLowerCase();
    const text = !ending || /^(txt|text|html?|review|md)$/.test(ending);
    if (parts.length < 2 || !text || isNoData(source.name)) continue;
    const folder = parts.slice(0, -1).join("/");
    const inside = byFolder.get(folder);
    if (inside) inside.push(source);
    else byFolder.set(folder, [source]);
  }
  partsAbove(byFolder);
  // Beside each other: folders of one parent.
  const byParent = new Map<string, string[]>();
  for (const folder of byFolder.keys()) {
    const parent = folder.split("/").slice(0, -1).join("/");
    byParent.set(parent, [...(byParent.get(parent) ?? []), folder]);
  }
  const taken = new Set<Source>();
  const folders: FolderOfTexts[] = [];
  for (const [parent, inside] of byParent) {
    const label = (folder: string) => folder.split("/").at(-1)!;
    const labelled = inside.filter(
      (each) => !/^unsup|^unlabel/i.test(label(each)),
    );
    const parts = labelled.every((each) => roleOf(label(each)) !== null);
    const count = labelled.reduce(
      (sum, each) => sum + byFolder.get(each)!.length,
      0,
    );
    if (labelled.length < 2 || parts || count < 2 * labelled.length) continue;
    const name = parent || labelled.map(label).join(", ");
    const given = choiceOf(name)?.encoding ?? null;
    for (const folder of inside)
      for (const source of byFolder.get(folder)!) taken.add(source);
    const inLabelled = inside
      .filter((folder) => labelled.includes(folder))
      .flatMap((folder) =>
        byFolder.get(folder)!.map((source) => ({ source, folder })),
      );
    const files = inLabelled.map(({ source }) => source.bytes);
    const { texts, encoding } = textsOf(files, given);
    const rows = inLabelled.map(({ source, folder }, i) => [
      texts[i]!,
      label(folder),
      source.name,
    ]);
    const bytes = files.reduce((sum, file) => sum + file.length, 0);
    const unlabelled = inside.filter((each) => !labelled.includes(each));
    folders.push({
      name,
      bytes,
      encoding,
      role: parent ? roleOf(label(parent)) : null,
      warnings: unlabelled.map((each) =>
        said("folders: unlabelled", {
          folder: each,
          texts: byFolder.get(each)!.length,
        }),
      ),
      parsed: {
        delimiter: "",
        columns: ["text", "label", "file"],
        named: true,
        rows,
        numbers: rows.map((_, i) => i + 1),
        ragged: { count: 0, where: [] },
        problems: [
          said("folders: labels", {
            files: rows.length,
            folders: labelled.length,
            labels: listed(labelled.map(label), 6),
          }),
          ...(given || encoding === "utf-8" || encoding === "windows-1252"
            ? []
            : [said("bytes: other encoding", { file: name, encoding })]),
        ],
      },
    });
  }
  if (folders.length === 0) return none;
  return { folders, rest: sources.filter((source) => !taken.has(source)) };
}

/** Some sets lay the parts below the labels (pos/train): as if they lay above. */
function partsAbove(byFolder: Map<string, Source[]>): void {
  const below = [...byFolder].flatMap(([folder, inside]) => {
    const [part, label, ...above] = folder.split("/").reverse();
    return label !== undefined && roleOf(part!) !== null && !roleOf(label)
      ? [{ folder, inside, part: part!, label, above: above.reverse() }]
      : [];
  });
  for (const { folder, inside, part, label, above } of below) {
    const beside = below.some(
      (other) =>
        other.label !== label && other.above.join("/") === above.join("/"),
    );
    if (!beside) continue;
    byFolder.delete(folder);
    byFolder.set([...above, part, label].join("/"), inside);
  }
}

/** As it was said; else UTF-8 where it is that, else what all such files are in, as `decode` judges one. */
function textsOf(
  files: Uint8Array[],
  given: Encoding | null,
): { texts: string[]; encoding: Encoding } {
  const clean = (text: string) => text.replaceAll("\0", "").trim();
  const by = (encoding: Encoding) => (bytes: Uint8Array) =>
    clean(textIn(encoding, bytes));
  if (given) return { texts: files.map(by(given)), encoding: given };
  const whole = files.map((bytes) => {
    try {
      return clean(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      return null;
    }
  });
  const others = files.filter((_, i) => whole[i] === null);
  if (others.length === 0)
    return { texts: whole.map((text) => text ?? ""), encoding: "utf-8" };
  // One file is too short to tell.
  const encoding = charsetOf(others) ?? "windows-1252";
  const read = by(encoding);
  return {
    texts: files.map((bytes, i) => whole[i] ?? read(bytes)),
    encoding,
  };
}

/** Files that lie beside tables and are none, by name. */
export function isNoData(name: string): boolean {
  return (
    /^\.|^(thumbs\.db|desktop\.ini|(state|dataset_dict|metadata|schema)\.json)$/i.test(
      name,
    ) ||
    /^(read[-_ ]?me|licen[cs]e|copying|change(s|log)|notice|citation|requirements|authors|contributing|data[-_ ]?(description|card|dictionary)|dataset[-_ ]?(info|card)s?|dataset_infos)\b/i.test(
      name,
    ) ||
    /(^|[^a-z])(sample|gender|example|baseline)[-_. ]?sub(mission)?(?![a-z])|(^|[^a-z])submission[-_ ]?(sample|format|example)|^submission\.csv$/i.test(
      name,
    ) ||
    /\.(md|rst|pdf|docx?|pptx?|png|jpe?g|gif|svg|webp|mp[34]|py|ipynb|js|ts|r|sh|bib|ya?ml|toml|log|lock|css)$/i.test(
      name,
    )
  );
}
