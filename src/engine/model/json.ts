// JSON as Python writes it, of files that may be something else.

import { Failure } from "../../said";

/**
 * JSON as Python's `json` writes it: NaN and Infinity are no JSON, and stand for
 * null here. `nulled` are their names, at the outermost level.
 */
export function parsePython(
  json: string,
  fileName: string,
): { value: Record<string, unknown>; nulled: string[] } {
  const read = (text: string): Record<string, unknown> | null => {
    try {
      const value = JSON.parse(text) as unknown;
      if (value !== null && typeof value === "object" && !Array.isArray(value))
        return value as Record<string, unknown>;
    } catch {
      // Told below.
    }
    return null;
  };
  const value = read(json);
  if (value) return { value, nulled: [] };
  const names: string[] = [];
  // Strings are matched too, to be passed over.
  const mended = json.replace(
    /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g,
    (all, quoted: string | undefined, at: number) => {
      if (quoted !== undefined) return all;
      const key = /"([^"]*)"\s*:\s*$/.exec(
        json.slice(Math.max(0, at - 200), at),
      );
      if (key) names.push(`${key[1]} ${all}`);
      return "null";
    },
  );
  const second = read(mended);
  if (second) return { value: second, nulled: names };
  const start = json.trimStart().slice(0, 200);
  if (/^<(!doctype|html)/i.test(start))
    throw new Failure("model file: web page", { file: fileName });
  if (start.startsWith("version https://git-lfs"))
    throw new Failure("model file: LFS pointer", { file: fileName });
  throw new Failure("model file: no JSON object", { file: fileName });
}
