// The page's name, the run's name, what this machine can do, light or dark.

import { useSyncExternalStore } from "react";
import { said } from "../../said";
import {
  asText,
  htmlLanguage,
  type Language,
  languages,
  say,
  type Code,
} from "../../say";
import type { Theme, ThemeSwitch } from "../controls/theme";
import { formerResults, useStudio } from "../../studio";
import "./Header.css";
import { milliseconds } from "../train/ModelPanel";

export function Header({ theme }: { theme: ThemeSwitch }) {
  const name = useStudio((s) => {
    const data = s.table?.files[0]?.name ?? null;
    return formerResults(s) === null ? (s.run?.name ?? data) : data;
  });
  return (
    <header className="page-header">
      <h1>
        <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
          <path
            d="M4 24C7 8 11 8 15 16s8 8 12-8"
            fill="none"
            stroke="currentColor"
            strokeWidth="3.4"
            strokeLinecap="round"
          />
          <circle cx="27" cy="8" r="3.6" fill="currentColor" />
        </svg>
        Attune
      </h1>
      <p className="run-name" dir="auto" title={name ?? undefined}>
        {name}
      </p>
      <DeviceChip />
      <LanguageField />
      <ThemeButton theme={theme} />
    </header>
  );
}

function DeviceChip() {
  const device = useStudio((s) => s.device);
  const waiting = useStudio((s) => s.waiting.device);
  const chosen = device?.executors.find(({ name }) => name === device.chosen);
  return (
    <p className="device-chip" title={asText(device?.reason)}>
      {waiting || !device ? (
        waiting ? (
          say("header.measuring")
        ) : (
          ""
        )
      ) : (
        <>
          <b>{device.chosen === "wasm" ? "CPU" : device.chosen}</b>
          <span className="device-detail"> {asText(chosen?.detail)}</span>
          {chosen?.probeMs != null && `, ${milliseconds(chosen.probeMs)}`}
        </>
      )}
    </p>
  );
}

function LanguageField() {
  const language = useStudio((s) => s.language);
  const setLanguage = useStudio((s) => s.setLanguage);
  return (
    <select
      className="language"
      aria-label={say("header.language")}
      value={language}
      onChange={(event) => void setLanguage(event.target.value as Language)}
    >
      {languages.map(({ value, label }) => (
        <option key={value} value={value} lang={htmlLanguage[value]}>
          {label}
        </option>
      ))}
    </select>
  );
}

const themeName: Record<Theme, Code> = {
  system: "header.theme system",
  light: "header.theme light",
  dark: "header.theme dark",
};

const next: Record<Theme, Theme> = {
  system: "light",
  light: "dark",
  dark: "system",
};

function ThemeButton({ theme }: { theme: ThemeSwitch }) {
  const present = useSyncExternalStore(theme.subscribe, theme.present);
  const named = said(themeName[present]);
  return (
    <button
      type="button"
      className="button quiet icon"
      aria-label={say("header.theme", { theme: named })}
      title={say("header.theme next", {
        theme: named,
        next: said(themeName[next[present]]),
      })}
      onClick={() => theme.choose(next[present])}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle
          cx="8"
          cy="8"
          r="5.5"
          fill={present === "dark" ? "currentColor" : "none"}
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {present === "system" && (
          <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
        )}
      </svg>
    </button>
  );
}
