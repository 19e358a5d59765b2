// node serve.mjs PROGRAM: seeds the faults of publishing, one at a time, into a small publication that `PROGRAM serve`
// shows in a browser. Each has to take the page's place with its file, line and what to do, and to go once it is mended,
// without anybody reloading the page. Exit code 1 when anything is otherwise.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { launch } from "./browser.mjs";

const [given] = process.argv.slice(2);
if (!given) {
  console.error("usage: node serve.mjs PROGRAM, where PROGRAM is `signal`");
  process.exit(2);
}
const program = resolve(given);
const root = mkdtempSync(join(tmpdir(), "signal-serve-"));
const read = (file) => readFileSync(join(root, file), "utf8");
const write = (file, text) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const EDITION = "content/editions/2024-q2.md";
const STATED = "content/predictions/2024-q1.yaml";

function git(...words) {
  const env = { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", ["-C", join(root, "repos/a"), ...words], { env: { ...env, ...git.as }, stdio: "pipe" });
}

function commit(name, day) {
  const when = `${day}T12:00:00Z`;
  const [author, mail] = [name, `${name.toLowerCase()}@example.org`];
  git.as = { GIT_AUTHOR_NAME: author, GIT_AUTHOR_EMAIL: mail, GIT_AUTHOR_DATE: when };
  Object.assign(git.as, { GIT_COMMITTER_NAME: author, GIT_COMMITTER_EMAIL: mail, GIT_COMMITTER_DATE: when });
  git("commit", "--quiet", "--allow-empty", "--message", "x");
}

const signal = (...words) =>
  execFileSync(program, ["--root", root, ...words], { stdio: "pipe", env: { ...process.env, SOURCE_DATE_EPOCH: "1721000000" } });

/** Three quarters of a repository, two editions, the first of them sealed with a prediction. */
function publication() {
  mkdirSync(join(root, "repos/a"), { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  const people = ["Ada", "Bob", "Cleo", "Dan", "Eve"];
  const days = ["2023-05-01", "2023-08-01", "2023-11-01", "2024-02-01", "2024-05-01"];
  days.forEach((day, at) => people.slice(0, at + 1).forEach((name) => commit(name, day)));
  write(
    "signal.yaml",
    "title: Small\nbase_url: https://example.org/small/\nperiods: {from: 2023-Q2, to: 2024-Q2}\nas_of: 2024-07-05\n" +
      "identity: {key: a key that is only for tests, public: true}\ndepth: lines\n" +
      "mail: {sender: plain, from: desk@report.example, unsubscribe: 'https://report.example/leave', postal_address: 1 Example Street}\n",
  );
  write("data/repos.yaml", "categories:\n- slug: all\n  title: All of it\n  repos:\n  - {id: a, path: repos/a}\n");
  write(
    "content/editions/2024-q1.md",
    "---\ntitle: The first\nsummary: It began.\npublished_on: 2024-04-10\n---\n\n{{ corpus().commits }} commits.\n",
  );
  write(
    STATED,
    "edition: 2024-Q1\nstated_on: 2024-04-10\npredictions:\n- id: more\n  statement: More people.\n  due: 2024-Q2\n" +
      "  probability: 0.6\n  test: corpus().contributors > 2\n",
  );
  write(
    EDITION,
    "---\ntitle: The second\nsummary: It went on.\n---\n\n{{ corpus().contributors }} people, {{ corpus().at(\"2024-Q1\").lines_added }} lines, see [below](#all).\n\n" +
      "<details><summary>More</summary>\n\nHidden words.\n\n</details>\n\n## All of it {#all}\n\n" +
      Array.from({ length: 60 }, () => "Plain words.\n\n").join(""),
  );
  signal("mine", "--quiet");
  signal("seal", "2024-Q1");
}

const edit = (file, from, to) => () => {
  const text = read(file);
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  write(file, text.replace(from, to));
};
const say = (text) => edit(EDITION, "## All of it", `${text}\n\n## All of it`);
const template = (name, to) => () => {
  write(`overrides/templates/${name}`, to);
};
const BASE = readFileSync(new URL("../../themes/signal/templates/base.html", import.meta.url), "utf8");

/** The faults of publishing: what to write, the place that has to be named, and a part of what has to be said. */
const SEEDS = [
  ["a misspelt setting", edit("signal.yaml", "title:", "titel:"), "signal.yaml:1:1", "there is no setting `titel`"],
  ["a wrong type in front matter", edit(EDITION, "summary:", "draft: perhaps\nsummary:"), `${EDITION}:3:`, "`true` or `false`"],
  ["bad indentation", edit("data/repos.yaml", "  repos:", "   repos:"), "data/repos.yaml:4:", "indentation"],
  ["an undefined variable", say("{{ korpus().commits }}"), `${EDITION}:14:4`, "korpus"],
  [
    "an undefined variable in a partial",
    template("shelf.html", "<ul>\n<li>{{ edition.titel }}</li>\n</ul>\n"),
    "overrides/templates/shelf.html:2:",
    "is undefined",
  ],
  ["an unknown metric", say("{{ corpus().comits }}"), `${EDITION}:14:`, "did you mean `commits`?"],
  ["an unknown repository", say("{{ repo(\"b\").commits }}"), `${EDITION}:14:`, "no tracked repository is called `b`"],
  ["an unknown category", say("{{ category(\"al\").commits }}"), `${EDITION}:14:`, "did you mean `all`?"],
  ["a missing snapshot", () => rmSync(join(root, "data/snapshots/2024-Q1/a.yaml")), `${EDITION}:6:`, "lines_added"],
  ["a missing history", () => rmSync(join(root, "data/history/a.yaml")), "data/repos.yaml:5:", "was never mined"],
  ["a broken link", say("[There](../archiv/)"), `${EDITION}:14:`, "nothing is there"],
  [
    "a broken link in a template",
    template("base.html", BASE.replace("</footer>", `<a href="{{ link("nowhere/") }}">x</a></footer>`)),
    "overrides/templates/base.html:",
    "nothing is there",
  ],
  ["a broken anchor", say("[There](#al)"), `${EDITION}:14:`, "has no anchor `al`"],
  [
    "two pages for one address",
    () => write("content/pages/archive.md", "---\ntitle: Mine\n---\n\nText.\n"),
    "content/pages/archive.md",
    "the address `archive/` is taken",
  ],
  ["an unclosed brace", say("{{ corpus().commits"), `${EDITION}:14:`, "}}"],
  ["a path that ignores the mount", say("[There](/archive/)"), `${EDITION}:14:`, "/archive/"],
  ["an image without words", say("![](../files/x.png)"), `${EDITION}:14:`, "alternative text"],
  ["a number that the data don't bear out", say("All of it had 77 contributors."), `${EDITION}:14:`, "77"],
  ["a superlative that is false", say("All of it had the fewest contributors on record."), `${EDITION}:14:`, ""],
  [
    "what is no number in the data of a chart",
    () => {
      const file = "data/snapshots/2024-Q2/a.yaml";
      write(file, read(file).replace(/^reworked_files: .*$/m, "reworked_files: .nan"));
    },
    "data/snapshots/2024-Q2/a.yaml:",
    "signal mine --fresh --repo a",
  ],
  [
    "a relative address in a feed",
    say('<p><a href="https://example.org/" ping="count/">x</a></p>'),
    `${EDITION}:14:`,
    "the feeds have the relative address `count/`",
  ],
  [
    "a mail that is too large",
    edit(EDITION, "## All of it {#all}\n", `## All of it {#all}\n\n${`${"Many words. ".repeat(60)}\n\n`.repeat(170)}`),
    `${EDITION}:14:1`,
    "longer than 100.0 kB",
  ],
  ["a sealed prediction that was edited", edit(STATED, "0.6", "0.9"), `${STATED}:`, "sealed"],
];

const faults = [];
let passed = 0;
const expect = (name, isTrue, seen) => {
  if (isTrue) passed += 1;
  else faults.push(`FAIL ${name}: ${seen}`);
};

/** All files that a site is made from. */
function all() {
  const within = (folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name));
  const folders = ["content", "data", "overrides"].filter((folder) => existsSync(join(root, folder)));
  const files = ["signal.yaml", ...folders.flatMap(within)].filter((file) => statSync(join(root, file)).isFile());
  return new Map(files.map((file) => [file, read(file)]));
}

/** Writes what is another, as an editor does: beside its place, and moved there. */
function mend(sound) {
  const now = all();
  for (const file of now.keys()) if (!sound.has(file)) rmSync(join(root, file));
  for (const [file, text] of sound) {
    if (now.get(file) === text) continue;
    write(`${file}~`, text);
    renameSync(join(root, `${file}~`), join(root, file));
  }
}

publication();
const server = spawn(program, ["--root", root, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
const home = await new Promise((done) => server.stdout.once("data", (line) => done(`${line}`.split(" ")[0])));
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  const broken = [];
  page.on("pageerror", (error) => broken.push(String(error)));
  await page.goto(`${home}2024-q2/`);
  // Would be lost with a reload.
  await page.evaluate(() => (window.isTheSame = true));

  // A word changes in its place: what was open and in view stays so.
  await page.evaluate(() => {
    document.querySelector("main details, details").open = true;
    scrollTo(0, 900);
  });
  write(EDITION, read(EDITION).replace("Hidden words.", "Hidden and changed words."));
  await page.waitForFunction(() => document.body.textContent.includes("Hidden and changed words."));
  const kept = await page.evaluate(() => [scrollY, document.querySelector("details").open, window.isTheSame]);
  expect("a word changes in its place", JSON.stringify(kept) === "[900,true,true]", kept);

  const isFault = () => page.waitForFunction(() => "fault" in document.documentElement.dataset, null, { timeout: 20_000 });
  const isMended = () => page.waitForFunction(() => !("fault" in document.documentElement.dataset), null, { timeout: 20_000 });
  for (const [name, seed, place, words] of SEEDS) {
    const sound = all();
    try {
      seed();
      await isFault();
      const text = await page.evaluate(() => document.body.innerText);
      expect(`${name} shows`, text.includes(place) && text.includes(words), text);
    } catch (error) {
      expect(`${name} shows`, false, error);
    }
    mend(sound);
    try {
      await isMended();
      const state = await page.evaluate(() => [document.title, scrollY, window.isTheSame]);
      expect(`${name} goes`, JSON.stringify(state) === `["The second · Small",900,true]`, state);
    } catch (error) {
      expect(`${name} goes`, false, error);
    }
  }
  expect("no script fails", broken.length === 0, broken);
} finally {
  await browser.close();
  server.kill();
  rmSync(root, { recursive: true });
}
faults.forEach((fault) => console.log(fault));
console.log(`${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;
