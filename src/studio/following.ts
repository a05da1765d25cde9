// The task: what the columns suggest, until a person chooses.

import type { Task } from "../task";
import type { Suggestion } from "../data";
import type { Mapping } from "./state";

/** The mapping as its columns suggest it, or as a person chose. The same object where it is so already. */
export function followed(
  mapping: Mapping,
  suggested: Suggestion,
  chosen: Task | null,
): Mapping {
  const task = chosen ?? suggested.task;
  const labels =
    task !== "many labels"
      ? []
      : mapping.labels.length > 0
        ? mapping.labels
        : suggested.labels;
  return task === mapping.task && String(labels) === String(mapping.labels)
    ? mapping
    : { ...mapping, task, labels };
}
