// Which of many files are one model: a dropped folder may hold a model beside
// checkpoints, a pooling layer's config.json, a hub cache's snapshots. The
// shallowest complete model is meant; nothing is taken from a sibling.

import { Failure, said, type Said } from "../../said";

/** A file and where it lay, with slashes: "model/1_Pooling/config.json". */
export interface Placed {
  path: string;
  file: File;
}

export interface Folder {
  /** For people; null where the files came without a folder. */
  name: string | null;
  /** File name → file: the folder's own, and the tokenizer's of a folder above. */
  files: Map<string, File>;
  /** Sentences about what lay beside it. */
  notes: Said[];
}

const isWeights = (name: string) => /\.safetensors$/.test(name);
const isTokenizer = (name: string) =>
  /^(tokenizer(_config)?\.json|vocab\.txt|added_tokens\.json|special_tokens_map\.json)$/.test(
    name,
  );
/** Adapters and the like stand beside a model, they are none. */
const isPart = (name: string) => /^adapter_/.test(name);

/** Throws a sentence where several models lie side by side; `sideBySide` asks before. */
export async function chooseFolder(placed: Placed[]): Promise<Folder> {
  const folders = group(placed);
  const complete = completeOf(folders);
  const meant = await candidates(complete, folders);
  if (meant.length > 1)
    throw new Failure("folder: models side by side", {
      count: meant.length,
      folders: listed(meant),
    });
  const chosen = meant[0] ?? likeliest([...folders.keys()], folders);
  const files = new Map(chosen === null ? [] : folders.get(chosen)!);
  if (chosen !== null)
    for (const above of ancestors(chosen))
      if (![...files.keys()].some(isVocabulary))
        for (const [name, file] of folders.get(above) ?? [])
          if (isTokenizer(name) && !files.has(name)) files.set(name, file);
  const others = complete.filter((path) => path !== chosen);
  return {
    name: chosen === null ? null : nameOf(chosen),
    files,
    notes:
      others.length > 0
        ? [
            said("folder: models below", {
              count: others.length,
              folders: listed(others),
            }),
          ]
        : [],
  };
}

/** The folders a person has to choose from, by number and name; empty where one model is meant. */
export async function sideBySide(placed: Placed[]): Promise<string[]> {
  const folders = group(placed);
  const found = await candidates(completeOf(folders), folders);
  return found.length > 1 ? ordered(found) : [];
}

/** What a chosen folder needs: all that is in it, and what lies in the folders above. */
export const belongsTo = (folder: string, path: string): boolean => {
  const own = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  return (
    own === folder ||
    own.startsWith(`${folder}/`) ||
    own === "" ||
    folder.startsWith(`${own}/`)
  );
};

const isVocabulary = (name: string) =>
  name === "tokenizer.json" || name === "vocab.txt";

function group(placed: Placed[]): Map<string, Map<string, File>> {
  const folders = new Map<string, Map<string, File>>();
  for (const { path, file } of placed) {
    const at = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(0, at));
    if (!folders.has(folder)) folders.set(folder, new Map());
    folders.get(folder)!.set(path.slice(at + 1), file);
  }
  return folders;
}

const completeOf = (folders: Map<string, Map<string, File>>) =>
  [...folders.keys()].filter((path) => isComplete(path, folders));

function isComplete(
  path: string,
  folders: Map<string, Map<string, File>>,
): boolean {
  const names = [...folders.get(path)!.keys()];
  return (
    names.includes("config.json") &&
    names.some((name) => isWeights(name) && !isPart(name)) &&
    [path, ...ancestors(path)].some((each) =>
      [...(folders.get(each)?.keys() ?? [])].some(isVocabulary),
    )
  );
}

function* ancestors(path: string): Generator<string> {
  for (let at = path; at.includes("/");) {
    at = at.slice(0, at.lastIndexOf("/"));
    yield at;
  }
  if (path !== "") yield "";
}

const depth = (path: string) => (path === "" ? 0 : path.split("/").length);

/** The shallowest complete folders: one, where it is clear which is meant. */
async function candidates(
  complete: string[],
  folders: Map<string, Map<string, File>>,
): Promise<string[]> {
  const least = Math.min(...complete.map(depth));
  const shallowest = complete.filter((path) => depth(path) === least);
  if (shallowest.length < 2) return shallowest;
  // A hub cache keeps every revision; refs/main names the present one.
  const main = await folders
    .get(shallowest[0]!.replace(/(^|\/)snapshots\/[^/]+$/, "$1refs"))
    ?.get("main")
    ?.text();
  const present = shallowest.find(
    (path) => main !== undefined && path.endsWith(`snapshots/${main.trim()}`),
  );
  const sameCache = new Set(
    shallowest.map((path) => path.replace(/snapshots\/[^/]+$/, "")),
  );
  return present !== undefined && sameCache.size === 1 ? [present] : shallowest;
}

/** Of folders none of which is complete: the one that lacks least, for saying what it lacks. */
function likeliest(
  paths: string[],
  folders: Map<string, Map<string, File>>,
): string | null {
  const score = (path: string) => {
    const names = [...folders.get(path)!.keys()];
    return (
      Number(names.includes("config.json")) +
      Number(names.some(isVocabulary)) +
      Number(names.some((name) => isWeights(name) || isForeign(name)))
    );
  };
  return (
    paths
      .filter((path) => score(path) > 0)
      .sort((a, b) => score(b) - score(a) || depth(a) - depth(b))[0] ??
    paths[0] ??
    null
  );
}

/** Weights that only Python reads. */
export const isForeign = (name: string) =>
  /^(pytorch_model|tf_model|flax_model)|\.(bin|h5|onnx|pt|pth|ckpt|msgpack|gguf)$/.test(
    name,
  );

/** "models--google--bert/snapshots/5f3…" is google/bert; else the folder's own name. */
function nameOf(path: string): string | null {
  const parts = path.split("/");
  const cache = parts.findLast((part) => part.startsWith("models--"));
  if (cache) return cache.slice("models--".length).replaceAll("--", "/");
  const own = parts.at(-1) || null;
  return own && /^\d+_(Transformer|BERT)$/.test(own) && parts.length > 1
    ? parts.at(-2)!
    : own;
}

const ordered = (paths: string[]) =>
  [...paths].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));

const listed = (paths: string[]) =>
  ordered(paths).slice(0, 8).join(", ") + (paths.length > 8 ? ", …" : "");
