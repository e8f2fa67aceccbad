// A page of very many series: the search finds among all of them and every key is answered.
//   node check_search.mjs CHROMIUM PAGE.html PROFILE SERIES
import { Chromium } from "./chromium.mjs";

const [program, file, profile, series] = process.argv.slice(2);
const browser = await Chromium.start(program, profile);
let failed = 0;

function check(holds, what, more = "") {
  if (!holds) failed++;
  console.log((holds ? "ok: " : "FAILED: ") + what + (holds ? "" : "  " + more));
}

try {
  const page = await browser.open("file://" + file + "#series");
  await page.frame();
  const count = "document.getElementById('found-count').textContent";
  check((await page.evaluate(count)).startsWith(series + " series"), "all series are searched", await page.evaluate(count));
  await page.evaluate("document.getElementById('q').focus()");
  for (const letter of "_" + (series - 1) + "[") await page.press(letter);
  await page.frame();
  check((await page.evaluate(count)) === "1 series", "the last one is found", await page.evaluate(count));
  await page.press("Enter");
  await page.frame();
  check((await page.evaluate("document.querySelector('#view h3').textContent")).includes("_" + (series - 1)), "and shown");
  check(page.said.length === 0, "no complaint", page.said.join(" | "));
} finally {
  await browser.end();
}
process.exit(failed === 0 ? 0 : 1);
