// How many rows are used, which are not, and how many each label has.

import { useMemo, useState } from "react";
import { byName } from "../../data";
import { asText, say, type Code } from "../../say";
import { useStudio, type LabelOverview } from "../../studio";
import { classColour } from "../controls/classColour";
import { Disclosure } from "../controls/controls";
import { whole } from "../controls/numbers";
import { RowList } from "../controls/RowList";

/** Labels shown before "show all". */
const labelsAtFirst = 8;

const reasons: Record<LabelOverview["setAside"][number]["reason"], Code> = {
  "no text": "data.aside without text",
  "no label": "data.aside without label",
  "several labels": "data.aside with several labels",
  "no number": "data.aside without number",
  "no tags": "data.aside without tags",
  "no predicate": "data.aside without predicate",
  rejected: "data.aside as rejected",
  ragged: "data.aside as ragged",
};

const entities = {
  spans: "data.entities count",
  roles: "data.arguments count",
} as const satisfies Record<string, Code>;

/** What is used and what is not, with the reasons one press away. */
export function RowsUsed({ overview }: { overview: LabelOverview }) {
  const task = useStudio((s) => s.mapping?.task);
  const { labels, usable, setAside, parts } = overview;
  const aside = setAside.reduce((sum, { count }) => sum + count, 0);
  if (usable === 0 && aside === 0) return null;
  const used = [
    say("data.rows used", { rows: usable + parts.validation + parts.test }),
    ...(aside > 0 ? [say("data.set aside", { count: aside })] : []),
    ...(labels.length === 0
      ? []
      : [
          task === "spans" || task === "roles"
            ? say(entities[task], {
                entities: labels.reduce((sum, { rows }) => sum + rows, 0),
                types: labels.length,
              })
            : say("data.labels count", { labels: labels.length }),
        ]),
  ].join(" · ");
  const { train, validation, test } = parts;
  const split =
    validation + test > 0 && say("data.split", { train, validation, test });
  return (
    <div className="rows-used">
      {aside > 0 ? (
        <Disclosure summary={used}>
          <ul className="findings" aria-label={say("data.rows set aside")}>
            {setAside.map(({ reason, count, where }) => (
              <li key={reason}>
                {say(reasons[reason], {
                  rows: count,
                  where: [
                    ...where.map((place) => asText(place)),
                    ...(count > where.length ? ["…"] : []),
                  ].reduce((before, place) =>
                    say("data.places", { before, place }),
                  ),
                })}
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : (
        <p className="labels-count">{used}</p>
      )}
      {split && <p className="labels-count">{split}</p>}
    </div>
  );
}

export function Labels({ overview }: { overview: LabelOverview }) {
  const ofSpans = useStudio(
    ({ mapping }) => mapping?.task === "spans" || mapping?.task === "roles",
  );
  const { labels } = overview;
  const most = labels[0]?.rows ?? 1;
  const order = useMemo(
    () =>
      new Map(
        labels
          .map(({ label }) => label)
          // As a dataset sorts them, so that a class keeps its colour.
          .sort(byName)
          .map((label, index) => [label, index]),
      ),
    [labels],
  );
  const [opened, setOpened] = useState(false);
  const bar = ({ label, rows }: (typeof labels)[number]) => (
    <>
      <span className="label-name" dir="auto" title={label}>
        {label}
      </span>
      <span className="label-bar" aria-hidden="true">
        <i
          style={{
            width: `${(100 * rows) / most}%`,
            background: classColour(order.get(label) ?? 0),
          }}
        />
      </span>
      <span className="label-rows">{whole(rows)}</span>
    </>
  );
  const first =
    labels.length > labelsAtFirst + 2 ? labels.slice(0, labelsAtFirst) : labels;
  const rest = labels.slice(first.length);
  return (
    <div className="labels">
      <ul aria-label={say("data.labels")}>
        {first.map((each) => (
          <li key={each.label}>{bar(each)}</li>
        ))}
      </ul>
      {rest.length > 0 && (
        <Disclosure
          summary={
            ofSpans
              ? say("data.more types count", { types: rest.length })
              : say("data.more labels count", { labels: rest.length })
          }
          onOpen={() => setOpened(true)}
        >
          {opened && (
            <RowList
              name={say("data.more labels")}
              className="labels-rest"
              count={rest.length}
              rowHeight={24}
              height={260}
              item={(index) => bar(rest[index]!)}
            />
          )}
        </Disclosure>
      )}
    </div>
  );
}
