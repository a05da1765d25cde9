// A sentence in which some values are elements: names set apart, buttons.

import { Fragment, isValidElement, type ReactElement } from "react";
import type { Said, Value } from "../../said";
import { say } from "../../say";

export function SayParts({
  code,
  values,
}: {
  code: Said["code"];
  values: Readonly<Record<string, Value | ReactElement>>;
}) {
  const words: Record<string, Value> = {};
  for (const [name, value] of Object.entries(values))
    // Letters of private use mark the place: no message has them.
    words[name] = isElement(value) ? `\uE000${name}\uE001` : value;
  return say(code, words)
    .split(/\uE000(\w+)\uE001/)
    .map((part, i) => {
      const value = i % 2 === 1 ? values[part] : undefined;
      return (
        <Fragment key={i}>
          {value !== undefined && isElement(value) ? value : part}
        </Fragment>
      );
    });
}

function isElement(value: Value | ReactElement): value is ReactElement {
  return isValidElement(value);
}
