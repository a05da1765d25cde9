import { expect, test } from "vitest";
import { realFile, realTest } from "./fixtures/real";
import { withJoined } from "./columns/onehot";
import { readTable, viewOf } from "./table";
import { suggestion } from "./suggestion";

/** What a table of these cells suggests, texts beside them. */
function suggested(cells: string[]) {
  const lines = cells.map((cell, i) => `"text number ${i} of some",${cell}`);
  const table = readTable([
    {
      name: "a.csv",
      bytes: new TextEncoder().encode(`text,y\n${lines.join("\n")}\n`),
      role: null,
    },
  ]);
  return suggestion(table, { ...viewOf(table).guess, label: "y" }).task;
}
const times = (count: number, cell: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => cell(i));

test.each<[string, string[], string]>([
  ["words", times(60, (i) => ["good", "bad"][i % 2]!), "one label"],
  ["stars", times(60, (i) => String(1 + (i % 5))), "one label"],
  ["half stars", times(60, (i) => String(0.5 + (i % 10) / 2)), "one label"],
  ["classes by number", times(400, (i) => String(i % 40)), "one label"],
  ["ids", times(60, (i) => String(1000 + i)), "one label"],
  ["ratings", times(60, (i) => ((i * 7) % 50) / 10 + ""), "score"],
  ["ratings with commas", times(60, (i) => `"${i % 9},${i % 7}"`), "score"],
  ["per cent", times(200, (i) => `${(i * 37) % 101} %`), "score"],
  ["prices", times(60, (i) => `$${(i * 17) % 40}.${10 + (i % 80)}`), "score"],
  ["lists", times(60, (i) => ["a;b", "a", "b;c", "c"][i % 4]!), "many labels"],
  [
    "JSON lists",
    times(60, (i) => `"[""x""${i % 3 ? ', ""y""' : ""}]"`),
    "many labels",
  ],
  [
    "lists of numbers",
    times(60, (i) => (i % 4 ? String(i % 28) : `"${i % 20},${20 + (i % 8)}"`)),
    "many labels",
  ],
  [
    "names with commas",
    times(60, (i) => `"${["Bath, UK", "Lyon, FR", "Rome, IT"][i % 3]}"`),
    "one label",
  ],
])("%s suggest %s", (_, cells, task) => {
  expect(suggested(cells)).toBe(task);
});

test("columns of noughts and ones with several in a row are labels", () => {
  const lines = times(
    40,
    (i) => `text ${i},${i % 2},${i % 3 ? 0 : 1},${i % 5 ? 0 : 1}`,
  );
  const table = withJoined(
    readTable([
      {
        name: "a.csv",
        bytes: new TextEncoder().encode(
          `text,red,green,blue\n${lines.join("\n")}\n`,
        ),
        role: null,
      },
    ]),
  );
  expect(suggestion(table, viewOf(table).guess)).toEqual({
    task: "many labels",
    labels: ["red", "green", "blue"],
  });
});

realTest("GoEmotions suggests many labels, other sets one", () => {
  const taskOf = (...names: string[]) => {
    const table = readTable(names.map((name) => realFile(`text/${name}`)));
    return suggestion(table, viewOf(table).guess).task;
  };
  expect(taskOf("goemotions/dev.tsv")).toBe("many labels");
  expect(taskOf("trec6/TREC.train.all")).toBe("one label");
  expect(taskOf("banking77/train.csv")).toBe("one label");
  expect(taskOf("sst_sentences/stsa.fine.train")).toBe("one label");
  expect(taskOf("waimai/waimai_10k.csv")).toBe("one label");
  expect(taskOf("mrpc/msr_paraphrase_train.txt")).toBe("one label");
});
