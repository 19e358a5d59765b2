// Holds a page of each kind to WCAG 2.2 AA with axe-core: light and dark, on a phone and on a desk, and with everything
// opened that can be opened.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { answerFor } from "./server.mjs";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [390, 1280];

export async function accessible(browser, server, folder, pages, report) {
  const looks = ["light", "dark"].map(async (colorScheme) => {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      await answerFor(context, folder);
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(server.origin + path, { waitUntil: "load" });
        report.check(`${path}, ${colorScheme}, ${width} px, axe`, await violations(page));
      }
      await context.close();
    }
  });
  await Promise.all(looks);
}

async function violations(page) {
  await page.evaluate(SOURCE);
  await page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));
  const faults = await page.evaluate(run, { tags: TAGS });
  // What covers the page would hide the rest of it from the check, so it is looked at by itself, and last.
  const search = page.locator('input[type="search"]:visible').first();
  if ((await search.count()) > 0) {
    await search.fill("a");
    await page.waitForLoadState("networkidle");
    faults.push(...(await page.evaluate(run, { tags: TAGS })));
  }
  const popover = page.locator("[popover]").first();
  if ((await popover.count()) > 0) {
    await popover.evaluate((one) => one.showPopover());
    faults.push(...(await page.evaluate(run, { tags: TAGS, inside: ":popover-open" })));
  }
  return faults;
}

/** Runs inside the page. */
async function run({ tags, inside }) {
  const place = inside ? { include: [[inside]] } : document;
  const { violations } = await window.axe.run(place, { runOnly: tags, resultTypes: ["violations"] });
  const show = (html) => html.replace(/\s+/g, " ").slice(0, 120);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${show(node.html)}`));
}
