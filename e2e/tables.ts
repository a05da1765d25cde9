// Small tables for the journeys, written here so that each test shows what it feeds.

export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const openings = {
  fruit: ["ripe", "sweet", "peeled", "juicy", "crisp"],
  metal: ["rusty", "molten", "forged", "dull", "heavy"],
  weather: ["stormy", "mild", "foggy", "freezing", "windy"],
};
const things = {
  fruit: ["apple", "pear", "cherry", "melon", "plum", "fig", "peach", "grape"],
  metal: ["iron", "copper", "zinc", "silver", "tin", "lead", "brass", "steel"],
  weather: ["rain", "snow", "hail", "sun", "cloud", "gale", "frost", "mist"],
};
export const labels = Object.keys(openings) as (keyof typeof openings)[];

/** `perLabel` (at most 40) different sentences for each of three labels. */
export function rows(perLabel = 40): { text: string; label: string }[] {
  return Array.from({ length: perLabel }, (_, i) =>
    labels.map((label) => ({
      text: `the ${openings[label][i % 5]} ${things[label][i % 8]} was there again`,
      label,
    })),
  ).flat();
}

export const file = (
  name: string,
  content: string | Uint8Array,
  mimeType = "text/csv",
): Upload => ({ name, mimeType, buffer: Buffer.from(content) });

/** A CSV of texts and labels, line by line. */
export const csv = (name: string, lines: string[]) =>
  file(name, `text,label\n${lines.join("\n")}\n`);

/** A well-behaved CSV. */
export const simple = (perLabel = 40, name = "things.csv") =>
  csv(
    name,
    rows(perLabel).map(({ text, label }) => `${text},${label}`),
  );

/** As a spreadsheet in Germany would save it. */
export function german(): Upload {
  const kind = { fruit: "Früchte", metal: "Metall", weather: "Wetter" };
  const lines = rows(40).map(
    ({ text, label }, i) =>
      `${i + 1};Anfrage über Größe ${i % 7};"${text}; bitte prüfen";gehört zu Müller, Büro ${i % 9};${kind[label as keyof typeof kind]}`,
  );
  return file(
    "anfragen.csv",
    Buffer.from(
      ["Nr;Betreff;Nachricht;Notiz;Kategorie", ...lines, ""].join("\r\n"),
      "latin1",
    ),
  );
}

/** Complaints with none, one or several of three labels each, told by their words. */
export function several(): Upload {
  const parts: [string, string][] = [
    ["cold", "the soup was cold"],
    ["late", "the waiter came late"],
    ["bill", "the bill was wrong"],
  ];
  const lines = Array.from({ length: 120 }, (_, i) => {
    const has = parts.filter((_, bit) => (i >> bit) & 1);
    const said = has.map(([, words]) => words).join(" and ");
    return `${said || "all was well"} at table ${i},${has.map(([label]) => label).join(";")}`;
  });
  return file("meals.csv", `text,labels\n${lines.join("\n")}\n`);
}

/** Remarks on the weather, each with its temperature. */
export function temperatures(): Upload {
  const words: [string, number][] = [
    ["freezing", -8],
    ["chilly", 6],
    ["mild", 15],
    ["warm", 22],
    ["scorching", 36],
  ];
  const lines = Array.from({ length: 120 }, (_, i) => {
    const [word, degrees] = words[i % 5]!;
    return `it is ${word} ${["outside", "today", "here"][i % 3]} on day ${i},${(degrees + ((i * 13) % 97) / 40).toFixed(2)}`;
  });
  return file("weather.csv", `text,degrees\n${lines.join("\n")}\n`);
}
