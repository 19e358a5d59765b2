// Seeds one fault at a time into a tiny site, to know that the check finds each of them and nothing else.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { launch } from "./browser.mjs";
import { markup } from "./markup.mjs";
import { checkSite } from "./site.mjs";

const STYLE = `
  :root { color-scheme: light dark; --paper: #faf8f3; --ink: #222; --soft: #555; }
  @media (prefers-color-scheme: dark) { :root { --paper: #181715; --ink: #ddd; --soft: #aaa; } }
  body { background: var(--paper); color: var(--ink); font: 18px serif; margin: 1rem; }
  a { color: inherit; } small { color: var(--soft); } svg { max-width: 100%; }`;

const page = (title, up, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="canonical" href="https://example.org/signal/"><link rel="stylesheet" href="${up}style.css"></head>
<body><p><a href="#text">To the text</a></p><nav><p><a href="${up || "./"}">Home</a></p></nav>
<main id="text" tabindex="-1"><h1>${title}</h1>${body}</main></body></html>`;

const DRAWING = `<svg role="img" viewBox="0 0 40 10"><title>A trend</title>
  <text y="9" fill="currentColor">1</text></svg>`;

/** A site with nothing wrong. */
const sound = () => ({
  "style.css": STYLE,
  "index.html": page("Home", "", `<p>See <a href="archive/#first">the archive</a>.</p><small>Small</small>${DRAWING}`),
  "archive/index.html": page("Archive", "../", `<p id="first"><a href="../">Home</a></p>`),
  "404.html": `<!doctype html>
<html lang="en"><title>Not here</title><main><h1>Not here</h1>
<a href="https://example.org/signal/archive/">The archive</a></main></html>`,
});

/** What to change, and a part of the sentence that must come of it. */
const SEEDS = [
  ["a broken link", (site) => append(site, `<a href="gone/">gone</a>`), "leads nowhere: /gone/"],
  ["a broken anchor", (site) => append(site, `<a href="archive/#nowhere">x</a>`), `no place "nowhere" on /archive/`],
  ["a broken image", (site) => append(site, `<img src="gone.png" alt="Gone">`), "leads nowhere: /gone.png"],
  ["a path that ignores the mount", (site) => append(site, `<a href="/archive/">x</a>`), "out of the site's own path"],
  ["another host", (site) => append(site, `<img src="http://127.0.0.1:9/x.png" alt="x">`), "asks another host"],
  ["a failing script", (site) => append(site, `<script>nothing.here()</script>`), "a script fails"],
  ["a console error", (site) => append(site, `<script>console.error("no")</script>`), "the console says: no"],
  ["something wide", (site) => append(site, `<div style="width: 380px">x</div>`), "because of <div"],
  [
    "something wide that is cut off",
    (site) => append(site, `<style>body { overflow-x: hidden }</style><pre style="width: 700px">x</pre>`),
    "because of <pre",
  ],
  ["no icon", (site) => replace(site, `<link rel="icon" href="data:,">`, ""), "/favicon.ico)"],
  ["no title", (site) => replace(site, "<title>Home</title>", ""), "the page has no title"],
  ["no language", (site) => replace(site, ` lang="en"`, ""), "the page says no language"],
  ["no heading", (site) => replace(site, "<h1>Home</h1>", ""), "0 first headings"],
  ["two headings", (site) => append(site, "<h1>More</h1>"), "2 first headings"],
  ["an image without a name", (site) => append(site, `<img src="data:,">`), "no alternative text"],
  ["a drawing without a name", (site) => replace(site, "<title>A trend</title>", ""), "a drawing has no name"],
  ["a drawing without a role", (site) => append(site, "<svg></svg>"), "neither a named image nor hidden"],
  ["a link without a name", (site) => append(site, `<a href="archive/"></a>`), "a control has no name"],
  ["an id twice", (site) => append(site, `<i id="a">x</i><i id="a">y</i>`), `two elements have the id "a"`],
  ["faint text", (site) => append(site, `<p style="color: #999">x</p>`), ", light, contrast: contrast"],
  ["faint text in the dark", (site) => append(site, `<p style="color: #555">x</p>`), ", dark, contrast: contrast"],
  ["faint text in a drawing", (site) => replace(site, "currentColor", "#8886"), `<text class="">`],
  [
    "faint text on a shape",
    (site) => replace(site, "<text", `<rect width="40" height="10" fill="#777"/><text`),
    `<text class="">`,
  ],
  ["no dark mode", (site) => (site["style.css"] = STYLE.replace(/@media.*\n/, "")), "no darker in dark mode"],
  [
    "a page that needs scripts",
    (site) => replace(site, "<h1>", `<h1 hidden><script>document.querySelector("h1").hidden = false</script>`),
    "the first heading can't be seen",
  ],
  ["a heavy style", (site) => (site["style.css"] += "/*".padEnd(30_000) + "*/"), "/style.css has 30"],
  [
    "a heavy edition",
    (site) => {
      append(site, `<a href="2026-q2/">x</a>`);
      site["2026-q2/index.html"] = page("Edition", "../", "<p>text</p> ".repeat(30_000));
    },
    "an edition may have 300000 bytes",
  ],
  ["a figure that opens nothing", (site) => append(site, `<button popovertarget="no">7</button>`), "opens nothing: 7"],
  [
    "a figure that can't be opened",
    (site) => append(site, `<button popovertarget="a" disabled>7</button><i id="a" popover>x</i>`),
    "doesn't open: 7",
  ],
  [
    "something wide on paper",
    (site) => append(site, `<style>@media print { i { display: block; width: 700px } }</style><i>x</i>`),
    ", printed: ",
  ],
  ["something wide when zoomed", (site) => append(site, `<style>@media (min-width: 600px) and (max-width: 650px)
    { i { display: block; width: 700px } }</style><i>x</i>`), ", zoomed: "],
  ["no page for wrong addresses", (site) => delete site["404.html"], "the page for wrong addresses is missing"],
  [
    "a relative address on that page",
    (site) => (site["404.html"] = `<a href="archive/">x</a>`),
    "a relative address breaks below the home page",
  ],
];

const OPENING = `<button popovertarget="a">7</button>`;
/** What axe-core has to find. */
const HEARD = [
  ["a role that there isn't", (site) => append(site, `<p role="shelf">x</p>`), "aria-roles: "],
  ["a field without a label", (site) => append(site, `<input>`), "label: "],
  ["text that axe finds faint", (site) => append(site, `<p style="color: #999">faint words</p>`), "light, 390 px, axe: color-contrast: "],
  ["in the dark alone", (site) => append(site, `<p style="color: #555">faint words</p>`), "dark, 1280 px, axe: color-contrast: "],
  [
    "on a phone alone",
    (site) => append(site, `<style>i { display: none } @media (width < 400px) { i { display: block } }</style>
      <i><input></i>`),
    "light, 390 px, axe: label: ",
  ],
  ["headings that skip a level", (site) => append(site, `<h2>x</h2><h4>y</h4>`), "heading-order: "],
  ["small targets side by side", (site) => append(site, `<button style="all: unset; font-size: 9px">x</button>
    <button style="all: unset; font-size: 9px">y</button>`), "target-size: "],
  [
    "what is wrong when unfolded",
    (site) => append(site, `<details><summary>More</summary><input></details>`),
    "label: ",
  ],
  ["what is wrong when opened", (site) => append(site, `${OPENING}<div id="a" popover><input></div>`), "label: "],
  [
    "what is wrong on a page in many",
    (site) => {
      append(site, `<a href="repos/a/">a</a> <a href="repos/b/">b</a> <a href="repos/c/">c</a>`);
      for (const id of "abc") site[`repos/${id}/index.html`] = page(id, "../../", id === "c" ? `<input>${"c".repeat(90)}` : id);
    },
    "/repos/c/, dark, 1280 px, axe: label: ",
  ],
  ["wrong addresses", (site) => (site["404.html"] = site["404.html"].replace(` lang="en"`, "")), "/404.html, light, 390 px, axe: html-has-lang"],
];

/** What takes a keyboard to be found. */
const PRESSED = [
  ["focus that isn't shown", (site) => append(site, `<style>a { outline: none }</style>`), "nothing shows that the focus is at <a"],
  ["a link that Tab skips", (site) => append(site, `<button tabindex="-1">x</button>`), "Tab doesn't reach <button"],
  ["a control for pointers", (site) => append(site, `<b onclick="history.back()">x</b>`), "Tab doesn't reach <b"],
  ["another order", (site) => append(site, `<button tabindex="5">x</button>`), "out of order"],
  [
    "a trap",
    (site) => append(site, `<input aria-label="x" onkeydown="event.preventDefault()"><a href="archive/">x</a>`),
    "/, by keyboard: Tab doesn't leave <input",
  ],
  [
    "what takes the focus and isn't seen",
    (site) => append(site, `<a href="archive/" style="position: fixed; left: -99em">x</a>`),
    "what has the focus can't be seen",
  ],
  ["no way past the navigation", (site) => replace(site, `<p><a href="#text">To the text</a></p>`, ""), "doesn't lead past the navigation"],
  ["a way that leads nowhere", (site) => replace(site, `<main id="text"`, "<main"), "the first link doesn't lead to #text"],
  [
    "what Escape doesn't close",
    (site) => append(site, `${OPENING}<div id="a" popover="manual">x</div>`),
    "Escape doesn't close",
  ],
  [
    "what a script alone opens",
    (site) => append(site, `<details><summary onclick="event.preventDefault()">More</summary>x</details>`),
    "Enter doesn't unfold",
  ],
];

/** Addresses in full, of files that are read elsewhere. */
const MINE = "https://example.org/signal/";
const CARRIED = [
  ["a feed that leads nowhere", { "feed.xml": `<link href="${MINE}gone/"/>` }, `/feed.xml, addresses in full: leads nowhere: ${MINE}gone/`],
  ["a place that isn't there", { "rss.xml": `<link>${MINE}archive/#gone</link>` }, `no place "gone"`],
  ["a list of pages", { "sitemap.xml": `<loc>${MINE}gone/</loc>` }, "/sitemap.xml, addresses in full"],
  ["text in text", { "feed.json": `{"content_html": "<a href=\\"${MINE}gone/\\">x</a>"}` }, "leads nowhere"],
  ["a relative address in a feed", { "rss.xml": `<d>&lt;a href=&quot;archive/&quot;&gt;x&lt;/a&gt;</d>` }, "a relative address: archive/"],
  ["a relative address in a mail", { "2026-q2/mail.html": `<img src="a.png">` }, "a relative address: a.png"],
  ["a broken line of a mail", { "2026-q2/mail.eml": `<a href=3D"${MINE}ar=\r\nchive/x/">` }, `leads nowhere: ${MINE}archive/x/`],
];
const CARRIED_WELL = {
  "feed.xml": `<link href="${MINE}archive/#first"/><c>&lt;a href="${MINE}"&gt;</c>`,
  "feed.json": `{"content_html": "<a href=\\"${MINE}archive/\\">x</a>"}`,
  "2026-q2/mail.html": `<a href="{{ unsubscribe }}">x</a><a href="mailto:a@example.org">y</a>`,
  "2026-q2/mail.eml": `<a href=3D"${MINE}ar=\r\nchive/">`,
};

const SQUARE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>`;
/** What the Nu checker has to find, by file; the pages are looked at in one go. */
const MARKUP = {
  "nesting.html": [page("x", "", "<ul><p>x</p></ul>"), "Element “p” not allowed as child of element “ul”"],
  "attribute.html": [page("x", "", `<p href="x">x</p>`), "Attribute “href” not allowed on element “p”"],
  "time.html": [page("x", "", `<time datetime="2026-Q1">x</time>`), "Bad value “2026-Q1” for attribute “datetime”"],
  "unclosed.html": [page("x", "", "<section><p>x"), "Unclosed element “section”"],
  "style.css": ["a { colour: red }", "Property “colour” doesn't exist"],
  "drawing.svg": [SQUARE.replace("<rect", `<rect wrong="x"`), "Attribute “wrong” not allowed on element “rect”"],
};

function append(site, html) {
  replace(site, "</main>", `${html}</main>`);
}

function replace(site, from, to) {
  assert.ok(site["index.html"].includes(from));
  site["index.html"] = site["index.html"].replace(from, to);
}

async function written(site, check) {
  const folder = mkdtempSync(join(tmpdir(), "signal-site-"));
  try {
    for (const [file, text] of Object.entries(site)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return await check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function faultsOf(browser, site, gates) {
  return written(site, async (folder) => (await checkSite(browser, folder, { gates })).faults);
}

// node self-test.mjs [WORD]: only those whose name has the word.
const word = process.argv[2] ?? "";
let [passed, failed] = [0, 0];
function expect(name, isTrue, faults) {
  if (isTrue) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`FAIL ${name}: the check said ${JSON.stringify(faults, null, 2)}`);
  }
}

const none = (faults) => [faults.length === 0, faults];

const browser = await launch();
try {
  const faults = await faultsOf(browser, sound());
  expect("a sound site", faults.length === 0, faults);
  const plain = await faultsOf(browser, { ...sound(), "style.css": ":root { color-scheme: light dark }" }, ["walk", "looks"]);
  expect("a sound site in the browser's own colours", plain.length === 0, plain);
  const carried = await faultsOf(browser, { ...sound(), ...CARRIED_WELL }, ["own"]);
  expect("a sound site with feeds and mail", carried.length === 0, carried);
  const put = ([name, files, sentence]) => [name, (site) => Object.assign(site, files), sentence];
  const of = (gates, list) => list.map((seed) => ({ gates, seed }));
  const seeds = [
    ...of(["walk", "looks", "bare"], SEEDS),
    ...of(["axe"], HEARD),
    ...of(["keyboard"], PRESSED),
    ...of(["own"], CARRIED.map(put)),
  ]
    .filter(({ seed: [name] }) => name.includes(word))
    .values();
  const work = async () => {
    for (const { gates, seed: [name, change, sentence] } of seeds) {
      const site = sound();
      change(site);
      const faults = await faultsOf(browser, site, gates);
      expect(name, faults.some((fault) => fault.includes(sentence)), faults);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  const valid = { ...sound(), "drawing.svg": SQUARE };
  expect("sound markup", ...none(await written(valid, markup)));
  const files = Object.entries(MARKUP).map(([file, [text]]) => [file, text]);
  const invalid = await written(Object.fromEntries(files), markup);
  for (const [file, [, sentence]] of Object.entries(MARKUP)) {
    expect(`markup of ${file}`, invalid.some((fault) => fault.startsWith(`/${file}:`) && fault.includes(sentence)), invalid);
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
