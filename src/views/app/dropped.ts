// The files of a drop, folders opened. Browsers give folders only through
// entries, one level at a time.

/** A hub cache keeps its files four folders down; a data set's texts may lie deeper. */
const deepest = 5;

export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first await: the transfer empties itself.
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry?.() ?? null)
    .filter((entry) => entry !== null);
  if (entries.every((entry) => entry.isFile)) return [...transfer.files];
  const files = await Promise.all(
    entries.map((entry) => filesUnder(entry, deepest)),
  );
  return files.flat();
}

async function filesUnder(
  entry: FileSystemEntry,
  depth: number,
): Promise<File[]> {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(
          (file) => resolve(placed(file, entry.fullPath)),
          reject,
        ),
      ),
    ];
  if (depth === 0) return [];
  const inside = await children(entry as FileSystemDirectoryEntry);
  const files = await Promise.all(
    inside.map((each) => filesUnder(each, depth - 1)),
  );
  return files.flat();
}

/** A folder may be a label, and a model's files belong together: where a file lay is kept as a chosen folder's files keep it. */
function placed(file: File, path: string): File {
  return Object.defineProperty(file, "webkitRelativePath", {
    value: path.replace(/^\//, ""),
  });
}

async function children(
  folder: FileSystemDirectoryEntry,
): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // Chromium gives at most 100 at a time, and an empty list at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
