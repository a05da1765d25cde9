// `Try a sample`: the bundled tables.

import { Menu } from "@base-ui/react/menu";
import { useStudio, type Sample } from "../../studio";
import { many } from "../controls/numbers";

const languages = new Intl.DisplayNames("en", { type: "language" });

/** The language where it is not the page's own. */
export function otherLanguage({ language }: Sample, before: string): string {
  return language === "en" ? "" : `${before}${languages.of(language)}`;
}

export function SampleMenu({
  className = "button",
  disabled = false,
}: {
  className?: string;
  disabled?: boolean;
}) {
  const samples = useStudio((s) => s.samples);
  const trySample = useStudio((s) => s.trySample);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        className={className}
        disabled={disabled || samples.length === 0}
      >
        Try a sample
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" collisionPadding={12}>
          <Menu.Popup className="popup menu">
            {samples.map((sample) => (
              <Menu.Item
                key={sample.name}
                className="menu-item"
                onClick={() => void trySample(sample.name)}
              >
                <b>{sample.title}</b>
                <span>
                  {many(sample.rows, "row")}, {many(sample.labels, "label")}
                  {otherLanguage(sample, ", ")}
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
