// The same as serve.mjs for `hugo server` and `zola serve`: one word of a page changes, in a site of as many pages of plain
// words.
//
//   node benches/serve-others.mjs hugo|zola [PROGRAM] [PAGES] [TIMES]
//
// Its pages have no figures, no charts and no check, so that this is what a preview takes that has little to do. A page is
// asked for again and again until it shows the change.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [kind = "hugo", program = kind, pages = "110", times = "9"] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), `signal-${kind}-`));
const write = (file, text) => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
};
const port = `${20_000 + (process.pid % 20_000)}`;
const head = (title) => `<!doctype html><html><head><title>${title}</title></head><body><main>`;
const foot = "</main></body></html>\n";
const words = "Plain words that say nothing at all, *one* after the [other](../1/). ".repeat(8);
const text = (at, word) => `## A heading\n\n${`${words}\n\n`.repeat(12)}\n\nSaid ${word}.\n`;

const kinds = {
  hugo: {
    site() {
      write("config.toml", 'baseURL = "http://localhost/"\ntitle = "Words"\n');
      write("layouts/_default/single.html", `${head("{{ .Title }}")}{{ .Content }}${foot}`);
      const links = '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}';
      write("layouts/_default/list.html", `${head("{{ .Title }}")}${links}${foot}`);
    },
    page: (at, word) => `---\ntitle: Page ${at}\n---\n\n${text(at, word)}`,
    command: ["server", "--source", root, "--bind", "127.0.0.1", "--port", port],
  },
  zola: {
    site() {
      write("config.toml", 'base_url = "http://localhost"\ntitle = "Words"\n');
      write("content/posts/_index.md", '+++\ntitle = "Posts"\n+++\n');
      write("templates/page.html", `${head("{{ page.title }}")}{{ page.content | safe }}${foot}`);
      const links = '{% for page in section.pages %}<a href="{{ page.path }}">{{ page.title }}</a>{% endfor %}';
      write("templates/section.html", `${head("{{ section.title }}")}${links}${foot}`);
      write("templates/index.html", `${head("{{ config.title }}")}${foot}`);
    },
    page: (at, word) => `+++\ntitle = "Page ${at}"\n+++\n\n${text(at, word)}`,
    command: ["--root", root, "serve", "--interface", "127.0.0.1", "--port", port, "--output-dir", join(root, "out"), "--force"],
  },
};
const tool = kinds[kind];
tool.site();
for (let at = 1; at <= Number(pages); at += 1) write(`content/posts/${at}.md`, tool.page(at, "nothing"));

const server = spawn(program, tool.command, { stdio: "ignore" });
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
    write("content/posts/1.md", tool.page(1, word));
    await until(word);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const print = (value) => value.toFixed(0);
  console.log(`| ${kind}, a word of ${pages} pages | ${print(took[Math.floor(took.length / 2)])} | ${print(took[0])} | ${print(took.at(-1))} |`);
} finally {
  server.kill();
  rmSync(root, { recursive: true });
}
process.exit(0);
