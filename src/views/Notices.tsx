// Problems, in place and in words, with their remedies as buttons. They stay
// until settled or dismissed; what a programmer needs is one disclosure away.

import { useState } from "react";
import { useStudio, type Notice } from "../studio";
import { Disclosure } from "./controls";
import "./Notices.css";

export function Notices() {
  const notices = useStudio((s) => s.notices);
  if (notices.length === 0) return null;
  return (
    <div className="notices">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const titles: Record<Notice["level"], string> = {
  error: "Problem",
  warning: "Careful",
  info: "Note",
};

function NoticeCard({ notice }: { notice: Notice }) {
  const { id, level, message, stack, remedies } = notice;
  const dismiss = useStudio((s) => s.dismissNotice);
  return (
    <div
      className={`notice ${level}`}
      role={level === "info" ? "status" : "alert"}
    >
      <p>
        <b>{titles[level]}</b> {message}
      </p>
      <div className="notice-actions">
        {remedies.map((remedy) => (
          <button
            key={remedy.label}
            type="button"
            className="button small"
            onClick={() => {
              dismiss(id);
              remedy.act();
            }}
          >
            {remedy.label}
          </button>
        ))}
        <button
          type="button"
          className="button quiet small"
          onClick={() => dismiss(id)}
        >
          Dismiss
        </button>
      </div>
      {stack && level === "error" && <Stack message={message} stack={stack} />}
    </div>
  );
}

function Stack({ message, stack }: { message: string; stack: string }) {
  const [copied, setCopied] = useState(false);
  const text = stack.includes(message) ? stack : `${message}\n${stack}`;
  return (
    <Disclosure summary="Details">
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
        {copied ? "Copied" : "Copy"}
      </button>
    </Disclosure>
  );
}
