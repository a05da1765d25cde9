// How one file is read, for when the guess is wrong: what was found stands first,
// and the preview follows each choice.

import { say, type Code } from "../../say";
import { ENCODINGS, useStudio, type TableView } from "../../studio";
import { Disclosure, SelectField } from "../controls/controls";
import "./FileSettings.css";

type Report = TableView["files"][number];

const delimiters: [string, Code][] = [
  [",", "file.comma"],
  [";", "file.semicolon"],
  ["\t", "file.tab"],
  ["|", "file.bar"],
  ["", "file.one column"],
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
    label: choice === null ? say("file.found", { what }) : say("file.as found"),
  });
  const called =
    delimiters.find(([value]) => value === file.delimiter)?.[1] ??
    "file.no delimiter";
  return (
    <div
      className="file-settings"
      role="group"
      aria-label={say("file.reading", { name })}
    >
      <Disclosure summary={say("file.wrong")}>
        <div className="file-settings-fields">
          {file.format !== "jsonl" && !file.whole && (
            <>
              <SelectField
                label={say("file.delimiter")}
                value={chosen.delimiter ?? auto}
                disabled={locked}
                options={[
                  found(
                    chosen.delimiter,
                    file.delimiter === ""
                      ? say("file.no delimiter")
                      : say(called),
                  ),
                  ...delimiters.map(([value, label]) => ({
                    value,
                    label: say(label),
                  })),
                ]}
                onChange={(value) =>
                  void setReading(name, {
                    delimiter: value === auto ? null : value,
                  })
                }
              />
              <SelectField
                label={say("file.header")}
                value={chosen.header === null ? auto : String(chosen.header)}
                disabled={locked}
                options={[
                  found(
                    chosen.header,
                    file.header ? say("file.first row") : say("file.no header"),
                  ),
                  { value: "true", label: say("file.first row") },
                  { value: "false", label: say("file.no header") },
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
            label={say("file.encoding")}
            value={chosen.encoding ?? auto}
            disabled={locked}
            options={[
              found(chosen.encoding, file.encoding),
              ...ENCODINGS.map((value) => ({ value, label: value })),
            ]}
            onChange={(value) =>
              void setReading(name, {
                encoding:
                  ENCODINGS.find((encoding) => encoding === value) ?? null,
              })
            }
          />
        </div>
      </Disclosure>
    </div>
  );
}
