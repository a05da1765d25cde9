// The types of entities behind the tags that a model knows, and their colours: a type
// has the same colour wherever it is named.

import { byName } from "../../data";
import { classColour } from "../controls/classColour";

/** "O", "B-LOC", "I-LOC", … → "LOC", …; sorted. */
export function typesOf(tags: readonly string[]): string[] {
  const types = tags.flatMap((tag) => /^[BI]-(.*)$/s.exec(tag)?.[1] ?? []);
  return [...new Set(types)].sort(byName);
}

/** `types` are sorted. A type that is not among them stands after them. */
export function typeColour(types: readonly string[], type: string): string {
  const index = types.indexOf(type);
  return classColour(index < 0 ? types.length : index);
}
