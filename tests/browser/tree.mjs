// node tree.mjs PUBLIC [PATH [LINES]]: prints what a screen reader is given of a page, the latest edition unless a path
// says which; headings with their level, landmarks, tables, charts with name and description.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

// What only holds others or repeats their text.
const SKIPPED = new Set(["none", "generic", "InlineTextBox", "StaticText", "ListMarker", "LineBreak", "strong", "time"]);
// What is named by nothing and says what stands in it.
const READ = new Set(["paragraph", "definition", "caption", "figcaption", "Figcaption", "listitem", "code"]);
const SHOWN = ["expanded", "sort", "haspopup", "required"];

const [folder, wanted, lines = "60"] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("usage: node tree.mjs PUBLIC [PATH [LINES]], where PUBLIC is a folder that `signal build` wrote");
  process.exit(2);
}
const path = wanted ?? `${readdirSync(folder).filter((name) => /^\d{4}-q[1-4]$/.test(name)).sort().at(-1)}/`;
const browser = await launch();
const server = await serve(folder, "/");
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(server.base + path, { waitUntil: "load" });
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  console.log(told(nodes).slice(0, Number(lines)).join("\n"));
} finally {
  await server.close();
  await browser.close();
}

/** One line for each thing that is told, indented below what holds it. */
function told(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const out = [];
  const inside = (node) => (node.childIds ?? []).map((id) => byId.get(id)).filter((child) => child);
  const text = (node) => (node.role?.value === "StaticText" ? node.name.value : inside(node).map(text).join(" "));
  const visit = (node, depth) => {
    const role = node.role?.value;
    const isTold = !node.ignored && !SKIPPED.has(role);
    if (isTold) out.push(`${"  ".repeat(depth)}${line(node, READ.has(role) ? text(node) : "")}`);
    for (const child of inside(node)) visit(child, isTold ? depth + 1 : depth);
  };
  visit(nodes[0], 0);
  return out;
}

function line({ role, name, description, properties = [] }, text) {
  const isShown = ({ name: key }) => SHOWN.includes(key) || (key === "level" && role.value === "heading");
  const more = properties.filter(isShown).map((one) => ` ${one.name}=${one.value.value}`);
  const quoted = (text) => ` "${text.replace(/\s+/g, " ").slice(0, 120)}"`;
  const about = description?.value ? ` described as${quoted(description.value)}` : "";
  const said = (name?.value || text).trim();
  return `${role.value}${more.join("")}${said ? quoted(said) : ""}${about}`;
}
