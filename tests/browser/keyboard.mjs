// Goes through a page of each kind with the keyboard alone, with scripts and without.

import { answerFor } from "./server.mjs";

export async function keyboard(browser, server, folder, pages, report) {
  const ways = [true, false].map(async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
    await answerFor(context, folder);
    const page = await context.newPage();
    for (const path of pages) {
      const name = `${path}, by keyboard${javaScriptEnabled ? "" : " without scripts"}`;
      await page.goto(server.origin + path, { waitUntil: "load" });
      report.check(name, await tour(page));
      report.check(`${name}, past the navigation`, await skips(page, server.origin + path));
      report.check(`${name}, what opens`, [...(await opens(page)), ...(await unfolds(page))]);
    }
    await context.close();
  });
  await Promise.all(ways);
}

/** Whether Tab reaches everything in the order of the text, shows where it is, and gets out at the end. */
async function tour(page) {
  const wanted = await page.evaluate(controls);
  const faults = [];
  const seen = new Set();
  let last = -1;
  // A browser without bars of its own goes from the last one to the document and begins again.
  for (let steps = 0; steps < wanted.length + 3; steps += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    if (!at) break;
    if (at.index === null) continue; // what the browser itself lets be scrolled
    if (at.index === last) {
      faults.push(`Tab doesn't leave ${at.show}`);
      return faults;
    }
    if (seen.has(at.index)) break;
    if (at.index < last) faults.push(`Tab comes to ${at.show} out of order`);
    if (!at.isMarked) faults.push(`nothing shows that the focus is at ${at.show}`);
    if (!at.isInView) faults.push(`what has the focus can't be seen: ${at.show}`);
    seen.add(at.index);
    last = at.index;
  }
  for (const [index, show] of wanted.entries()) if (!seen.has(index)) faults.push(`Tab doesn't reach ${show}`);
  return faults;
}

/** Gives a number to everything that can be used, in the order of the text. Runs inside the page, as all below. */
function controls() {
  const roles = ["button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "option", "slider", "textbox"];
  const selector = [
    'a[href], area[href], button, input:not([type="hidden"]), select, textarea, summary, iframe, [onclick]',
    '[contenteditable="true"], [tabindex]:not([tabindex="-1"])',
    ...roles.map((role) => `[role="${role}"]`),
  ].join(", ");
  const usable = [...document.querySelectorAll(selector)].filter((element) => {
    if (element.disabled || element.closest("[inert], [popover]:not(:popover-open)")) return false;
    return element.checkVisibility({ visibilityProperty: true });
  });
  const show = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 90);
  return usable.map((element, index) => {
    const { outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor } = getComputedStyle(element);
    element.dataset.order = index;
    element.dataset.rest = [outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor].join("|");
    return show(element);
  });
}

/** What has the focus; null when nothing has. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const { order, rest } = element.dataset;
  const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor } = getComputedStyle(element);
  const look = [outlineStyle, outlineWidth, boxShadow, backgroundColor, borderColor].join("|");
  const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && !/, 0\)$|^transparent$/.test(outlineColor);
  const box = element.getBoundingClientRect();
  const isInView = box.bottom > 0 && box.right > 0 && box.top < window.innerHeight && box.left < window.innerWidth;
  return {
    index: order === undefined ? null : Number(order),
    show: element.outerHTML.replace(/ data-(?:order|rest)="[^"]*"/g, "").replace(/\s+/g, " ").slice(0, 90),
    isMarked: isOutlined || (outlineStyle === "none" && look !== rest),
    isInView: isInView && box.width > 0 && box.height > 0,
  };
}

/** Whether the first thing that Tab reaches leads past the navigation, where there is one. */
async function skips(page, address) {
  if ((await page.locator("nav").count()) === 0) return [];
  await page.goto("about:blank"); // the tour moved the place where Tab begins
  await page.goto(address, { waitUntil: "load" });
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
  if (!target?.startsWith("#")) return ["the first link doesn't lead past the navigation"];
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const isPast = await page.evaluate((target) => {
    const [place, focus] = [document.querySelector(target), document.activeElement];
    const nothingFollows = focus === document.body;
    return Boolean(place) && (nothingFollows || Boolean(place.compareDocumentPosition(focus) & Node.DOCUMENT_POSITION_FOLLOWING));
  }, target);
  return isPast ? [] : [`the first link doesn't lead to ${target}`];
}

/** Whether Enter opens what a figure in the text has to say, and Escape closes it and leaves the focus at the figure. */
async function opens(page) {
  const figure = page.locator("[popovertarget]:visible").first();
  if ((await figure.count()) === 0) return [];
  await figure.focus();
  const open = page.locator(":popover-open");
  await page.keyboard.press("Enter");
  if ((await open.count()) === 0) return ["Enter doesn't open what a figure has to say"];
  await page.keyboard.press("Escape");
  if ((await open.count()) > 0) return ["Escape doesn't close what a figure has to say"];
  const isBack = await figure.evaluate((element) => document.activeElement === element);
  return isBack ? [] : ["the focus is lost when what a figure has to say is closed"];
}

/** Whether Enter unfolds what is folded, and folds it again. */
async function unfolds(page) {
  const summary = page.locator("summary:visible").first();
  if ((await summary.count()) === 0) return [];
  const isOpen = () => summary.evaluate((element) => element.parentElement.open);
  await summary.focus();
  const before = await isOpen();
  await page.keyboard.press("Enter");
  const after = await isOpen();
  await page.keyboard.press("Enter");
  return before !== after && before === (await isOpen()) ? [] : ["Enter doesn't unfold what is folded"];
}
