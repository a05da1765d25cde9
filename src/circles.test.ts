// The lint rules keep values from running in circles; this keeps types from it, too:
// a newcomer can read every file after those it names.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((name) => join("src", name))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name));
const known = new Set(files);

function importsOf(file: string): string[] {
  const found = readFileSync(file, "utf8").matchAll(
    /(?:from|import\() ?"(\.[^"?]*)/g,
  );
  return [...found].flatMap(([, specifier]) => {
    const path = normalize(join(dirname(file), specifier!));
    return ["", ".ts", ".tsx"].map((end) => path + end).filter(isKnown);
  });
}
const isKnown = (path: string) => known.has(path);

/** A way from a file back to itself, or null. */
function circle(graph: Map<string, string[]>): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  function visit(file: string): string[] | null {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return null;
  }
  for (const file of graph.keys()) {
    const found = visit(file);
    if (found) return found;
  }
  return null;
}

test("no file imports itself by way of others, not even for a type", () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect(graph.get("src/main.tsx")!.length).toBeGreaterThan(3);
  expect(circle(graph)).toBeNull();
});

test("a circle is found", () => {
  const graph = { a: ["b"], b: ["c", "d"], c: [], d: ["b"] };
  expect(circle(new Map(Object.entries(graph)))).toEqual(["b", "d", "b"]);
});
