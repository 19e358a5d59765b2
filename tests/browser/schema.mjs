// Drives a language server for YAML over the schemas that `signal schema` writes, as an editor's program does:
// node schema.mjs PUBLICATION SCHEMAS

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node.js";

const [publication, schemas] = process.argv.slice(2).map((path) => resolve(path));
const SCHEMA_OF = {
  "signal.schema.json": "signal.yaml",
  "repos.schema.json": "repos.yaml",
  "people.schema.json": "people.yaml",
  "orgs.schema.json": "orgs.yaml",
  "areas.schema.json": "areas.yaml",
  "profiles.schema.json": "profiles.yaml",
  "rules.schema.json": "rules.yaml",
  "sources.schema.json": "sources.yaml",
  "predictions.schema.json": "predictions-*.yaml",
  "edition.schema.json": "edition-*.yaml",
  "page.schema.json": "page-*.yaml",
  "theme.schema.json": "theme.yaml",
};

/** A server that knows the schemas. */
async function start() {
  const server = join(dirname(fileURLToPath(import.meta.url)), "node_modules/.bin");
  const child = spawn(process.execPath, [join(server, "yaml-language-server"), "--stdio"]);
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting = new Map();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => waiting.get(uri)?.(diagnostics));
  const mapping = Object.entries(SCHEMA_OF).map(([name, of]) => [pathToFileURL(join(schemas, name)).href, of]);
  const settings = {
    yaml: { schemas: Object.fromEntries(mapping), validate: true, completion: true, schemaStore: { enable: false } },
  };
  connection.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => settings[section] ?? {}));
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } }, workspace: { configuration: true } },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings });
  let version = 0;
  const open = (name, text) => {
    const uri = `file:///publication/${++version}/${name}`;
    const said = new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`no answer about ${name}`)), 20_000);
      waiting.set(uri, (diagnostics) => {
        clearTimeout(timer);
        done(diagnostics);
      });
    });
    connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
    return { uri, said };
  };
  return {
    /** What the server has against a file. */
    faults: async (name, text) => (await open(name, text).said).map(({ message, range }) => `${range.start.line + 1}: ${message}`),
    /** What it would complete where `|` stands. */
    completions: async (name, marked) => {
      const [before] = marked.split("|");
      const { uri, said } = open(name, marked.replace("|", ""));
      await said;
      const lines = before.split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1).length };
      const answer = await connection.sendRequest("textDocument/completion", { textDocument: { uri }, position });
      return (answer.items ?? answer).map(({ label }) => label);
    },
    end: () => {
      connection.dispose();
      child.kill();
    },
  };
}

const matter = (text) => text.split(/^---\s*$/m)[1];
const read = (...path) => readFileSync(join(publication, ...path), "utf8");
const files = (folder, ending) => readdirSync(join(publication, folder)).filter((name) => name.endsWith(ending));

const server = await start();
let passed = 0;
const check = async (what, run) => {
  await run();
  passed += 1;
  console.log(`ok ${what}`);
};
try {
  const shipped = [
    ["signal.yaml", read("signal.yaml")],
    ...files("data", ".yaml").map((name) => [name, read("data", name)]),
    ...files("content/predictions", ".yaml").map((name) => [`predictions-${name}`, read("content/predictions", name)]),
    ...files("content/editions", ".md").map((name) => [`edition-${name}.yaml`, matter(read("content/editions", name))]),
    ...files("content/pages", ".md").map((name) => [`page-${name}.yaml`, matter(read("content/pages", name))]),
    ["theme.yaml", read("themes/signal/theme.yaml")],
  ];
  for (const [name, text] of shipped) {
    await check(`nothing is wrong with ${name}`, async () => assert.deepEqual(await server.faults(name, text), []));
  }
  const wrong = [
    ["an unknown setting", "signal.yaml", "title: A\ntitel: B\n", /2: .*titel/],
    ["a wrong type", "signal.yaml", "title: A\nperiods: 3\n", /2: Incorrect type/],
    ["a wrong period", "signal.yaml", "periods: {from: 2023-Q5, to: 2024-Q1}\n", /1: .*pattern/],
    ["a missing setting", "signal.yaml", "title: A\n", /1: Missing property/],
    ["an unknown key of a repository", "repos.yaml", "categories:\n- slug: a\n  title: A\n  repos:\n  - id: a\n    ulr: b\n", /6: .*ulr/],
    ["a misspelt draft", "edition-a.yaml", "title: A\nsummary: B\ndarft: true\n", /3: .*darft/],
    ["a draft that is no truth value", "edition-a.yaml", "title: A\nsummary: B\ndraft: maybe\n", /3: Incorrect type/],
    ["a probability in words", "predictions-a.yaml", "edition: 2024-Q1\nstated_on: 2024-04-01\npredictions:\n- id: a\n  statement: B\n  due: 2024-Q2\n  probability: high\n", /7: Incorrect type/],
    ["a key that is none", "people.yaml", "withdrawn: [ada]\n", /1: .*pattern/],
    ["a kind of file that is none", "rules.yaml", "kinds:\n- kind: magic\n  paths: [a/]\n", /2: Value must be "implementation"/],
  ];
  for (const [what, name, text, expected] of wrong) {
    await check(`${what} is told`, async () => assert.match((await server.faults(name, text)).join("\n"), expected));
  }
  const categories = [...read("data/repos.yaml").matchAll(/^- slug: (\S+)/gm)].map(([, slug]) => slug);
  const complete = [
    ["settings", "signal.yaml", "title: A\nper|", ["periods"]],
    ["themes", "signal.yaml", "theme: |", ["signal", "plain"]],
    ["keys of a repository", "repos.yaml", "categories:\n- slug: a\n  title: A\n  repos:\n  - id: a\n    |", ["url", "aliases", "shallow_since"]],
    ["places of a profile", "profiles.yaml", "profiles:\n- slug: a\n  in:\n  - |", categories.map((slug) => `category:${slug}`)],
    ["areas of a profile", "profiles.yaml", "profiles:\n- slug: a\n  areas:\n  - |", ["attention", "kernels"]],
    ["metrics of a test", "predictions-a.yaml", "predictions:\n- id: a\n  test: |", ["corpus().contributors >= 0", "corpus().absence_factor >= 0"]],
    ["repositories of a test, by alias", "predictions-a.yaml", "predictions:\n- id: a\n  test: |", ['repo("ExecuTorch").contributors >= 0']],
    ["front matter", "edition-a.yaml", "title: A\n|", ["summary", "embargo", "corrections"]],
    ["parts to leave out", "edition-a.yaml", "title: A\nwithout:\n- |", ["categories", "quiet-corners"]],
  ];
  for (const [what, name, text, expected] of complete) {
    await check(`${what} are completed`, async () => {
      const labels = await server.completions(name, text);
      const missing = expected.filter((label) => !labels.some((one) => one.replaceAll(/^['"]|['"]$/g, "").replaceAll('\\"', '"') === label));
      assert.deepEqual(missing, [], `offered: ${labels.slice(0, 20).join(", ")}`);
    });
  }
} finally {
  server.end();
}
console.log(`schemas: ${passed} passed`);
