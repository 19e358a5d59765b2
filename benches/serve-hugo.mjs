// The same as serve.mjs for `hugo server`: one word of a page changes, in a site of as many pages of plain words.
//
//   node benches/serve-hugo.mjs [HUGO] [PAGES] [TIMES]
//
// Its pages have no figures, no charts and no check, so that this is what a preview takes that has little to do. A page is
// asked for again and again until it shows the change.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [hugo = "hugo", pages = "110", times = "9"] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), "signal-hugo-"));
const write = (file, text) => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
};
const html = "<!doctype html><html><head><title>{{ .Title }}</title></head><body><main>";
write("config.toml", 'baseURL = "http://localhost/"\ntitle = "Words"\n');
write("layouts/_default/single.html", `${html}{{ .Content }}</main></body></html>\n`);
write("layouts/_default/list.html", `${html}{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</main></body></html>\n`);
const words = "Plain words that say nothing at all, *one* after the [other](../1/). ".repeat(8);
const page = (at, word) => `---\ntitle: Page ${at}\n---\n\n## A heading\n\n${`${words}\n\n`.repeat(12)}\n\nSaid ${word}.\n`;
for (let at = 1; at <= Number(pages); at += 1) write(`content/posts/${at}.md`, page(at, "nothing"));

const port = 20_000 + (process.pid % 20_000);
const server = spawn(hugo, ["server", "--source", root, "--bind", "127.0.0.1", "--port", `${port}`], { stdio: "ignore" });
const fetched = () =>
  new Promise((done) => {
    const request = get(`http://127.0.0.1:${port}/posts/1/`, { agent: false }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece)).on("end", () => done(Buffer.concat(pieces).toString()));
    });
    request.on("error", () => done(""));
  });
const until = async (word) => {
  for (;;) {
    if ((await fetched()).includes(word)) return;
    await new Promise((done) => setTimeout(done, 1));
  }
};

try {
  await until("Said nothing");
  const took = [];
  for (let at = 0; at < Number(times); at += 1) {
    await new Promise((done) => setTimeout(done, 1500));
    const word = `quietly${at}`;
    const began = performance.now();
    write("content/posts/1.md", page(1, word));
    await until(word);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const print = (value) => value.toFixed(0);
  console.log(`| hugo, a word of ${pages} pages | ${print(took[Math.floor(took.length / 2)])} | ${print(took[0])} | ${print(took.at(-1))} |`);
} finally {
  server.kill();
  rmSync(root, { recursive: true });
}
process.exit(0);
