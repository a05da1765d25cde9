// How one file is read, for when the guess is wrong: what was found stands first,
// and the preview follows each choice.

import { useStudio, type TableView } from "../../studio";
import { Disclosure, SelectField } from "../controls/controls";
import "./FileSettings.css";

type Report = TableView["files"][number];

const delimiters: [string, string][] = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "bar"],
  ["", "none, one column"],
];
const encodings: Report["encoding"][] = [
  "utf-8",
  "windows-1252",
  "utf-16le",
  "utf-16be",
];
const auto = "auto";

export function FileSettings({
  file,
  locked,
}: {
  file: Report;
  locked: boolean;
}) {
  const setReading = useStudio((s) => s.setReading);
  const { name, chosen } = file;
  const found = (choice: unknown, what: string) => ({
    value: auto,
    label: choice === null ? `${what} (found)` : "as found",
  });
  const called =
    delimiters.find(([value]) => value === file.delimiter)?.[1] ?? "none";
  return (
    <div className="file-settings" role="group" aria-label={`Reading ${name}`}>
      <Disclosure summary="Wrong columns or letters?">
        <div className="file-settings-fields">
          {file.format !== "jsonl" && !file.whole && (
            <>
              <SelectField
                label="Delimiter"
                value={chosen.delimiter ?? auto}
                disabled={locked}
                options={[
                  found(
                    chosen.delimiter,
                    file.delimiter === "" ? "none" : called,
                  ),
                  ...delimiters.map(([value, label]) => ({ value, label })),
                ]}
                onChange={(value) =>
                  void setReading(name, {
                    delimiter: value === auto ? null : value,
                  })
                }
              />
              <SelectField
                label="Header"
                value={chosen.header === null ? auto : String(chosen.header)}
                disabled={locked}
                options={[
                  found(chosen.header, file.header ? "first row" : "none"),
                  { value: "true", label: "first row" },
                  { value: "false", label: "none" },
                ]}
                onChange={(value) =>
                  void setReading(name, {
                    header: value === auto ? null : value === "true",
                  })
                }
              />
            </>
          )}
          <SelectField
            label="Encoding"
            value={chosen.encoding ?? auto}
            disabled={locked}
            options={[
              found(chosen.encoding, file.encoding),
              ...encodings.map((value) => ({ value, label: value })),
            ]}
            onChange={(value) =>
              void setReading(name, {
                encoding:
                  encodings.find((encoding) => encoding === value) ?? null,
              })
            }
          />
        </div>
      </Disclosure>
    </div>
  );
}
