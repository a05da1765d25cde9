// How long things take, in the words people use.

import { say } from "../../say";

const narrow = "\u202f";

/** "8 s", "1 min 20 s", "25 min", "2 h 5 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 9.5) return `${Math.max(1, Math.round(seconds))}${narrow}s`;
  if (seconds < 57.5) return `${Math.round(seconds / 5) * 5}${narrow}s`;
  const minutes = seconds / 60;
  if (minutes < 10) {
    const tens = Math.round(seconds / 10) * 10;
    const rest = tens % 60;
    const whole = `${Math.floor(tens / 60)}${narrow}min`;
    return rest === 0 ? whole : `${whole} ${rest}${narrow}s`;
  }
  if (minutes < 59.5) return `${Math.round(minutes)}${narrow}min`;
  const hours = Math.floor(Math.round(minutes) / 60);
  const rest = Math.round(minutes) % 60;
  return rest === 0
    ? `${hours}${narrow}h`
    : `${hours}${narrow}h ${rest}${narrow}min`;
}

/** A prediction: no more digits than it deserves. "about 25 s", "about 2 min". */
export function about(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const rounded = seconds >= 90 && minutes < 60 ? minutes * 60 : seconds;
  return say("duration.about", { time: duration(rounded) });
}

/** A clock that does not change width: 00:21, 1:02:03. */
export function clock(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const [h, m, s] = [
    Math.floor(all / 3600),
    Math.floor(all / 60) % 60,
    all % 60,
  ];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}
