// What may cross between the page and the data worker.

import type {
  Baselines,
  Dataset,
  FileChoices,
  FileRole,
  LabelOverview,
  Mapping,
  SplitOptions,
  TableView,
} from "../data";

export interface FileToRead {
  file: Blob;
  /** Needed only where `file` is a Blob without a name of its own. */
  name?: string;
  /** null: judged by its name. */
  role: FileRole | null;
  /** Where it lay in a dropped folder, with its name. */
  path?: string;
}

export interface DataCalls {
  /** Reads files into one table, replacing the one held, which stays if reading fails. */
  read(files: FileToRead[], choices?: FileChoices): TableView;
  /** Counts labels under a mapping and checks the rows. */
  overview(mapping: Mapping): LabelOverview;
  /** Splits and packs. Its buffers are moved to the page. */
  dataset(mapping: Mapping, options: SplitOptions): Dataset;
  /** Majority class and bag of words on the same split. */
  baselines(mapping: Mapping, options: SplitOptions): Baselines;
}
