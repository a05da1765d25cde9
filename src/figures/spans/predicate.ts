// The predicate among the tags of its roles. It is given, so that finding it again
// is no merit: figures are of the arguments alone, as in CoNLL-2005 (Carreras &
// Màrquez), whose script leaves V out.

/** The type of the words that are the predicate. */
export const PREDICATE = "V";

const isPredicate = (tag: string) =>
  tag === `B-${PREDICATE}` || tag === `I-${PREDICATE}`;

/** The tags, with the predicate's as `O`. */
export const withoutPredicate = (tags: readonly string[]): string[] =>
  tags.map((tag) => (isPredicate(tag) ? "O" : tag));
