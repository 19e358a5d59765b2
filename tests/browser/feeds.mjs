// Follows every address in the feeds and the list of pages of a built site.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "./server.mjs";

const NAMES = new Set(["feed.xml", "rss.xml", "feed.json", "sitemap.xml"]);

/** What is wrong, by file; nothing where the site has no feeds. */
export function feeds(folder) {
  const robots = join(folder, "robots.txt");
  const base = existsSync(robots) && readFileSync(robots, "utf8").match(/^Sitemap: (.*)sitemap\.xml$/m)?.[1];
  if (!base) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const wanted = files.filter((entry) => NAMES.has(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  return wanted.sort().map((file) => ({ name: file.slice(folder.length), faults: lost(folder, base, file) }));
}

function lost(folder, base, file) {
  const text = readFileSync(file, "utf8");
  const mount = new URL(base).pathname;
  const faults = [];
  // An address ends at a quote, at markup, or at what stands for either in XML and JSON.
  for (const [address] of text.matchAll(/https?:\/\/[^\s"'<>\\&]+/g)) {
    if (!address.startsWith(base)) continue;
    if (!fileOf(folder, mount, new URL(address).pathname)) faults.push(`leads nowhere: ${address}`);
  }
  for (const [, address] of text.matchAll(/(?:href|src)=(?:\\?"|&quot;)(.*?)(?:\\?"|&quot;)/g)) {
    if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) faults.push(`is relative: ${address}`);
  }
  return faults;
}
