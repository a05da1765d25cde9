// A sentence with elements in it: bold figures, names, buttons. Where they stand is
// the language's to decide, so the message is said with marks in their place and
// cut at these. Texts are marked too: what is in a file is never read as a mark.

import { Fragment, isValidElement, type ReactElement } from "react";
import type { Value } from "../../said";
import { say, type Code } from "../../say";

export function Say({
  code,
  values,
}: {
  code: Code;
  values: Readonly<Record<string, Value | ReactElement>>;
}) {
  const placed: (string | ReactElement)[] = [];
  const marked: Record<string, Value> = {};
  for (const [name, value] of Object.entries(values))
    if (typeof value === "string" || isElement(value)) {
      marked[name] = `\uE000${placed.length}\uE001`;
      placed.push(value);
    } else marked[name] = value;
  const parts = say(code, marked).split(/\uE000(\d+)\uE001/);
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index % 2 === 0 ? part : placed[Number(part)]}
    </Fragment>
  ));
}

const isElement = (value: Value | ReactElement): value is ReactElement =>
  isValidElement(value);
