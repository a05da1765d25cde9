// Problems, in place and in words, with their remedies as buttons. They stay
// until settled or dismissed; what a programmer needs is one disclosure away.

import { useEffect, useRef, useState } from "react";
import { asText, say, type Code } from "../../say";
import { useStudio, type Notice } from "../../studio";
import { Disclosure } from "../controls/controls";
import { focusOn } from "./SkipLinks";
import "./Notices.css";

export function Notices() {
  const notices = useStudio((s) => s.notices);
  const box = useRef<HTMLDivElement>(null);
  const latest = notices.at(-1);
  const asks = latest?.topic === "run" ? latest.id : null;
  useEffect(() => {
    // Train may have been pressed far below.
    if (asks !== null) box.current?.scrollIntoView({ block: "nearest" });
  }, [asks]);
  if (notices.length === 0) return null;
  return (
    <div className="notices" ref={box}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const titles: Record<Notice["level"], Code> = {
  error: "notice.problem",
  warning: "notice.careful",
  info: "notice.note",
};

function NoticeCard({ notice }: { notice: Notice }) {
  const { id, level, message, stack, remedies } = notice;
  const dismissNotice = useStudio((s) => s.dismissNotice);
  const dismiss = (id: number) => {
    dismissNotice(id);
    // Its buttons are gone: the focus goes on to what they were about.
    setTimeout(() => {
      if (document.activeElement === document.body) focusOn();
    }, 50);
  };
  return (
    <div
      className={`notice ${level}`}
      role={level === "info" ? "status" : "alert"}
    >
      <p>
        <b>{say(titles[level])}</b> {asText(message)}
      </p>
      <div className="notice-actions">
        {remedies.map((remedy) => (
          <button
            key={asText(remedy.label)}
            type="button"
            className="button small"
            onClick={() => {
              dismiss(id);
              remedy.act();
            }}
          >
            {asText(remedy.label)}
          </button>
        ))}
        <button
          type="button"
          className="button quiet small"
          onClick={() => dismiss(id)}
        >
          {say("notice.dismiss")}
        </button>
      </div>
      {stack && level === "error" && (
        <Stack message={asText(message)} stack={stack} />
      )}
    </div>
  );
}

function Stack({ message, stack }: { message: string; stack: string }) {
  const [copied, setCopied] = useState(false);
  const text = stack.includes(message) ? stack : `${message}\n${stack}`;
  return (
    <Disclosure summary={say("notice.details")}>
      <pre tabIndex={0}>{text}</pre>
      <button
        type="button"
        className="button small"
        onClick={() =>
          void navigator.clipboard?.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? say("notice.copied") : say("notice.copy")}
      </button>
    </Disclosure>
  );
}
