// A sentence with elements in it: bold figures, names, buttons. Where they stand is
// the language's to decide, so the message is said with marks in their place and
// cut at these. Texts are marked too: what is in a file is never read as a mark.

import { Fragment, type ReactElement } from "react";
import type { Said } from "../../said";
import { say, type Code } from "../../say";

export function Say({
  code,
  values,
}: {
  code: Code;
  values: Readonly<Record<string, number | string | Said | ReactElement>>;
}) {
  const placed: (string | ReactElement)[] = [];
  const marked: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "number") marked[name] = value;
    else {
      marked[name] = `\uE000${placed.length}\uE001`;
      placed.push(isSaid(value) ? say(value) : value);
    }
  }
  const parts = say(code, marked).split(/\uE000(\d+)\uE001/);
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index % 2 === 0 ? part : placed[Number(part)]}
    </Fragment>
  ));
}

const isSaid = (value: string | Said | ReactElement): value is Said =>
  typeof value === "object" && "code" in value;
