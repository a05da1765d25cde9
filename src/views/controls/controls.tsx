// The few controls that panels are made of. Native elements wherever there is
// one: they work with every keyboard, phone, reader and script.

import { Popover } from "@base-ui/react/popover";
import { useId, useState, type ReactNode } from "react";
import { say } from "../../say";
import "./controls.css";

export function SelectField<T extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  explain,
  note,
}: {
  label: string;
  value: T;
  options: { value: T; label: string; disabled?: boolean }[];
  onChange(value: T): void;
  disabled?: boolean;
  explain?: ReactNode;
  note?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <FieldLabel id={id} label={label} explain={explain} />
      <select
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value as T)}
      >
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            disabled={option.disabled}
          >
            {option.label}
          </option>
        ))}
      </select>
      {note && (
        <p className="note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A number that may be half typed: what is written stays until it is a number elsewhere changed. */
export function NumberField({
  label,
  value,
  onChange,
  least,
  most,
  step,
  problem,
  disabled,
  explain,
}: {
  label: string;
  value: number;
  /** NaN for an empty or unreadable box. */
  onChange(value: number): void;
  least: number;
  most: number;
  step: number | "any";
  problem?: string;
  disabled?: boolean;
  explain?: ReactNode;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const written = Number.isNaN(value) ? "" : String(value);
  const stale = typed === null || !Object.is(parse(typed), value);
  return (
    <div className="field">
      <FieldLabel id={id} label={label} explain={explain} />
      <input
        id={id}
        type="number"
        inputMode="decimal"
        value={stale ? written : typed}
        min={least}
        max={most}
        step={step}
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(parse(event.target.value));
        }}
        onBlur={() => setTyped(null)}
      />
      {problem && (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

const parse = (text: string) => (text.trim() === "" ? NaN : Number(text));

function FieldLabel({
  id,
  label,
  explain,
}: {
  id: string;
  label: string;
  explain?: ReactNode;
}) {
  return (
    <div className="field-label">
      <label htmlFor={id}>{label}</label>
      {explain && <Explain about={label}>{explain}</Explain>}
    </div>
  );
}

/**
 * A term's one-line explanation, on demand. There are many on the page and few
 * are ever opened: the popover exists from the first press on.
 */
export function Explain({
  about,
  children,
}: {
  about: string;
  children: ReactNode;
}) {
  const [wanted, setWanted] = useState(false);
  const shared = {
    type: "button",
    className: "explain",
    "aria-label": say("controls.about", { what: about }),
  } as const;
  if (!wanted)
    return (
      <button
        {...shared}
        aria-haspopup="dialog"
        aria-expanded={false}
        onClick={() => setWanted(true)}
      >
        ?
      </button>
    );
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger {...shared}>?</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={12}>
          <Popover.Popup className="popup explanation">
            <Popover.Title className="popup-title">{about}</Popover.Title>
            <Popover.Description render={<div />}>
              {children}
            </Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function CheckField({
  label,
  checked,
  onChange,
  disabled,
  explain,
}: {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
  explain?: ReactNode;
}) {
  return (
    <div className="check-field">
      <label>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      {explain && <Explain about={label}>{explain}</Explain>}
    </div>
  );
}

/**
 * Native `<details>`: find-in-page looks inside. `open` opens it; what a person
 * has open stays so when the reason is gone, or a half-typed number would close it.
 */
export function Disclosure({
  summary,
  children,
  open = false,
  onOpen,
}: {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
  /** For what is too much to hold while it is closed. */
  onOpen?(): void;
}) {
  const [isOpen, setOpen] = useState(open);
  const [asked, setAsked] = useState(open);
  if (open !== asked) {
    setAsked(open);
    if (open) setOpen(true);
  }
  return (
    <details
      className="disclosure"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
        if (currentTarget.open) onOpen?.();
      }}
    >
      <summary>{summary}</summary>
      <div className="disclosed">{children}</div>
    </details>
  );
}

/** Numbered heading of a panel of the left column, or a plain one. */
export function PanelHeading({
  number,
  children,
  aside,
}: {
  number?: number;
  children: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <header className="panel-heading">
      <h2>
        {number !== undefined && (
          <span className="number" aria-hidden="true">
            {number}
          </span>
        )}
        {children}
      </h2>
      {aside}
    </header>
  );
}
