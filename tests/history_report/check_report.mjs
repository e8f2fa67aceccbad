// Opens a report in headless Chromium and checks what only a browser can tell; pictures are kept.
//   node check_report.mjs CHROMIUM PAGE.html PROFILE PICTURES
// Prints a line for each check; exit 1 where one fails.
import { mkdirSync, writeFileSync } from "node:fs";
import { Chromium } from "../dashboard/browser/chromium.mjs";
import { narrowFaults } from "../dashboard/browser/narrow.mjs";

const [program, file, profile, pictures] = process.argv.slice(2);
const url = "file://" + file;
mkdirSync(pictures, { recursive: true });
let failed = 0;

function check(holds, what, more = "") {
  if (!holds) failed++;
  console.log((holds ? "ok: " : "FAILED: ") + what + (holds ? "" : "  " + more));
}

// Texts of charts that stick out of their picture.
const clipped = `[...document.querySelectorAll("figure svg")].flatMap((svg) => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const one = text.getBoundingClientRect();
    return one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1;
  }).map((text) => text.textContent);
})`;

async function look(browser, name, options) {
  const page = await browser.open(url, options);
  await page.frame();
  check(page.said.length === 0, name + ": no error, warning or violation", page.said.join(" | "));
  const asked = page.requests.filter((one) => !one.startsWith(url));
  check(asked.length === 0, name + ": no request leaves the file", asked.join(" "));
  check(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name + ": nothing sticks out");
  const cut = await page.evaluate(clipped);
  check(cut.length === 0, name + ": no label of a chart is clipped", cut.join(" | "));
  check(await page.evaluate("document.querySelectorAll('figure svg').length > 0 && document.querySelectorAll('td svg').length > 0"), name + ": charts and lines are drawn");
  check(await page.evaluate("document.scripts.length === 0 && !window.hostile"), name + ": nothing runs");
  writeFileSync(pictures + "/" + name + ".png", await page.picture(true));
  if (name === "small" || name === "light") {
    const all = await page.evaluate(narrowFaults);
    const faults = name === "small" ? all : all.filter((fault) => fault.startsWith("cut or moved"));
    check(faults.length === 0, name + ": everything is read without moving the page", faults.join(" | "));
  }
  if (name === "light") {
    const { data } = await page.call("Page.printToPDF", { preferCSSPageSize: true, landscape: true });
    writeFileSync(pictures + "/print.pdf", Buffer.from(data, "base64"));
    check(Buffer.from(data, "base64").subarray(0, 5).toString() === "%PDF-", "print: it can be printed");
  }
  await page.close();
}

const browser = await Chromium.start(program, profile);
try {
  await look(browser, "light", {});
  await look(browser, "dark", { dark: true });
  await look(browser, "small", { width: 400, height: 800 });
  await look(browser, "paper", { width: 760, height: 1075, print: true });
} finally {
  await browser.end();
}
process.exit(failed === 0 ? 0 : 1);
