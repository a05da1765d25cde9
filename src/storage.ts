// What this device remembers between visits: small settings, as JSON, under
// keys of our own. It never throws: where a browser forbids or has filled up
// storage, settings last as long as the page.

const PREFIX = "attune.1.";

export interface Memory {
  /** null when absent or unreadable; the caller checks the shape. */
  recall(key: string): unknown;
  remember(key: string, value: unknown): void;
  forget(key: string): void;
}

/** Pass null (or nothing, where localStorage is forbidden) for a page-long memory. */
export function openMemory(storage: Storage | null = browserStorage()): Memory {
  const here = new Map<string, string>();

  return {
    recall(key) {
      try {
        const json = here.get(key) ?? storage?.getItem(PREFIX + key) ?? null;
        return json === null ? null : JSON.parse(json);
      } catch {
        return null;
      }
    },
    remember(key, value) {
      const json = JSON.stringify(value);
      here.set(key, json);
      try {
        storage?.setItem(PREFIX + key, json);
      } catch {
        // Full or forbidden: `here` has it.
      }
    },
    forget(key) {
      here.delete(key);
      try {
        storage?.removeItem(PREFIX + key);
      } catch {
        // As above.
      }
    },
  };
}

function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
