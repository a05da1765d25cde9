// The one file input of the page, wherever it stands: `Upload data`.

import { useStudio } from "../studio";

export const acceptedFiles =
  ".csv,.tsv,.tab,.txt,.text,.jsonl,.ndjson,.json,text/csv,text/plain,text/tab-separated-values";

export function UploadButton({
  className = "button",
  disabled = false,
}: {
  className?: string;
  disabled?: boolean;
}) {
  const addFiles = useStudio((s) => s.addFiles);
  return (
    <label className={className} aria-disabled={disabled || undefined}>
      Upload data
      <input
        id="upload-data"
        type="file"
        multiple
        accept={acceptedFiles}
        disabled={disabled}
        // The browser's "No file chosen" would be wrong after the first file.
        title="CSV, TSV, JSONL or label⇥text; several files at once are fine"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // So that the same file can be chosen again after it was corrected.
          event.target.value = "";
          void addFiles(files);
        }}
      />
    </label>
  );
}
