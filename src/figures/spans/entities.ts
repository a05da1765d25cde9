// Tags of words → entities, under the two rules in use. Tags are IOB: `B-` and `I-`
// before the type (whatever follows the first hyphen), and `O`.

export interface Entity {
  type: string;
  /** The first word. */
  from: number;
  /** After the last word. */
  to: number;
}

/**
 * As the script conlleval (CoNLL-2000's shared task, Tjong Kim Sang & Buchholz):
 * an entity begins at every `B-`, wherever the type changes and after `O`, so that
 * an `I-` may begin one too. This reads IOB1 and IOB2 alike.
 */
export function looseEntities(tags: readonly string[]): Entity[] {
  return entities(tags, true);
}

/** As IOB2 says: an entity begins at `B-`. An `I-` that continues none of its type is in none. */
export function strictEntities(tags: readonly string[]): Entity[] {
  return entities(tags, false);
}

function entities(tags: readonly string[], insideBegins: boolean): Entity[] {
  const found: Entity[] = [];
  let open: Entity | null = null;
  tags.forEach((tag, word) => {
    const { prefix, type } = parted(tag);
    if (prefix === "O") open = null;
    else if (prefix !== "B" && open?.type === type) open.to = word + 1;
    else {
      const begins = prefix === "B" || insideBegins;
      open = begins ? { type, from: word, to: word + 1 } : null;
      if (open) found.push(open);
    }
  });
  return found;
}

function parted(tag: string): { prefix: string; type: string } {
  const hyphen = tag.indexOf("-");
  return hyphen < 0
    ? { prefix: tag, type: "" }
    : { prefix: tag.slice(0, hyphen), type: tag.slice(hyphen + 1) };
}
