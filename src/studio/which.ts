// Several models dropped at once: a question with a button for each.

import { belongsTo, sideBySide } from "../engine";
import { said, type Said } from "../said";
import type { Context } from "./context";
import { pathOf } from "./folders";

/** More would not fit beside the sentence. */
const mostButtons = 6;

/** Asks, where it is not clear which model is meant; true where it did. */
export async function whichModel(
  { get, notify }: Context,
  files: File[],
  loading: Promise<unknown> | null,
): Promise<boolean> {
  const paths = await sideBySide(
    files.map((file) => ({ path: pathOf(file), file })),
  );
  if (paths.length === 0) return false;
  // What is loaded meanwhile would withdraw the question.
  await loading?.catch(() => {});
  // Of a run's many checkpoints the last ones are likeliest.
  const offered = paths.slice(-mostButtons);
  const more = paths.length - offered.length;
  notify(
    "model",
    "warning",
    questionOf(paths, more),
    namesOf(offered).map((label, i) => ({
      label,
      act: () =>
        void get().dropModelFolder(
          files.filter((file) => belongsTo(offered[i]!, pathOf(file))),
        ),
    })),
  );
  return true;
}

/** Their own names; whole paths where two are called the same. */
function namesOf(paths: string[]): string[] {
  const own = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
  return new Set(own).size === own.length ? own : paths;
}

/** `more`: how many have no button. */
function questionOf(paths: string[], more: number): Said {
  const count = paths.length;
  const folder = commonOf(paths);
  if (folder === null)
    return more > 0
      ? said("models side by side: more", { count, more })
      : said("models side by side", { count });
  return more > 0
    ? said("models side by side in a folder: more", { count, folder, more })
    : said("models side by side in a folder", { count, folder });
}

/** The folder all of them lie in. */
function commonOf(paths: string[]): string | null {
  const parents = new Set(
    paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf("/")))),
  );
  const [parent] = parents;
  return parents.size === 1 && parent ? parent : null;
}
