import { say } from "../../say";

/** Among more labels than a view shows at once. */
export function FindLabel({
  value,
  count,
  onChange,
}: {
  value: string;
  count: number;
  onChange(value: string): void;
}) {
  return (
    <label className="find">
      <span>{say("evaluation.find")}</span>
      <input
        type="search"
        dir="auto"
        value={value}
        placeholder={say("evaluation.find among", { count })}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
