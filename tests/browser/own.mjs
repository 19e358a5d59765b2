// Follows the addresses that a site gives itself in full: in feeds, in the list of pages, in mail, and in what pages say
// about themselves to other programs.

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { baseOf, fileOf } from "./server.mjs";

// What is read away from the site, where a relative address leads nowhere.
const CARRIED = /(?:^|\/)(?:feed\.xml|rss\.xml|feed\.json|sitemap\.xml|[^/]*mail[^/]*\.(?:html|eml))$/;
const READ = new Set([".html", ".xml", ".json", ".eml", ".txt", ".md", ".svg"]);

/** Whether each of them leads to a file, and to a place in it that is there. */
export function ownAddresses(folder, report) {
  const base = baseOf(folder);
  if (!base) return;
  const places = new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\/?/, "/"));
  for (const name of names.filter((name) => READ.has(extname(name))).sort()) {
    const text = plain(name, readFileSync(join(folder, name), "utf8"));
    const faults = new Set();
    for (const address of addresses(text, base)) {
      const fault = lost(folder, base, address, places);
      if (fault) faults.add(fault);
    }
    if (CARRIED.test(name)) for (const address of relative(text)) faults.add(`a relative address: ${address}`);
    report.check(`${name}, addresses in full`, [...faults]);
  }
}

/** The text as its reader gets it: lines of mail put together again, and signs that stand for others taken back. */
function plain(name, text) {
  if (extname(name) === ".eml") {
    text = text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  }
  if (extname(name) === ".json") text = text.replace(/\\"/g, '"').replace(/\\\//g, "/");
  // Markup inside markup, as feeds have it, was escaped twice.
  for (let times = 0; times < 2; times += 1) {
    text = text.replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  }
  return text;
}

function* addresses(text, base) {
  for (let at = text.indexOf(base); at >= 0; at = text.indexOf(base, at + 1)) {
    const [address] = text.slice(at, at + 2_000).match(/^[^\s"'<>\\)\]}|`]+/);
    // The end of a sentence is no part of an address.
    yield address.replace(/[.,;:!?]+$/, "");
  }
}

function lost(folder, base, address, places) {
  const { pathname, hash } = new URL(address);
  const file = fileOf(folder, new URL(base).pathname, pathname);
  if (!file) return `leads nowhere: ${address}`;
  if (!hash || !file.endsWith(".html")) return null;
  if (!places.has(file)) {
    const ids = readFileSync(file, "utf8").matchAll(/\sid="?([^"\s>]+)/g);
    places.set(file, new Set([...ids].map(([, id]) => id)));
  }
  return places.get(file).has(decodeURIComponent(hash.slice(1))) ? null : `no place "${hash.slice(1)}": ${address}`;
}

function* relative(text) {
  for (const [, address] of text.matchAll(/<[a-z][^<>]*?\s(?:href|src)="([^"]*)"/g)) {
    // A sender of mail puts its own address in place of `{{…}}`, `*|…|*` or `%%…%%`.
    if (!/^(?:[a-z][a-z0-9+.-]*:|#|\{\{|\*\||%%)/i.test(address)) yield address;
  }
}
