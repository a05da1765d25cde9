// What the engine gives away with a message instead of keeping a copy of it.

import { buffersOf } from "../../port";

/** Captures and files leave the engine; figures stay, since a summary says them again. */
export function transfersOf(content: unknown): Transferable[] {
  if (content === null || typeof content !== "object") return [];
  const isCapture = "kind" in content && content.kind === "attention";
  const isFile = "bytes" in content && content.bytes instanceof Uint8Array;
  // A folder of them.
  if (Array.isArray(content)) return content.flatMap(transfersOf);
  return isCapture || isFile ? buffersOf(content) : [];
}
