// Opens pages at the width of a telephone, light and dark, and says what cannot be read there; pictures
// are kept.
//   node check_narrow.mjs CHROMIUM PROFILE PICTURES PAGE.html...
// Prints a line for each check; exit 1 where one fails.
import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { Chromium } from "./chromium.mjs";
import { narrowFaults } from "./narrow.mjs";

const [program, profile, pictures, ...files] = process.argv.slice(2);
mkdirSync(pictures, { recursive: true });
let failed = 0;

function check(holds, what, more = "") {
  if (!holds) failed++;
  console.log((holds ? "ok: " : "FAILED: ") + what + (holds ? "" : "  " + more));
}

const browser = await Chromium.start(program, profile);
try {
  for (const file of files) {
    for (const [name, options] of Object.entries({ narrow: { width: 400 }, narrow_dark: { width: 400, dark: true }, wide: {} })) {
      const page = await browser.open("file://" + file, options);
      await page.frame();
      const where = basename(file) + ", " + name + ": ";
      check(page.said.length === 0, where + "no complaint", page.said.join(" | "));
      const faults = name === "wide" ? [] : await page.evaluate(narrowFaults);
      check(faults.length === 0, where + "everything is read without moving the page", faults.join(" | "));
      writeFileSync(pictures + "/" + basename(file, ".html") + "_" + name + ".png", await page.picture(true));
      await page.close();
    }
  }
} finally {
  await browser.end();
}
process.exit(failed === 0 ? 0 : 1);
