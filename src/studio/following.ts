// The task: what the columns suggest, until a person chooses.

import type { Task } from "../task";
import type { LabelOverview, Mapping } from "./state";

/** The mapping as its columns suggest it, or as a person chose; null where it is so already. */
export function followed(
  mapping: Mapping,
  { suggests }: LabelOverview,
  chosen: Task | null,
): Mapping | null {
  const task = chosen ?? suggests.task;
  const labels =
    task !== "many labels"
      ? []
      : mapping.labels.length > 0
        ? mapping.labels
        : suggests.labels;
  return task === mapping.task && String(labels) === String(mapping.labels)
    ? null
    : { ...mapping, task, labels };
}
