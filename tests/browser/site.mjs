// Walks a built site with a browser and checks every page that can be reached from its home page.

import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { accessible } from "./axe.mjs";
import { addresses, contrast, overflow, structure } from "./inside.mjs";
import { keyboard } from "./keyboard.mjs";
import { EDITION, ofEachKind } from "./kinds.mjs";
import { ownAddresses } from "./own.mjs";
import { Report } from "./report.mjs";
import { baseOf, fileOf, serve } from "./server.mjs";

const PHONES = [360, 390];
const DESK = 1280;
// A desk at 200 % zoom, and a sheet of A4 between its margins.
const ZOOMED = DESK / 2;
const SHEET = 672;
// An edition with all that it loads, and what a theme may weigh.
const HEAVIEST = { edition: 300_000, ".css": 30_000, ".js": 15_000 };
const SCHEMES = ["light", "dark"];

/** What is checked of the pages that are found; finding them checks links, structure, weight and scripts anyway. */
const GATES = ["walk", "looks", "bare", "axe", "keyboard", "own"];

/**
 * Checks the site in `folder`; puts pictures into `screenshots` when given. Without `walk` it is walked under one path
 * and what that shows isn't told.
 */
export async function checkSite(browser, folder, { screenshots, gates = GATES } = {}) {
  const report = new Report();
  const wants = (gate) => gates.includes(gate);
  for (const mount of wants("walk") ? ["/", "/signal/"] : ["/"]) {
    const server = await serve(folder, mount);
    try {
      const pages = await crawl(browser, server, folder, wants("walk") ? report : new Report());
      if (mount !== "/") continue;
      if (wants("looks")) await looks(browser, server, pages, report);
      if (wants("bare")) await withoutScript(browser, server, pages, report);
      const kinds = ofEachKind(folder, mount, pages);
      if (wants("axe")) await accessible(browser, server, folder, kinds, report);
      if (wants("keyboard")) await keyboard(browser, server, folder, kinds, report);
      if (screenshots) {
        await draw(browser, server, pages, screenshots);
        await portraits(browser, server, pages, screenshots);
      }
    } finally {
      await server.close();
    }
  }
  if (wants("walk")) report.check("/404.html", notFound(folder));
  if (wants("own")) ownAddresses(folder, report);
  return report;
}

/** Visits every page from the home page on; returns their paths below the mount. */
async function crawl(browser, server, folder, report) {
  const context = await browser.newContext({ viewport: { width: DESK, height: 900 } });
  const page = await context.newPage();
  let troubles = [];
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    troubles.push(`the console says: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => troubles.push(`a script fails: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== server.origin) {
      troubles.push(`the page asks another host: ${url.href}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} for ${new URL(response.url()).pathname}`);
  });

  const targets = new Map();
  const anchors = [];
  const seen = new Set([server.mount]);
  const queue = [server.mount];
  while (queue.length > 0) {
    const path = queue.shift();
    troubles = [];
    await page.goto(server.origin + path, { waitUntil: "load" });
    const name = `${path} under ${server.mount}`;
    report.check(`${name}, structure`, await page.evaluate(structure));
    const found = await page.evaluate(addresses);
    targets.set(path, new Set(found.targets));
    const links = [];
    for (const address of [...found.parts, ...found.leads]) {
      const url = new URL(address);
      if (url.protocol === "broken:") links.push(`an address can't be read: ${address.slice("broken:".length)}`);
      if (url.origin !== server.origin) continue;
      if (!url.pathname.startsWith(server.mount)) {
        links.push(`leads out of the site's own path: ${url.pathname}`);
        continue;
      }
      const file = fileOf(folder, server.mount, url.pathname);
      if (!file) {
        links.push(`leads nowhere: ${url.pathname}`);
        continue;
      }
      if (!file.endsWith(".html")) continue;
      if (url.hash) anchors.push({ from: name, path: url.pathname, id: decodeURIComponent(url.hash.slice(1)) });
      if (!seen.has(url.pathname)) {
        seen.add(url.pathname);
        queue.push(url.pathname);
      }
    }
    report.check(`${name}, links`, links);
    report.check(`${name}, weight`, weight(folder, server, path, found.parts));
    report.check(`${name}, requests and scripts`, troubles);
  }
  const isPlace = (path, id) => !id || id === "top" || id.startsWith(":~:") || targets.get(path).has(id);
  const lost = anchors.filter(({ path, id }) => !isPlace(path, id));
  for (const { from, path, id } of lost) report.check(`${from}, anchors`, [`no place "${id}" on ${path}`]);
  if (lost.length === 0) report.check(`anchors under ${server.mount}`, []);
  await context.close();
  return [...seen];
}

/** What is too heavy: an edition with its parts, a style, a script. */
function weight(folder, server, path, parts) {
  const paths = parts.map((address) => new URL(address)).filter((url) => url.origin === server.origin);
  const files = new Set(paths.map((url) => fileOf(folder, server.mount, url.pathname)).filter((file) => file));
  const faults = [];
  let sum = statSync(fileOf(folder, server.mount, path)).size;
  for (const file of files) {
    const { size } = statSync(file);
    sum += size;
    const most = HEAVIEST[extname(file)];
    if (most && size > most) faults.push(`${file.slice(folder.length)} has ${size} bytes, and may have ${most}`);
  }
  const isEdition = EDITION.test(path);
  if (isEdition && sum > HEAVIEST.edition) faults.push(`an edition may have ${HEAVIEST.edition} bytes, not ${sum}`);
  return faults;
}

/** Widths of phones and contrast, light and dark; zoomed; printed. */
async function looks(browser, server, pages, report) {
  const brightness = {};
  for (const colorScheme of SCHEMES) {
    const context = await browser.newContext({ colorScheme, viewport: { width: DESK, height: 900 } });
    const page = await context.newPage();
    for (const path of pages) {
      await page.setViewportSize({ width: DESK, height: 900 });
      await page.goto(server.origin + path, { waitUntil: "load" });
      const seen = await page.evaluate(contrast);
      report.check(`${path}, ${colorScheme}, contrast`, seen.faults);
      brightness[colorScheme] ??= seen.brightness;
      for (const width of PHONES) {
        await page.setViewportSize({ width, height: 800 });
        // What overflows doesn't depend on colours.
        if (colorScheme === "light") report.check(`${path}, ${width} px`, await page.evaluate(overflow));
      }
      if (colorScheme === "dark") continue;
      await page.setViewportSize({ width: ZOOMED, height: 400 });
      report.check(`${path}, zoomed`, await page.evaluate(overflow));
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: SHEET, height: 970 });
      report.check(`${path}, printed`, await page.evaluate(overflow));
      await page.emulateMedia({ media: null });
    }
    await context.close();
  }
  const isDarker = brightness.dark < brightness.light;
  report.check("dark mode", isDarker ? [] : ["the home page is no darker in dark mode"]);
}

/** Whether a page can be read when no script runs. */
async function withoutScript(browser, server, pages, report) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  for (const path of pages) {
    await page.goto(server.origin + path, { waitUntil: "load" });
    const isReadable = await page.locator("h1").first().isVisible();
    report.check(`${path}, without scripts`, isReadable ? [] : ["the first heading can't be seen"]);
    report.check(`${path}, explanations`, await explanation(page));
  }
  await context.close();
}

/** Whether what a figure in the text opens can be opened, and is there. */
async function explanation(page) {
  const missing = await page.$$eval("[popovertarget]", (buttons) => {
    const lost = buttons.filter((button) => !button.popoverTargetElement);
    return lost.map((button) => `a figure opens nothing: ${button.textContent}`);
  });
  const figure = page.locator("[popovertarget]:visible").first();
  if (missing.length > 0 || (await figure.count()) === 0) return missing;
  // One that can't be clicked doesn't open.
  await figure.click({ timeout: 2_000 }).catch(() => {});
  const isOpen = await page.locator(":popover-open").isVisible();
  return isOpen ? [] : [`a figure doesn't open: ${await figure.textContent()}`];
}

/** Pictures of the pages that people look at first. */
async function draw(browser, server, pages, into) {
  mkdirSync(into, { recursive: true });
  const edition = pages.filter((path) => EDITION.test(path)).sort().at(-1);
  const archive = pages.find((path) => path.endsWith("/archive/"));
  const wanted = Object.entries({ home: server.mount, edition, archive }).filter(([, path]) => path);
  for (const colorScheme of SCHEMES) {
    for (const width of [DESK, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      for (const [name, path] of wanted) {
        await page.goto(server.origin + path, { waitUntil: "load" });
        await page.screenshot({ path: join(into, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      await context.close();
    }
  }
}

/** What the README shows: each small, and no more than the top of a page. */
async function portraits(browser, server, pages, into) {
  const edition = pages.filter((path) => EDITION.test(path)).sort().at(-1);
  const category = pages.find((path) => path.endsWith("/categories/kernels/"));
  const wanted = [
    { name: "edition", path: edition, width: DESK, height: 1300, scale: 0.6, colorScheme: "light" },
    { name: "category", path: category, width: DESK, height: 1300, scale: 0.5, colorScheme: "dark" },
    { name: "phone", path: edition, width: 390, height: 844, scale: 0.75, colorScheme: "light", at: "#kernels" },
    { name: "phone-dark", path: edition, width: 390, height: 844, scale: 0.75, colorScheme: "dark", at: "#moving figure" },
  ];
  for (const { name, path, width, height, scale, colorScheme, at } of wanted.filter(({ path }) => path)) {
    const viewport = { width, height };
    const context = await browser.newContext({ colorScheme, viewport, deviceScaleFactor: scale });
    const page = await context.newPage();
    await page.goto(server.origin + path, { waitUntil: "load" });
    const place = at ? page.locator(at).first() : null;
    if (place && (await place.count()) > 0) await place.evaluate((element) => element.scrollIntoView());
    await page.screenshot({ path: join(into, `readme-${name}.png`) });
    await context.close();
  }
}

/** The page for wrong addresses is shown at any depth, so its own addresses begin with the base address. */
function notFound(folder) {
  const file = join(folder, "404.html");
  if (!existsSync(file)) return ["the page for wrong addresses is missing"];
  const base = baseOf(folder);
  if (!base) return ["the home page doesn't name its canonical address"];
  const faults = [];
  for (const [, address] of readFileSync(file, "utf8").matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    if (address.startsWith(base)) {
      const { pathname } = new URL(address);
      if (!fileOf(folder, new URL(base).pathname, pathname)) faults.push(`leads nowhere: ${address}`);
    } else if (!/^(?:[a-z]+:|#)/.test(address)) {
      faults.push(`a relative address breaks below the home page: ${address}`);
    }
  }
  return faults;
}
