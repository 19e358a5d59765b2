// Seeds one fault at a time into a tiny site, to know that the check finds each of them and nothing else.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { launch } from "./browser.mjs";
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
<body><main><h1>${title}</h1>${body}</main></body></html>`;

const DRAWING = `<svg role="img" viewBox="0 0 40 10"><title>A trend</title>
  <text y="9" fill="currentColor">1</text></svg>`;

/** A site with nothing wrong. */
const sound = () => ({
  "style.css": STYLE,
  "index.html": page("Home", "", `<p>See <a href="archive/#first">the archive</a>.</p><small>Small</small>${DRAWING}`),
  "archive/index.html": page("Archive", "../", `<p id="first"><a href="../">Home</a></p>`),
  "404.html": `<title>Not here</title><a href="https://example.org/signal/archive/">The archive</a>`,
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

function append(site, html) {
  replace(site, "</main>", `${html}</main>`);
}

function replace(site, from, to) {
  assert.ok(site["index.html"].includes(from));
  site["index.html"] = site["index.html"].replace(from, to);
}

async function faultsOf(browser, site) {
  const folder = mkdtempSync(join(tmpdir(), "signal-site-"));
  try {
    for (const [file, text] of Object.entries(site)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return (await checkSite(browser, folder)).faults;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let [passed, failed] = [0, 0];
function expect(name, isTrue, faults) {
  if (isTrue) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`FAIL ${name}: the check said ${JSON.stringify(faults, null, 2)}`);
  }
}

const browser = await launch();
try {
  const faults = await faultsOf(browser, sound());
  expect("a sound site", faults.length === 0, faults);
  const plain = await faultsOf(browser, { ...sound(), "style.css": ":root { color-scheme: light dark }" });
  expect("a sound site in the browser's own colours", plain.length === 0, plain);
  const seeds = SEEDS.values();
  const work = async () => {
    for (const [name, seed, sentence] of seeds) {
      const site = sound();
      seed(site);
      const faults = await faultsOf(browser, site);
      expect(name, faults.some((fault) => fault.includes(sentence)), faults);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
