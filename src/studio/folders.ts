// What was dropped together: a model's files, a table's, or both.

export const pathOf = (file: File): string =>
  file.webkitRelativePath || file.name;

const isModel = (name: string) =>
  /^config\.json$|\.safetensors$|^pytorch_model.*\.bin$|^vocab\.txt$|^tokenizer\.json$/.test(
    name,
  );
/** A table is a table also beside a model. */
const isTable = (name: string) =>
  /\.(csv|tsv|tab|jsonl|ndjson|xlsx|parquet)$/i.test(name);

const folderOf = (file: File) => pathOf(file).replace(/[^/]*$/, "");

/** `model` is empty where there is none; then everything is data. */
export function sortFiles(files: File[]): { model: File[]; data: File[] } {
  const model = files.filter(({ name }) => isModel(name));
  if (model.length === 0) return { model: [], data: files };
  // Merges and logs of the model's own folders are no data; files elsewhere are.
  const folders = [...new Set(model.map(folderOf))];
  const data = files.filter(
    (file) =>
      isTable(file.name) ||
      (/\.(json|txt)$/i.test(file.name) &&
        !isModel(file.name) &&
        pathOf(file).includes("/") &&
        !folders.some((folder) => shareRoot(folderOf(file), folder))),
  );
  return { model: files.filter((file) => !data.includes(file)), data };
}

const shareRoot = (a: string, b: string) => a.split("/")[0] === b.split("/")[0];
