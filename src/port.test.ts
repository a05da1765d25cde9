import { expect, test } from "vitest";
import { buffersOf, connect, serve, type Port } from "./port";

interface Calls {
  count(to: number): { counted: number };
  fail(): void;
  wait(): void;
  bytes(): { data: Uint8Array<ArrayBuffer> };
  length(data: Uint8Array<ArrayBuffer>): number;
}
type Signal = "stop";
type Event = { done: number } | { sent: Uint8Array<ArrayBuffer> };

/** Both ends over a real channel; `kept` is what the worker's end still holds. */
function pair(seen: Event[] = []) {
  const { port1, port2 } = new MessageChannel();
  const kept = { bytes: new Uint8Array([1, 2, 3]) };
  let stopped = false;
  const emit = serve<Calls, Signal, Event>(
    port2 as unknown as Port,
    {
      async count(to) {
        let counted = 0;
        while (counted < to && !stopped) {
          emit({ done: ++counted });
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        return { counted };
      },
      fail() {
        throw new RangeError("reviews.csv has 0 rows. Add some.");
      },
      wait: () => new Promise<void>(() => {}),
      bytes: () => ({ data: kept.bytes }),
      length: (data) => data.length,
    },
    (signal) => {
      stopped = signal === "stop";
    },
    (value) =>
      value && typeof value === "object" && "data" in value
        ? [(value.data as Uint8Array).buffer as ArrayBuffer]
        : [],
  );
  const client = connect<Calls, Signal, Event>(
    port1 as unknown as Port,
    { code: "data reader" },
    (event) => seen.push(event),
    () => {
      port1.close();
      port2.close();
    },
  );
  return { client, kept };
}

test("events stream in before the reply", async () => {
  const seen: Event[] = [];
  const { client } = pair(seen);
  const reply = await client.call("count", 3);
  expect(seen).toEqual([{ done: 1 }, { done: 2 }, { done: 3 }]);
  expect(reply).toEqual({ counted: 3 });
  client.close();
});

test("a signal reaches a call that is under way, which still replies", async () => {
  const { client } = pair();
  const counting = client.call("count", 100_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  client.signal("stop");
  expect((await counting).counted).toBeLessThan(100_000);
  client.close();
});

test("calls overlap and each gets its own reply", async () => {
  const { client } = pair();
  const replies = [client.call("count", 9), client.call("count", 2)];
  expect(await Promise.all(replies)).toEqual([{ counted: 9 }, { counted: 2 }]);
  client.close();
});

test("a failure keeps its name, message and stack", async () => {
  const { client } = pair();
  const failure = await client.call("fail").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(failure).toMatchObject({
    name: "RangeError",
    message: "reviews.csv has 0 rows. Add some.",
    stack: expect.stringContaining("port.test"),
  });
  client.close();
});

test("after a failure the worker goes on answering", async () => {
  const { client } = pair();
  await expect(client.call("fail")).rejects.toThrow("0 rows");
  expect(await client.call("count", 1)).toEqual({ counted: 1 });
  client.close();
});

test("a call that nobody handles fails as our own mistake", async () => {
  const { client } = pair();
  await expect(client.call("dance" as "wait")).rejects.toThrow(
    "internal: no handler for dance",
  );
  client.close();
});

test("closing rejects what is pending and what comes later, saying why and what to do", async () => {
  const { client } = pair();
  const pending = client.call("wait");
  client.close("out of memory");
  const sentence =
    "The data reader stopped: out of memory. Reload the page to start a new one.";
  await expect(pending).rejects.toThrow(sentence);
  await expect(client.call("count", 1)).rejects.toThrow(sentence);
});

test("closing twice keeps the first reason, and signals after it go nowhere", async () => {
  const { client } = pair();
  client.close("device lost");
  client.close("again");
  client.signal("stop");
  await expect(client.call("wait")).rejects.toThrow("device lost");
});

test("buffers of a reply are moved, not copied", async () => {
  const { client, kept } = pair();
  const { data } = await client.call("bytes");
  expect([...data]).toEqual([1, 2, 3]);
  expect(kept.bytes.byteLength).toBe(0);
  client.close();
});

test("buffers given to callMoving leave the sender", async () => {
  const { client } = pair();
  const data = new Uint8Array(5);
  expect(await client.callMoving([data.buffer], "length", data)).toBe(5);
  expect(data.byteLength).toBe(0);
  client.close();
});

test("an argument that cannot cross fails its own call and no other", async () => {
  const { client } = pair();
  const uncloneable = (() => {}) as unknown as number;
  await expect(client.call("count", uncloneable)).rejects.toThrow(/clone/);
  expect(await client.call("count", 1)).toEqual({ counted: 1 });
  client.close();
});

test("the buffers of a message are found at every depth, each once", () => {
  const bytes = new Uint8Array(8);
  const numbers = new Float32Array(2);
  const message = {
    name: "x",
    none: null,
    bytes,
    part: { deep: { numbers, head: bytes.subarray(0, 4) } },
  };
  expect(buffersOf(message)).toEqual([bytes.buffer, numbers.buffer]);
  expect(buffersOf(message)[0]).toBe(bytes.buffer);
  expect(buffersOf(numbers)[0]).toBe(numbers.buffer);
});

test("lists, plain values and shared memory have no buffers to move", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(4));
  for (const nothing of [null, undefined, 3, "text", [new Uint8Array(3)]])
    expect(buffersOf(nothing)).toEqual([]);
  expect(buffersOf({ shared, rows: [new Uint8Array(3)] })).toEqual([]);
});

test("what buffersOf lists crosses whole and leaves nothing behind", async () => {
  const { port1, port2 } = new MessageChannel();
  const dataset = {
    train: { texts: new Uint8Array([1, 2]), labels: new Int32Array([7]) },
    test: null,
    hashes: { train: new Uint8Array([9]) },
  };
  const arrived = new Promise((resolve) => {
    port2.onmessage = ({ data }) => resolve(data);
  });
  const sent = structuredClone(dataset);
  port1.postMessage(sent, buffersOf(sent));
  expect(await arrived).toEqual(dataset);
  expect(buffersOf(sent).map(({ byteLength }) => byteLength)).toEqual([
    0, 0, 0,
  ]);
  port1.close();
});
