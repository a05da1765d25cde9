// A single-hue ramp from the panel's colour to the accent: straight in OKLab, so
// that equal differences of value look equal. Canvas needs numbers where CSS has
// variables; the theme is read here, and only here.

import { useSyncExternalStore } from "react";

type RGB = [number, number, number];

/** RGBA, 256 steps, as bytes in memory order. */
export type Ramp = Uint32Array;

export interface Theme {
  ramp: Ramp;
  page: string;
  ink: string;
  quiet: string;
  accent: string;
  line: string;
}

/** Re-renders when the theme changes, by the page's switch or the system's. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, present);
}

let former: { key: string; theme: Theme } | null = null;

function present(): Theme {
  const style = getComputedStyle(document.documentElement);
  const forced = matchMedia("(forced-colors: active)").matches;
  const read = (name: string, system: string) =>
    forced ? system : style.getPropertyValue(name).trim() || system;
  const colours = {
    page: read("--panel", "Canvas"),
    ink: read("--ink", "CanvasText"),
    quiet: read("--ink-3", "GrayText"),
    accent: read("--accent", "CanvasText"),
    line: read("--line", "GrayText"),
  };
  const key = Object.values(colours).join();
  if (former?.key !== key)
    former = {
      key,
      theme: {
        ...colours,
        ramp: makeRamp(parse(colours.page), parse(colours.accent)),
      },
    };
  return former.theme;
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributeFilter: ["data-theme", "class", "style"],
  });
  const media = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map(
    (query) => matchMedia(query),
  );
  for (const query of media) query.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    for (const query of media) query.removeEventListener("change", changed);
  };
}

/** Any CSS colour as the browser paints it. */
function parse(colour: string): RGB {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return [r!, g!, b!];
}

export function makeRamp(from: RGB, to: RGB): Ramp {
  const bytes = new Uint8ClampedArray(256 * 4);
  const a = toOklab(from);
  const b = toOklab(to);
  for (let i = 0; i < 256; i++) {
    const t = i / 255;
    const mixed = a.map((value, c) => value + t * (b[c]! - value)) as RGB;
    bytes.set([...fromOklab(mixed), 255], i * 4);
  }
  return new Uint32Array(bytes.buffer);
}

// Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/
function toOklab(rgb: RGB): RGB {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as RGB;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L, a, b]: RGB): RGB {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => {
    const v = Math.max(0, Math.min(1, c));
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  }) as RGB;
}
