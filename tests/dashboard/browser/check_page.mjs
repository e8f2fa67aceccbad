// Opens a dashboard in headless Chromium and checks what only a browser can tell. Pictures of every
// part are kept for people to look at.
//   node check_page.mjs CHROMIUM PAGE.html PROFILE PICTURES
// Prints a line for each check; exit 1 where one fails.
import { mkdirSync, writeFileSync } from "node:fs";
import { Chromium } from "./chromium.mjs";
import { narrowFaults } from "./narrow.mjs";

const [program, file, profile, pictures] = process.argv.slice(2);
const url = "file://" + file;
mkdirSync(pictures, { recursive: true });
let failed = 0;

function check(holds, what, more = "") {
  if (!holds) failed++;
  console.log((holds ? "ok: " : "FAILED: ") + what + (holds ? "" : "  " + more));
}

const keep = async (page, name, whole = false) => writeFileSync(pictures + "/" + name + ".png", await page.picture(whole));

// Neither complaints nor requests, whatever was done before.
function checkQuiet(page, where) {
  check(page.said.length === 0, where + ": no error, warning or violation", page.said.join(" | "));
  const asked = page.requests.filter((one) => !one.startsWith(url));
  check(asked.length === 0, where + ": no request leaves the file", asked.join(" "));
}

// Pixels of the trend that are not the ground.
const inked = "(() => { const c = document.querySelector('#view canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n; })()";
const readout = "document.getElementById('readout').textContent";
const labels = "(() => { const c = document.querySelector('#view canvas'); return c.toDataURL(); })()";
const middle = "(() => { const b = document.querySelector('#view .u-over').getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()";

async function checkOverview(browser) {
  const page = await browser.open(url);
  await page.frame();
  check(await page.evaluate("document.querySelectorAll('#rows tbody tr').length > 0"), "overview: rows are there");
  check(await page.evaluate("document.querySelector('#series').hidden && !document.querySelector('#overview').hidden"), "overview: one part at a time");
  await page.evaluate("document.querySelector('.tile.worse').click()");
  check(await page.evaluate("[...document.querySelectorAll('#rows tbody tr')].every((row) => row.hidden !== row.classList.contains('worse'))"), "overview: a tile filters the rows");
  await page.evaluate("document.querySelector('.tile.worse').click()");
  const wide = await page.evaluate("document.documentElement.scrollWidth <= innerWidth");
  check(wide, "overview: nothing sticks out at 1280 pixels");
  await keep(page, "overview", true);
  await page.evaluate("location.hash = 'alerts'");
  await page.frame();
  check(await page.evaluate("!document.querySelector('#alerts').hidden"), "alerts: the address shows them");
  await keep(page, "alerts");
  await page.evaluate("location.hash = 'noise'");
  await page.frame();
  await keep(page, "noise", true);
  checkQuiet(page, "overview");
  await page.close();
}

async function checkSearch(page) {
  await page.evaluate("document.getElementById('q').focus()");
  for (const letter of "regressed") await page.press(letter);
  await page.frame();
  const count = await page.evaluate("document.getElementById('found-count').textContent");
  check(/^\d+ series$/.test(count), "search: a verdict finds its series", count);
  check(await page.evaluate("[...document.querySelectorAll('#found li')].every((li) => li.textContent.includes('regressed'))"), "search: every one has the word");
  await page.evaluate("document.getElementById('q').value = 'no such series'; document.getElementById('q').dispatchEvent(new Event('input'))");
  await page.frame();
  check((await page.evaluate("document.getElementById('found-count').textContent")).startsWith("no series"), "search: nothing found is said");
  await page.evaluate("document.getElementById('q').value = ''; document.getElementById('q').dispatchEvent(new Event('input'))");
  await page.frame();
}

async function checkMoves(page) {
  const [left, top, width, height] = await page.evaluate(middle);
  const at = (x, y) => [left + width * x, top + height * y];
  await page.mouse("mouseMoved", ...at(0.5, 0.5));
  await page.frame();
  const pointed = await page.evaluate(readout);
  check(/\d.* UTC · commit /.test(pointed), "trend: pointing reads a run out", pointed);
  const whole = await page.evaluate(labels);
  await page.mouse("mouseWheel", ...at(0.5, 0.5), { deltaX: 0, deltaY: -240 });
  await page.frame();
  const zoomed = await page.evaluate(labels);
  check(zoomed !== whole, "trend: the wheel zooms");
  await page.drag(at(0.7, 0.5), at(0.3, 0.5), 8);
  await page.frame();
  check((await page.evaluate(labels)) !== zoomed, "trend: shift and drag moves");
  await page.evaluate("document.querySelector('#view .chart').focus()");
  await page.press("Escape");
  await page.frame();
  await page.drag(at(0.2, 0.5), at(0.6, 0.5));
  await page.frame();
  check((await page.evaluate(labels)) !== whole, "trend: a drag zooms to what it covers");
  await page.press("Escape");
  await page.frame();
  await page.press("End");
  await page.frame();
  const last = await page.evaluate(readout);
  await page.press("ArrowLeft");
  await page.frame();
  check((await page.evaluate(readout)) !== last && last.length > 0, "trend: arrows go from run to run", last);
}

// A run that is chosen in the chart, or from the list, has its samples drawn over the newest ones.
async function checkSamples(page) {
  const of = "document.getElementById('samples-of').value";
  const step = await page.evaluate(of);
  check(step !== "", "samples: those before the step are drawn at first");
  check((await page.evaluate("document.getElementById('samples-of').options.length")) > 9, "samples: other runs can be chosen");
  await page.evaluate("document.querySelector('#view .chart').focus()");
  for (const key of ["End", "ArrowLeft", "ArrowLeft", "Enter"]) await page.press(key);
  await page.frame();
  const chosen = await page.evaluate(of);
  check(chosen !== step && chosen !== "", "samples: Enter chooses the run that is read out", chosen);
  check((await page.evaluate("document.querySelectorAll('#view .pair').length")) === 1, "samples: they are drawn in place of the others");
  await page.press("Home");
  await page.press("Enter");
  await page.frame();
  check((await page.evaluate("document.getElementById('samples-note').textContent")).includes("holds no samples"), "samples: a run without any is said to have none");
  check((await page.evaluate(of)) === chosen, "samples: and those that are drawn stay");
  const box = await page.evaluate("(() => { const over = document.querySelector('#view .u-over').getBoundingClientRect(); return [over.left, over.top, over.width, over.height]; })()");
  const at = [box[0] + box[2] * 0.97, box[1] + box[3] / 2];
  await page.mouse("mouseMoved", ...at);
  await page.mouse("mousePressed", ...at, { button: "left", clickCount: 1 });
  await page.mouse("mouseReleased", ...at, { button: "left", clickCount: 1 });
  await page.frame();
  check((await page.evaluate("document.getElementById('samples-note').textContent")) === "", "samples: a click chooses as well");
  await page.press("Escape");
}

async function checkSeries(browser) {
  const page = await browser.open(url + "#s0", { height: 1500 });
  await page.frame();
  check((await page.evaluate(inked)) > 2000, "trend: it is drawn");
  check(await page.evaluate("document.querySelectorAll('#view .pair svg').length >= 2"), "samples: histogram and shares are drawn");
  await keep(page, "series");
  await checkSamples(page);
  await checkSearch(page);
  await checkMoves(page);
  await page.evaluate("document.querySelector('#view details').open = true");
  await page.frame();
  check(await page.evaluate("document.querySelectorAll('#view details tbody tr').length > 5"), "trend: its figures are a table too");
  const linear = await page.evaluate(labels);
  await page.evaluate("[...document.querySelectorAll('.tools button')].find((one) => one.textContent === 'Log axis').click()");
  await page.frame();
  check((await page.evaluate(labels)) !== linear, "trend: a logarithmic axis is another picture");
  await page.evaluate("[...document.querySelectorAll('.tools button')].find((one) => one.textContent === 'Relative').click()");
  await page.frame();
  await keep(page, "series_relative");
  await page.evaluate("location.hash = 'compare'");
  await page.frame();
  check(await page.evaluate("document.querySelectorAll('#compare-result tbody tr').length > 0"), "compare: two runs beside each other");
  await keep(page, "compare", true);
  checkQuiet(page, "series");
  await page.close();
}

// Notes every text that is written on a canvas, by its box, and where the marks of runs stand.
const recorder = `window.texts = []; window.dots = [];
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const m = this.measureText(text);
  texts.push({ text, left: x - m.actualBoundingBoxLeft, right: x + m.actualBoundingBoxRight, top: y - m.actualBoundingBoxAscent, bottom: y + m.actualBoundingBoxDescent });
  return fill.apply(this, arguments);
};
const arc = Path2D.prototype.arc;
Path2D.prototype.arc = function (x, y) { dots.push({ x, y }); return arc.apply(this, arguments); };`;

// The names of steps and lines in a trend: whole, apart from each other, not over the runs.
async function checkLabels(browser, width) {
  const first = await browser.open(url + "#series", { width, before: recorder });
  await first.frame();
  const ways = await first.evaluate("JSON.parse(document.getElementById('data').textContent).series.map((one, i) => ({ i, steps: (one.ch || []).filter((step) => step[5]).length })).filter((one) => one.steps > 0)");
  check(ways.length > 2, "labels at " + width + ": there are steps to name", String(ways.length));
  await first.close();
  for (const { i } of ways.slice(0, 8)) {
    const page = await browser.open(url + "#s" + i, { width, height: 1200, before: recorder });
    await page.frame();
    const { plot, texts, dots } = await page.evaluate("(() => { const over = document.querySelector('#view .u-over').getBoundingClientRect(), canvas = document.querySelector('#view canvas').getBoundingClientRect(); return { plot: { left: over.left - canvas.left, right: over.right - canvas.left, top: over.top - canvas.top, bottom: over.bottom - canvas.top }, texts: texts.filter((one) => /^(baseline|limit|[+-][\\d.]+ %)/.test(one.text)), dots }; })()");
    const where = "labels at " + width + " of series " + i + ": ";
    check(texts.some((one) => /^[+-]/.test(one.text)), where + "the step has its figure");
    const cut = texts.filter((one) => one.left < plot.left || one.right > plot.right || one.top < plot.top - 1 || one.bottom > plot.bottom);
    check(cut.length === 0, where + "none is cut", cut.map((one) => one.text).join(" | "));
    const over = texts.filter((one, k) => texts.slice(0, k).some((two) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom));
    check(over.length === 0, where + "none lies over another", over.map((one) => one.text).join(" | "));
    const hidden = texts.filter((one) => /^(baseline|limit)/.test(one.text) && dots.some((dot) => dot.x > one.left && dot.x < one.right && dot.y > one.top && dot.y < one.bottom));
    check(hidden.length === 0, where + "no name of a line lies over a run", hidden.map((one) => one.text).join(" | "));
    check(/baseline [\d.]+ /.test(await page.evaluate("document.querySelector('#view .keys').textContent")), where + "the keys tell the baseline");
    if (width === 400) await keep(page, "labels_" + i);
    await page.close();
  }
}

async function checkHostile(browser) {
  const page = await browser.open(url + "#series");
  await page.frame();
  check(await page.evaluate("document.body.textContent.includes('<script>alert(1)</script>')"), "a hostile name is shown as text");
  check((await page.evaluate("document.querySelectorAll('script').length")) === 2, "a hostile name is no script");
  checkQuiet(page, "hostile names");
  await page.close();
}

async function checkLooks(browser) {
  const looks = { dark: ["#s0", { dark: true, height: 1300 }], dark_overview: ["", { dark: true }], narrow: ["", { width: 400, height: 1300 }],
    narrow_series: ["#s0", { width: 400, height: 1500 }], print: ["", { print: true, width: 800, height: 1800 }] };
  for (const [name, [hash, options]] of Object.entries(looks)) {
    const page = await browser.open(url + hash, options);
    await page.frame();
    await keep(page, name);
    const out = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    check(out <= 0, name + ": nothing sticks out", out + " pixels");
    checkQuiet(page, name);
    await page.close();
  }
  const plain = await browser.open(url, { script: false, height: 1800 });
  await keep(plain, "without_script", true);
  checkQuiet(plain, "without script");
  await plain.close();
}

// Every part at the width of a telephone.
async function checkNarrow(browser) {
  for (const hash of ["overview", "series", "s0", "compare", "alerts", "noise", "method"]) {
    const page = await browser.open(url + "#" + hash, { width: 400, height: 1300 });
    await page.frame();
    const faults = await page.evaluate(narrowFaults);
    check(faults.length === 0, "narrow, " + hash + ": everything is read without moving the page", faults.join(" | "));
    await keep(page, "narrow_" + hash, true);
    await page.close();
  }
  const plain = await browser.open(url, { script: false, width: 400, height: 1300 });
  await keep(plain, "narrow_without_script", true);
  await plain.close();
}

// A series that no run has a figure of stands behind the others, and has no axis.
async function checkWithoutFigures(browser) {
  const page = await browser.open(url + "#series");
  await page.frame();
  const number = await page.evaluate("JSON.parse(document.getElementById('data').textContent).series.findIndex((one) => one.v === '')");
  check(number >= 0, "no figures: there is such a series");
  check(await page.evaluate("document.querySelector('#view canvas') !== null"), "no figures: it is not what is shown first");
  check(await page.evaluate("document.querySelector('#rows tbody tr:last-child').textContent.includes('a_counter')"), "no figures: it is the last of the overview");
  await page.evaluate("location.hash = 's" + number + "'");
  await page.frame();
  check(await page.evaluate("document.querySelector('#view canvas') === null && document.getElementById('view').textContent.includes('No run that is shown here has a figure of it.')"), "no figures: it is said, without an axis");
  checkQuiet(page, "no figures");
  await page.close();
}

// Shares are told in points wherever a change is told.
async function checkPoints(browser) {
  const page = await browser.open(url + "#series");
  await page.frame();
  const number = await page.evaluate("JSON.parse(document.getElementById('data').textContent).series.findIndex((one) => one.sc === 1 && one.g > 0)");
  await page.evaluate("location.hash = 's" + number + "'");
  await page.frame();
  const told = await page.evaluate("document.querySelector('#view .note').textContent");
  check(/smallest change that one run shows: [\d.]+ points/.test(told), "points: the smallest change of a share", told);
  await page.evaluate("document.querySelector('#view .chart').focus()");
  await page.press("End");
  await page.frame();
  const read = await page.evaluate(readout);
  check(/ [+-]?[\d.]+ points to baseline/.test(read), "points: the change of a run", read);
  await page.evaluate("location.hash = 'compare'");
  await page.frame();
  check(/hit_rate.*points/.test(await page.evaluate("[...document.querySelectorAll('#compare-result tbody tr')].find((row) => row.textContent.includes('hit_rate')).textContent")), "points: the difference of two runs");
  await page.close();
}

const browser = await Chromium.start(program, profile);
try {
  await checkOverview(browser);
  await checkSeries(browser);
  await checkLabels(browser, 400);
  await checkLabels(browser, 1280);
  await checkHostile(browser);
  await checkLooks(browser);
  await checkNarrow(browser);
  await checkWithoutFigures(browser);
  await checkPoints(browser);
} finally {
  await browser.end();
}
process.exit(failed === 0 ? 0 : 1);
