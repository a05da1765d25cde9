// Paints a square of attention on a canvas: cells by the ramp, labels where they
// have room, a cross at the cursor. One image of size² pixels is scaled up, so
// 512 tokens cost no more elements than five.

import { standsUpright, type Square } from "./attention";
import type { Theme } from "../controls/ramp";

export interface Layout {
  width: number;
  height: number;
  /** Where the cells begin. */
  left: number;
  top: number;
  /** CSS pixels a side; below 1 for long sentences on narrow screens. */
  cell: number;
  /** Every how many-th row and column has a label. */
  every: number;
  font: string;
}

const lineHeight = 14;

/** `maxHeight` bounds the whole picture. */
export function layOut(
  labels: string[],
  width: number,
  maxHeight: number,
): Layout {
  const family = getComputedStyle(document.body).fontFamily;
  const font = `12px ${family}`;
  const context = document.createElement("canvas").getContext("2d")!;
  context.font = font;
  const widest = labels.reduce(
    (most, label) =>
      // Measuring what is cut anyway would be slow for a label of a megabyte.
      Math.max(most, context.measureText(label.slice(0, 24)).width),
    0,
  );
  const gutter = Math.ceil(Math.min(widest, 96, width / 4)) + 8;
  const room = Math.min(width - gutter, maxHeight - gutter);
  const exact = Math.max(1, room) / Math.max(1, labels.length);
  const cell = exact >= 1 ? Math.min(28, Math.floor(exact)) : exact;
  return {
    width,
    height: Math.ceil(gutter + cell * labels.length) + 1,
    left: gutter,
    top: gutter,
    cell,
    every: Math.max(1, Math.ceil(lineHeight / cell)),
    font,
  };
}

export function drawSquare(
  canvas: HTMLCanvasElement,
  { size, labels, values, max }: Square,
  layout: Layout,
  theme: Theme,
  cursor: { row: number; column: number } | null,
): void {
  const ratio = window.devicePixelRatio || 1;
  const { width, height, left, top, cell } = layout;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  if (size === 0) return;

  const image = new ImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = max > 0 ? 255 / max : 0;
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = theme.ramp[Math.round(values[i]! * scale)]!;
  const small = document.createElement("canvas");
  small.width = small.height = size;
  small.getContext("2d")!.putImageData(image, 0, 0);
  const side = cell * size;
  context.imageSmoothingEnabled = cell * ratio < 1;
  context.drawImage(small, left, top, side, side);

  if (cell >= 8) {
    // A gap between cells, so that neighbours of one value stay two.
    context.fillStyle = theme.page;
    for (let i = 1; i < size; i++) {
      context.fillRect(left + i * cell - 0.5, top, 1, side);
      context.fillRect(left, top + i * cell - 0.5, side, 1);
    }
  }
  context.strokeStyle = theme.line;
  context.strokeRect(left - 0.5, top - 0.5, side + 1, side + 1);

  context.font = layout.font;
  context.textBaseline = "middle";
  const write = (index: number, row: boolean, colour: string) => {
    const text = fit(context, labels[index]!, left - 8);
    const middle = (index + 0.5) * cell;
    context.save();
    context.fillStyle = colour;
    if (!row && standsUpright(text)) {
      // One below the other, the last one next to the cells.
      const letters = [...text].slice(0, Math.floor((top - 6) / 13));
      context.textAlign = "center";
      letters.forEach((letter, i) =>
        context.fillText(
          letter,
          left + middle,
          top - 10 - 13 * (letters.length - 1 - i),
        ),
      );
      context.restore();
      return;
    }
    if (row) {
      context.textAlign = "right";
      context.translate(left - 5, top + middle);
    } else {
      context.textAlign = "left";
      context.translate(left + middle, top - 5);
      context.rotate(-Math.PI / 2);
    }
    context.fillText(text, 0, 0.5);
    context.restore();
  };
  const near = (index: number, at: number) =>
    index !== at && Math.abs(index - at) * cell < lineHeight;
  for (let i = 0; i < size; i += layout.every) {
    if (!cursor || (!near(i, cursor.row) && i !== cursor.row))
      write(i, true, theme.quiet);
    if (!cursor || (!near(i, cursor.column) && i !== cursor.column))
      write(i, false, theme.quiet);
  }
  if (!cursor) return;
  write(cursor.row, true, theme.ink);
  write(cursor.column, false, theme.ink);
  const x = left + cursor.column * cell;
  const y = top + cursor.row * cell;
  context.strokeStyle = theme.ink;
  context.globalAlpha = 0.3;
  context.strokeRect(left, y, side, Math.max(1, cell));
  context.strokeRect(x, top, Math.max(1, cell), side);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  const outer = Math.max(cell, 6);
  context.strokeRect(
    x + (cell - outer) / 2,
    y + (cell - outer) / 2,
    outer,
    outer,
  );
}

/** The text, or as much of it as has room and an ellipsis. */
function fit(
  context: CanvasRenderingContext2D,
  text: string,
  room: number,
): string {
  let cut = text.slice(0, 40);
  if (cut === text && context.measureText(text).width <= room) return text;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > room)
    cut = cut.slice(0, -1);
  return `${cut}…`;
}
