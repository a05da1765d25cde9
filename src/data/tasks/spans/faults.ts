// What is wrong with tags and spans as they were written → findings: how often,
// where first, what was made of it, and what would mend it.

import { said, shown, type Said, type Text } from "../../../said";
import { notice, warning } from "../../checks/found";
import { place } from "../../phrases";
import type { Check, SetAside } from "../../protocol";
import type { Conventions, FaultOfCell } from "./cells";

/** By whether a row is lost by it. */
const USELESS: Partial<Record<FaultOfCell, SetAside["reason"]>> = {
  "no label": "no label",
  "no words": "no text",
  "not equally long": "no tags",
  "tags are numbers": "no tags",
  unreadable: "no tags",
};

/** Why a row with such a fault is set aside; undefined where it is not. */
export const isUseless = (fault: FaultOfCell): SetAside["reason"] | undefined =>
  USELESS[fault];

const SAID = {
  "not equally long": "spans: not equally long",
  "tags are numbers": "spans: tags are numbers",
  unreadable: "spans: unreadable",
  "no type": "spans: no type",
  "not begun": "spans: not begun",
  "other scheme": "spans: other scheme",
  "no span": "spans: no span",
  outside: "spans: outside",
  "no word": "spans: no word",
  overlap: "spans: overlap",
  widened: "spans: widened",
  "several labels": "spans: several labels",
} as const satisfies Partial<Record<FaultOfCell, Said["code"]>>;

type Told = keyof typeof SAID;
const isTold = (fault: FaultOfCell): fault is Told => fault in SAID;

/** What changes nothing one would mind. */
const MILD: FaultOfCell[] = ["not begun", "other scheme", "widened"];

export class Faults {
  readonly #found = new Map<
    Told,
    { count: number; example: Text; where: Said }
  >();

  constructor(readonly column: string) {}

  add(fault: FaultOfCell, example: Text, file: string, row: number): void {
    if (!isTold(fault)) return;
    const known = this.#found.get(fault);
    if (known) known.count++;
    else this.#found.set(fault, { count: 1, example, where: place(file, row) });
  }

  /** One a kind of fault. */
  checks(): Check[] {
    return [...this.#found].map(([fault, values]) =>
      (MILD.includes(fault) ? notice : warning)(SAID[fault], {
        ...values,
        column: shown(this.column),
      }),
    );
  }
}

/** What is unusual about files: offsets that do not count characters, and a scheme the others do not follow. */
export function othersThan(files: string[], of: Conventions[]): Check[] {
  const checks: Check[] = [];
  of.forEach(({ unit }, file) => {
    if (unit !== "code points")
      checks.push(
        notice("spans: offsets in another unit", {
          file: files[file]!,
          unit: said(
            unit === "bytes" ? "spans: unit bytes" : "spans: unit UTF-16",
          ),
        }),
      );
  });
  const tagged = of.flatMap(({ scheme, typed }, file) =>
    typed || scheme !== "IOB2" ? [{ scheme, file }] : [],
  );
  const counts = new Map<string, number>();
  for (const { scheme } of tagged)
    counts.set(scheme, (counts.get(scheme) ?? 0) + 1);
  const usual = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  for (const { scheme, file } of tagged)
    if (scheme !== usual && usual !== undefined)
      checks.push(
        notice("spans: another scheme", { file: files[file]!, scheme, usual }),
      );
  return checks;
}
