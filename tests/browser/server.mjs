// Serves a built site on the loopback, under a path of its own, the way GitHub Pages does.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
  ".yaml": "text/yaml; charset=utf-8",
};

/** The file of `folder` that an address's path names under `mount`; null when there is none. */
export function fileOf(folder, mount, path) {
  if (!path.startsWith(mount)) return null;
  const inner = normalize(decodeURIComponent(path.slice(mount.length)));
  if (inner.startsWith("..") || inner.startsWith(sep)) return null;
  let file = join(folder, inner);
  if (path.endsWith("/")) file = join(file, "index.html");
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

/** The address under which the site is published, with a slash at its end; null when its home page doesn't say. */
export function baseOf(folder) {
  const home = readFileSync(join(folder, "index.html"), "utf8");
  const canonical = home.match(/<link[^>]*rel="?canonical"?[^>]*>/)?.[0].match(/href="?([^"\s>]+)/)?.[1];
  if (!canonical) return null;
  return canonical.endsWith("/") ? canonical : `${canonical}/`;
}

/** Answers for the site's own public address, which the page for wrong addresses uses; nothing else is asked there. */
export async function answerFor(context, folder) {
  const base = baseOf(folder);
  if (!base) return;
  await context.route(`${base}**`, (route) => {
    const file = fileOf(folder, new URL(base).pathname, new URL(route.request().url()).pathname);
    return file ? route.fulfill({ path: file }) : route.abort();
  });
}

/** Starts serving; `base` is the address of the home page. */
export async function serve(folder, mount) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://loopback");
    const file = fileOf(folder, mount, pathname);
    if (file) {
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      createReadStream(file).pipe(response);
    } else if (fileOf(folder, mount, `${pathname}/`)) {
      response.writeHead(301, { location: `${pathname}/` }).end();
    } else {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("not here\n");
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { origin, mount, base: origin + mount, close };
}
