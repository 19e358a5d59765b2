// node check.mjs PUBLIC [SCREENSHOTS]: checks a built site; exit code 1 when anything is wrong.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { markup } from "./markup.mjs";
import { checkSite } from "./site.mjs";

const [folder, screenshots] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("usage: node check.mjs PUBLIC [SCREENSHOTS], where PUBLIC is a folder that `signal build` wrote");
  process.exit(2);
}
const browser = await launch();
try {
  const report = await checkSite(browser, folder, { screenshots });
  report.check("markup", markup(folder));
  report.print();
  process.exitCode = report.failed > 0 ? 1 : 0;
} finally {
  await browser.close();
}
