// What the columns of a CoNLL file are called: as the file says, as CoNLL-U has
// them, or guessed from their values.

/** What the columns of a file are known by. */
interface Given {
  width: number;
  numbered: boolean;
  names: string[] | null;
}

export interface Columns {
  /** "text" first. */
  columns: string[];
  /** Where in a line each of them stands. */
  places: number[];
  /** Where the words stand. */
  word: number;
}

const CONLLU = "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC".split(" ");

/** O, B-PER, I-PER, E-, S-, L-, U-, M-; B and I alone where there is one type. */
export const isTag = (cell: string) => /^(O|[BI]|[BIESLUM][-_]\S+)$/.test(cell);

/** CoNLL-U's ten names, where a file has its ten columns. */
export const conlluNames = (width: number, numbered: boolean) =>
  width === CONLLU.length && numbered ? CONLLU : null;

/** Names and places of the columns kept: the words, then all others but their numbers. */
export function columnsOf(given: Given, words: string[][]): Columns {
  const { width, numbered } = given;
  const names =
    given.names?.length === width ? given.names : conlluNames(width, numbered);
  const found =
    names?.findIndex((name) => /^(form|words?|tokens?|text)$/i.test(name)) ??
    -1;
  const word = found === -1 ? (numbered ? 1 : 0) : found;
  const places = Array.from({ length: width }, (_, at) => at).filter(
    (at) => at !== word && !(numbered && at === 0),
  );
  const called = names
    ? places.map((at) => names[at]!)
    : guessed(
        places,
        places.map((at) => words.map((cells) => cells[at]!)),
      );
  return {
    columns: ["text", ...distinct(called)],
    places: [word, ...places],
    word,
  };
}

const CHUNKS =
  /^[BIESLUM][-_](NP|VP|PP|ADVP|ADJP|SBAR|PRT|CONJP|INTJ|LST|UCP)$/;
const PARTS =
  /^(NNS?|NNP|DT|IN|JJ|VB[DGNPZ]?|RB|PRP|NOUN|VERB|ADJ|ADP|DET|PROPN|ADV|ART|ADJA|APPR|VVFIN|NE)$/;

/** "tags" for the tags of entities; "chunks" and "pos" where the values are those; "column 4" else. */
function guessed(places: number[], columns: string[][]): string[] {
  const share = (cells: string[], fits: (cell: string) => boolean) =>
    cells.filter(fits).length / Math.max(1, cells.length);
  const inside = columns.map((cells) => cells.filter((cell) => cell !== "O"));
  const tags = columns.map((cells) => share(cells, isTag) >= 0.9);
  const chunks = inside.map(
    (cells, i) => tags[i]! && share(cells, (cell) => CHUNKS.test(cell)) > 0.9,
  );
  const alone = tags.filter(Boolean).length === 1;
  let main = -1;
  tags.forEach((its, i) => {
    if (!its || (chunks[i] && !alone)) return;
    if (main === -1 || inside[i]!.length > inside[main]!.length) main = i;
  });
  return columns.map((cells, i) => {
    if (i === main) return "tags";
    if (chunks[i]) return "chunks";
    if (tags[i]) return `tags (column ${places[i]! + 1})`;
    return share(cells, (cell) => PARTS.test(cell)) > 0.3
      ? "pos"
      : `column ${places[i]! + 1}`;
  });
}

/** No two of one name, and none called "text". */
function distinct(names: string[]): string[] {
  const taken = new Set(["text"]);
  return names.map((name) => {
    let free = name;
    for (let i = 2; taken.has(free); i++) free = `${name} (${i})`;
    taken.add(free);
    return free;
  });
}
