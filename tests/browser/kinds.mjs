// Chooses pages: of every kind the one that holds most and the one that holds least, and every edition.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "./server.mjs";

export const EDITION = /\/\d{4}-q[1-4]\/$/;

/** Paths of `pages`, with that of the page for wrong addresses, which nothing leads to. */
export function ofEachKind(folder, mount, pages) {
  const size = (path) => statSync(fileOf(folder, mount, path)).size;
  const kinds = new Map();
  for (const path of pages) {
    // Pages of a kind lie in one folder: `/repos/a/` and `/repos/b/`, but neither `/repos/` nor `/archive/`.
    const [first, ...others] = path.slice(mount.length).split("/");
    const kind = EDITION.test(path) || others.length < 2 ? path : `${first}/*`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  const chosen = [...kinds.values()].flatMap((paths) => {
    const sorted = paths.toSorted((a, b) => size(a) - size(b) || a.localeCompare(b));
    return sorted.length > 1 ? [sorted[0], sorted.at(-1)] : sorted;
  });
  return existsSync(join(folder, "404.html")) ? [...chosen, `${mount}404.html`] : chosen;
}
