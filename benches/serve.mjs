// How long it takes from the write of a file to the changed byte served.
//
//   node benches/serve.mjs PROGRAM [PUBLICATION] [TIMES]
//
// Copies a publication to a temporary folder, takes the seal off its newest edition, so that its words may change, and
// starts `PROGRAM serve` there. Then changes one thing at a time, TIMES times over: a word of the newest edition, a number
// in a mined file of its quarter, the base template. The clock runs from just before the file is written until a page
// asked for over HTTP shows the change; it is asked for when the server says that there is something new.

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [program, publication = ".", times = "9"] = process.argv.slice(2);
if (!program) {
  console.error("usage: node benches/serve.mjs PROGRAM [PUBLICATION] [TIMES]");
  process.exit(2);
}

const root = mkdtempSync(join(tmpdir(), "signal-serve-"));
for (const name of ["content", "data", "overrides", "themes", "signal.yaml"]) {
  if (existsSync(join(publication, name))) cpSync(join(publication, name), join(root, name), { recursive: true });
}
const editions = readdirSync(join(root, "content/editions")).filter((name) => name.endsWith(".md")).sort();
const slug = editions.at(-1).slice(0, -3);
rmSync(join(root, `content/editions/${slug}.lock.yaml`), { force: true });
const snapshots = join("data/snapshots", slug.toUpperCase());
const [snapshot] = readdirSync(join(root, snapshots)).filter((name) => edited(join(snapshots, name)));

/** The number that is changed in a mined file. */
function edited(file) {
  return /^reworked_files: (\d+)$/m.exec(readFileSync(join(root, file), "utf8"));
}

const fetched = (url) =>
  new Promise((done, failed) => {
    const request = get(url, { agent: false }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece)).on("end", () => done(Buffer.concat(pieces).toString()));
    });
    request.on("error", failed);
  });

const server = spawn(resolve(program), ["--root", root, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
const home = await new Promise((done) => server.stdout.once("data", (line) => done(`${line}`.split(" ")[0])));
const origin = new URL(home).origin;
const shown = /data-shown="(\d+)"/.exec(await fetched(home))[1];

// Whoever waits for the next event.
let tell = () => {};
get(`${origin}/.signal/events?${shown}`, { agent: false }, (answer) =>
  answer.on("data", (text) => `${text}`.includes("data:") && tell()),
);

/** Milliseconds from the write until a page shows it. */
async function latency(file, text, page, isChanged) {
  let next = new Promise((done) => (tell = done));
  const began = performance.now();
  writeFileSync(join(root, file), text);
  for (;;) {
    await next;
    next = new Promise((done) => (tell = done));
    if (isChanged(await fetched(home + page))) return performance.now() - began;
  }
}

const word = (at) => `quietly${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + Math.floor(at / 26))}`;
const edition = `content/editions/${slug}.md`;
const base = "themes/signal/templates/base.html";
const [edits, digest] = [{}, /[0-9a-f]{16}/g];

edits["a word of prose"] = (at) => {
  const text = readFileSync(join(root, edition), "utf8");
  const said = /quietly[a-z]{2}/.test(text)
    ? text.replace(/quietly[a-z]{2}/, word(at))
    : `${text.trimEnd()}\n\nNobody said it ${word(at)}.\n`;
  return [edition, said, `${slug}/`, (page) => page.includes(word(at))];
};
edits["a mined file"] = async () => {
  const file = join(snapshots, snapshot);
  const text = readFileSync(join(root, file), "utf8");
  const before = `${(await fetched(`${home}data/`)).match(digest)}`;
  const count = Number(edited(file)[1]);
  const more = text.replace(/^reworked_files: \d+$/m, `reworked_files: ${count + 1}`);
  return [file, more, "data/", (page) => `${page.match(digest)}` !== before];
};
edits["the base template"] = (at) => {
  const text = readFileSync(join(root, base), "utf8").replace(/<!-- \w+ -->\n/, "");
  return [base, text.replace("</body>", `<!-- ${word(at)} -->\n</body>`), `${slug}/`, (page) => page.includes(word(at))];
};

try {
  console.log("| changed | median ms | least | most |\n|---|---:|---:|---:|");
  for (const [name, edit] of Object.entries(edits)) {
    const took = [];
    for (let at = 0; at < Number(times); at += 1) {
      took.push(await latency(...(await edit(at))));
      await new Promise((done) => setTimeout(done, 200));
    }
    took.sort((a, b) => a - b);
    const print = (value) => value.toFixed(0);
    console.log(`| ${name} | ${print(took[Math.floor(took.length / 2)])} | ${print(took[0])} | ${print(took.at(-1))} |`);
  }
} finally {
  server.kill();
  rmSync(root, { recursive: true });
}
process.exit(0);
