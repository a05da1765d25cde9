// The JavaScript heap of a worker, after garbage collection. A worker cannot tell
// itself, and the page's own measure waits for the engine's threads, which never
// pause; the debugger asks the one worker it wants.

import type { Browser } from "playwright";

interface Message {
  id?: number;
  result?: { usedSize: number; backingStorageSize?: number };
}

/** Bytes of the worker of that name, typed arrays included, WebAssembly memory not. */
export async function heapOf(
  browser: Browser,
  worker: string,
): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { targetInfos } = await session.send("Target.getTargets");
    const target = targetInfos.find(
      ({ type, title }) => type === "worker" && title === worker,
    );
    if (!target) return null;
    const { sessionId } = await session.send("Target.attachToTarget", {
      targetId: target.targetId,
      flatten: false,
    });
    const send = (id: number, method: string) =>
      session.send("Target.sendMessageToTarget", {
        sessionId,
        message: JSON.stringify({ id, method }),
      });
    return await new Promise((resolve, reject) => {
      session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const { id, result } = JSON.parse(message) as Message;
        if (id !== 2) return;
        resolve(
          result ? result.usedSize + (result.backingStorageSize ?? 0) : null,
        );
      });
      void send(1, "HeapProfiler.collectGarbage")
        .then(() => send(2, "Runtime.getHeapUsage"))
        .catch(reject);
    });
  } finally {
    await session.detach();
  }
}
