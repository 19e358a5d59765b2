// Hands every page, style and drawing of a built site to the Nu checker, in one process.

import { spawnSync } from "node:child_process";
import vnu from "vnu-jar";

const OPTIONS = ["--errors-only", "--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json"];
// Properties that browsers have and the checker doesn't know yet.
const NEWER = ["position-area", "position-try-fallbacks", "paint-order"];
const UNKNOWN = new RegExp(`^CSS: “(?:${NEWER.join("|")})”: Property “[a-z-]+” doesn't exist\\.$`);

/** What is no valid HTML, CSS or SVG, by file, and how many files were looked at. */
export function markup(folder) {
  const { error, stdout, stderr, status } = spawnSync("java", ["-jar", String(vnu), ...OPTIONS, "--stdout", folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw new Error(`java can't be run (${error.code}); Debian has it in default-jre-headless`);
  let messages;
  try {
    ({ messages } = JSON.parse(stdout));
  } catch {
    throw new Error(`the Nu checker ended with ${status} and said: ${(stderr || stdout).slice(0, 2_000)}`);
  }
  // A mail is written for programs that know other properties than browsers do, with signs that its sender fills in.
  const real = messages.filter(({ url, message }) => !UNKNOWN.test(message) && !(url ?? "").endsWith("/mail.html"));
  const faults = real.map(({ url, lastLine, message, extract }) => {
    const file = decodeURIComponent(url ?? "").replace("file:", "").replace(folder, "");
    return `${file}:${lastLine ?? 1}: ${message} ${(extract ?? "").replace(/\s+/g, " ").slice(0, 90)}`.trim();
  });
  return [...new Set(faults)];
}
