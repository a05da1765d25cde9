// The one file input of the page, `Upload data`: it stays while panels come and
// go, and whatever button is on show opens it.

import { say } from "../../say";
import { isBusy, useStudio } from "../../studio";

const accepted =
  ".csv,.tsv,.tab,.txt,.text,.jsonl,.ndjson,.json,.gz,.zip,text/csv,text/plain,text/tab-separated-values";

export function FileInput() {
  const addFiles = useStudio((s) => s.addFiles);
  const busy = useStudio(isBusy);
  return (
    <input
      id="upload-data"
      type="file"
      aria-label={say("upload.name")}
      // Only opened by a button, which is what keyboards and readers meet.
      hidden
      multiple
      accept={accepted}
      disabled={busy}
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        // So that the same file can be chosen again after it was corrected.
        event.target.value = "";
        void addFiles(files);
      }}
    />
  );
}

export function UploadButton({
  className = "button",
  disabled = false,
}: {
  className?: string;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      className={className}
      disabled={disabled}
      title={say("upload.what")}
      onClick={() =>
        document.querySelector<HTMLInputElement>("#upload-data")?.click()
      }
    >
      {say("upload.name")}
    </button>
  );
}
