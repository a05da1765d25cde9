import { expect, test } from "vitest";
import { openMemory } from "./storage";

function fakeStorage(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  } as Storage;
}

test("a setting is there on the next visit, until it is forgotten", () => {
  const storage = fakeStorage();
  openMemory(storage).remember("theme", "dark");
  expect(openMemory(storage).recall("theme")).toBe("dark");
  openMemory(storage).forget("theme");
  expect(openMemory(storage).recall("theme")).toBeNull();
});

test("where storage is forbidden, settings last as long as the page", () => {
  const forbidden = new Proxy({} as Storage, {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  const memory = openMemory(forbidden);
  memory.remember("options", { epochs: 3 });
  expect(memory.recall("options")).toEqual({ epochs: 3 });
  expect(memory.recall("unknown")).toBeNull();
  memory.forget("options");
  expect(memory.recall("options")).toBeNull();
});

test("what cannot be read as JSON counts as absent", () => {
  const storage = fakeStorage();
  storage.setItem("attune.1.theme", "{broken");
  expect(openMemory(storage).recall("theme")).toBeNull();
});
