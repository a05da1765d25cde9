// Typed calls over a port: the mechanism both worker boundaries share. Which
// calls exist is each worker's own protocol (`engine/protocol.ts`,
// `data/protocol.ts`); everything here derives from that one interface, so a
// missing handler or a wrong argument does not compile.
//
// The law: every call gets exactly one reply or one failure; events stream in
// between; signals have no reply; a worker's death rejects every pending and
// every later call.

import { Failure, said, type Said, type Value } from "./said";

/** The half of Worker and MessagePort that is needed; tests pass a MessageChannel's ports. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** A protocol: call names to functions from arguments to reply. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Protocol<C> = { [K in keyof C]: (...args: any[]) => unknown };

/** An error as it crosses: what it says to people, or, of our own mistakes, what JavaScript says. */
interface Thrown {
  name: string;
  message: string;
  stack?: string;
  said?: Said;
}

/** One function per call. */
export type Handlers<C extends Protocol<C>> = {
  [K in keyof C]: (
    ...args: Parameters<C[K]>
  ) => ReturnType<C[K]> | Promise<ReturnType<C[K]>>;
};

interface CallMessage {
  id: number;
  call: PropertyKey;
  args: unknown[];
}
type ToWorker<S> = CallMessage | { signal: S };
type FromWorker<E> =
  | { id: number; value: unknown }
  | { id: number; failure: Thrown }
  | { event: E };

/** Which buffers of a message its sender gives away: they are moved instead of copied. */
export type Transfers<T> = (value: T) => Transferable[];

/**
 * Every buffer of a message that is given away as a whole, each once. Looks
 * through objects but not through lists, which hold rows and no bytes; memory
 * that threads share stays where it is.
 */
export function buffersOf(content: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    } else if (typeof value === "object" && value && !Array.isArray(value))
      Object.values(value).forEach(look);
  };
  look(content);
  return [...found];
}

export interface Connection<C extends Protocol<C>, S> {
  call<K extends keyof C>(
    call: K,
    ...args: Parameters<C[K]>
  ): Promise<ReturnType<C[K]>>;
  /** As `call`, moving the listed buffers to the worker. */
  callMoving<K extends keyof C>(
    transfer: Transferable[],
    call: K,
    ...args: Parameters<C[K]>
  ): Promise<ReturnType<C[K]>>;
  signal(signal: S): void;
  /** Rejects what is pending and what comes later with `reason`, then hangs up. */
  close(reason?: Value): void;
}

/**
 * The page's end. `who` names the worker in sentences.
 */
export function connect<C extends Protocol<C>, S = never, E = never>(
  port: Port,
  who: Said,
  onEvent: (event: E) => void,
  hangUp: () => void,
): Connection<C, S> {
  const waiting = new Map<
    number,
    { resolve(value: unknown): void; reject(error: Error): void }
  >();
  let nextId = 0;
  let closed: Failure | undefined;

  port.onmessage = ({ data }: MessageEvent<FromWorker<E>>) => {
    if ("event" in data) return onEvent(data.event);
    const reply = waiting.get(data.id);
    waiting.delete(data.id);
    if ("failure" in data) reply?.reject(caught(data.failure));
    else reply?.resolve(data.value);
  };

  const send = (
    transfer: Transferable[],
    call: PropertyKey,
    args: unknown[],
  ): Promise<unknown> => {
    if (closed !== undefined) return Promise.reject(closed);
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      try {
        port.postMessage({ id, call, args } satisfies CallMessage, transfer);
      } catch (error) {
        waiting.delete(id);
        reject(error as Error);
      }
    });
  };

  return {
    call: (call, ...args) => send([], call, args) as never,
    callMoving: (transfer, call, ...args) =>
      send(transfer, call, args) as never,
    signal: (signal) => {
      if (closed === undefined) port.postMessage({ signal });
    },
    close(reason = said("worker was closed")) {
      if (closed !== undefined) return;
      closed = new Failure("worker stopped", { who, reason });
      for (const reply of waiting.values()) reply.reject(closed);
      waiting.clear();
      hangUp();
    },
  };
}

/**
 * The worker's end. Returns the function that emits events. `transfers` lists
 * what a reply or an event may move instead of copy.
 */
export function serve<C extends Protocol<C>, S = never, E = never>(
  port: Port,
  handlers: Handlers<C>,
  onSignal: (signal: S) => void,
  transfers: Transfers<unknown> = () => [],
): (event: E) => void {
  const post = (message: FromWorker<E>, content: unknown) =>
    port.postMessage(message, transfers(content));

  port.onmessage = async ({ data }: MessageEvent<ToWorker<S>>) => {
    if ("signal" in data) return onSignal(data.signal);
    try {
      const handler = handlers[data.call as keyof C] as
        ((...args: unknown[]) => unknown) | undefined;
      if (!handler)
        throw new Error(`internal: no handler for ${String(data.call)}`);
      const value = await handler(...data.args);
      post({ id: data.id, value }, value);
    } catch (error) {
      post({ id: data.id, failure: thrown(error) }, undefined);
    }
  };
  return (event) => post({ event }, event);
}

function thrown(error: unknown): Thrown {
  const { name, message, stack } =
    error instanceof Error ? error : new Error(String(error));
  const content = error instanceof Failure ? { said: error.said } : {};
  return { name, message, stack, ...content };
}

function caught({ said, ...rest }: Thrown): Error {
  if (said === undefined) return Object.assign(new Error(rest.message), rest);
  const failure = new Failure(said.code, said.values);
  if (rest.stack !== undefined) failure.stack = rest.stack;
  return failure;
}
