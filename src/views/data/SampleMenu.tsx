// `Try a sample`: the bundled tables.

import { Menu } from "@base-ui/react/menu";
import { htmlLanguage, language as pageLanguage, say } from "../../say";
import { useStudio, type Sample } from "../../studio";

/** The language where it is not the page's own. */
export function otherLanguage({ language }: Sample): string[] {
  if (language === pageLanguage()) return [];
  const names = new Intl.DisplayNames(htmlLanguage[pageLanguage()], {
    type: "language",
  });
  return [names.of(language) ?? language];
}

/** What tells a sample from the others: how much there is, and what is learned from it. */
export function sampleFacts(sample: Sample): string[] {
  const { rows, labels, task } = sample;
  return [
    ...(task === "one label" ? [] : [say(`task.${task}`)]),
    say("sample.rows", { rows }),
    ...(labels > 0 ? [say("sample.labels", { labels })] : []),
    ...otherLanguage(sample),
  ];
}

export function SampleMenu({
  className = "button",
  disabled = false,
}: {
  className?: string;
  disabled?: boolean;
}) {
  const language = useStudio((s) => s.language);
  const samples = useStudio((s) => s.samples);
  const trySample = useStudio((s) => s.trySample);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        className={className}
        disabled={disabled || samples.length === 0}
      >
        {say("sample.try")}
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
                <b>{sample.title[language]}</b>
                <span>{sampleFacts(sample).join(" · ")}</span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
