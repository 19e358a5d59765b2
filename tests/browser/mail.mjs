// node mail.mjs PUBLIC [SCREENSHOTS]: sends the mail of every edition to a server on the loopback, reads it back, and
// looks at it in a browser; exit code 1 when anything is wrong.

import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import nodemailer from "nodemailer";
import { SMTPServer } from "smtp-server";
import { launch } from "./browser.mjs";
import { contrast, overflow } from "./inside.mjs";
import { Report } from "./report.mjs";
import { fileOf } from "./server.mjs";

const WIDTHS = [390, 700];
const FROM = "desk@sender.example";
const TO = "reader@receiver.example";
// Addresses that are no links: signs that a sender fills in for each reader.
const SIGN = /^(?:\{\{.*\}\}|\*\|.*\|\*|%%\{.*\}%%)$/;

/** A mail server that keeps what it is sent. */
async function inbox() {
  const received = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({ bytes: Buffer.concat(chunks), to: session.envelope.rcptTo.map(({ address }) => address) });
        done();
      });
    },
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => new Promise((done) => server.close(done));
  return { port: server.server.address().port, received, close };
}

/** What is wrong with a message after it went through a server. */
async function sent(folder, edition, server) {
  const raw = readFileSync(join(folder, edition, "mail.eml"));
  const sender = nodemailer.createTransport({ host: "127.0.0.1", port: server.port, secure: false, ignoreTLS: true });
  await sender.sendMail({ envelope: { from: FROM, to: [TO] }, raw });
  sender.close();
  const { bytes, to } = server.received.pop();
  const message = await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true });
  const file = (name) => readFileSync(join(folder, edition, name), "utf8");
  const same = (text) => text.replaceAll("\r\n", "\n").trimEnd();
  const title = decoded(file("index.html").match(/<h1[^>]*>([\s\S]*?)<\/h1>/)?.[1] ?? "");
  const faults = [];
  const wanted = (is, fault) => is || faults.push(fault);
  wanted(to.length === 1 && to[0] === TO, `it arrived for ${to}`);
  wanted(message.subject === title, `the subject is "${message.subject}", and the title "${title}"`);
  wanted(same(message.text) === same(file("mail.txt")), "the words that arrived aren't those of mail.txt");
  wanted(same(message.html) === same(file("mail.html")), "the markup that arrived isn't that of mail.html");
  wanted(message.from?.value[0]?.address, "it is from nobody");
  wanted(message.messageId, "it has no id");
  wanted(message.date?.getTime() > 0, "it has no date");
  wanted(message.headers.has("list"), "it doesn't say where to unsubscribe");
  wanted(message.attachments.length === 0, "it has attachments");
  wanted(bytes.toString("latin1").split("\r\n").every((line) => line.length <= 998), "a line is longer than 998 bytes");
  return faults;
}

function decoded(html) {
  const signs = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return html.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => signs[name]).trim();
}

/** What is wrong with the markup where a reader sees it; pictures come from the built site, and nothing from elsewhere. */
async function seen(browser, folder, edition, screenshots, report) {
  const html = readFileSync(join(folder, edition, "mail.html"), "utf8");
  const home = readFileSync(join(folder, "index.html"), "utf8").match(/<link rel="canonical" href="([^"]*)"/)[1];
  const base = new URL(home);
  const brightness = {};
  for (const colorScheme of ["light", "dark"]) {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, javaScriptEnabled: true });
      const page = await context.newPage();
      const faults = [];
      await page.route("**/*", (route) => {
        const url = new URL(route.request().url());
        const file = url.origin === base.origin ? fileOf(folder, base.pathname, url.pathname) : null;
        if (file) return route.fulfill({ path: file });
        faults.push(`the mail asks for ${url.href}`);
        return route.abort();
      });
      await page.setContent(html, { waitUntil: "load" });
      faults.push(...(await page.evaluate(overflow)), ...(await page.evaluate(inMail)));
      const links = await page.$$eval("a[href]", (all) => all.map((link) => link.getAttribute("href")));
      for (const link of links.filter((link) => !SIGN.test(link))) {
        if (!/^(?:https?|mailto):/.test(link)) faults.push(`a relative address: ${link}`);
        const url = new URL(link);
        if (url.origin !== base.origin) continue;
        if (!fileOf(folder, base.pathname, url.pathname)) faults.push(`leads nowhere: ${link}`);
      }
      const colours = await page.evaluate(contrast);
      faults.push(...colours.faults);
      brightness[colorScheme] = colours.brightness;
      report.check(`${edition}/mail.html, ${colorScheme}, ${width} px`, faults);
      if (screenshots) {
        await page.screenshot({ path: join(screenshots, `mail-${edition}-${width}-${colorScheme}.png`), fullPage: true });
      }
      await context.close();
    }
  }
  report.check(`${edition}/mail.html, dark mode`, brightness.dark < brightness.light ? [] : ["it is no darker"]);
}

/** What only a mail must have or may not have; runs inside the page. */
function inMail() {
  const faults = [];
  const images = [...document.images];
  for (const image of images) {
    if (!image.alt.trim()) faults.push(`a picture has no alternative text: ${image.src}`);
    if (image.naturalWidth === 0) faults.push(`a picture can't be shown: ${image.src}`);
    const { width, height } = image.getBoundingClientRect();
    const shape = image.naturalWidth / image.naturalHeight;
    if (Math.abs(width / height - shape) > 0.02) faults.push(`a picture is out of shape: ${image.src}`);
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("it has not one first heading");
  if (document.querySelector("script, svg, link, form")) faults.push("it has what mail programs take out");
  const hidden = document.body.firstElementChild;
  if (hidden?.className === "preheader" && hidden.getBoundingClientRect().height > 0) faults.push("the preheader is seen");
  return faults;
}

const [folder, screenshots] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("usage: node mail.mjs PUBLIC [SCREENSHOTS], where PUBLIC is a folder that `signal build` wrote");
  process.exit(2);
}
if (screenshots) mkdirSync(screenshots, { recursive: true });
const report = new Report();
const editions = readdirSync(folder).filter((name) => existsSync(join(folder, name, "mail.eml"))).sort();
report.check("editions with a mail", editions.length > 0 ? [] : ["there are none"]);
const server = await inbox();
const browser = await launch();
try {
  for (const edition of editions) {
    report.check(`${edition}/mail.eml, sent and read back`, await sent(folder, edition, server));
    await seen(browser, folder, edition, screenshots, report);
  }
} finally {
  await browser.close();
  await server.close();
}
report.print();
process.exitCode = report.failed > 0 ? 1 : 0;
