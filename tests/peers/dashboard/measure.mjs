// Measures what a person waits for: the page being written, its size, its first chart, a frame while
// one pans. Medians of several, the worst beside them.
//   node measure.mjs ASSAY CHROMIUM FOLDER       (FOLDER has history.db)
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { Chromium } from "../../dashboard/browser/chromium.mjs";

const [assay, chromium, folder] = process.argv.slice(2);
const page = folder + "/page.html", times = 7;
let missed = 0;

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

function tell(what, values, unit, goal) {
  const middle = median(values), good = middle <= goal;
  if (!good) missed++;
  console.log(what.padEnd(44) + middle.toFixed(unit === "s" ? 3 : 1).padStart(10) + " " + unit.padEnd(3) + ("worst " + Math.max(...values).toFixed(unit === "s" ? 3 : 1)).padStart(14) + ("goal " + goal).padStart(12) + (good ? "" : "  MISSED"));
}

function write() {
  const begin = process.hrtime.bigint();
  const ended = spawnSync(assay, ["dashboard", "--history", folder + "/history.db", "--output", page], { encoding: "utf8" });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

write(); // the content store has the plugins from now on
tell("written, program start to end", Array.from({ length: times }, write), "s", 1);
tell("size of the page", [statSync(page).size / 1000], "kB", 1000);
console.log("  of it data " + (/id="data">([^]*?)<\/script>/.exec(readFileSync(page, "utf8"))[1].length / 1000).toFixed(0) + " kB");

// From the begin of navigation to the frame behind the first line that is drawn on a canvas.
const watch = `(() => {
  const stroke = CanvasRenderingContext2D.prototype.stroke;
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    if (!window.firstInk) {
      window.firstInk = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(() => { window.firstFrame = performance.now() / 1000; }));
    }
    return stroke.apply(this, path);
  };
})()`;
const drawn = "new Promise((done) => { const look = () => (window.firstFrame ? done(window.firstFrame) : requestAnimationFrame(look)); look(); })";
// As fast as frames go: the work of each, and the time between them.
const panning = `(async () => {
  const host = document.querySelector("#view .chart"), frames = [], work = [];
  const press = (key, shiftKey) => host.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
  press("+"); press("+");
  let before = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 90; i++) {
    const begin = performance.now();
    press(i % 6 < 3 ? "ArrowRight" : "ArrowLeft", true);
    await null;
    work.push(performance.now() - begin);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return { frames, work };
})()`;

const browser = await Chromium.start(chromium, folder + "/profile");
try {
  const first = [], violations = [];
  let moved;
  for (let i = 0; i < times; i++) {
    const view = await browser.open("file://" + page + "#s0", { before: watch });
    first.push(await view.evaluate(drawn));
    if (i === times - 1) moved = await view.evaluate(panning);
    violations.push(...view.said);
    await view.close();
  }
  tell("first chart drawn, since navigation", first, "s", 0.5);
  tell("a frame while panning", moved.frames, "ms", 16.9); // 60 a second
  tell("  of it work of the page's script", moved.work, "ms", 16);
  console.log("violations, errors, warnings: " + violations.length);
  missed += violations.length;
} finally {
  await browser.end();
}
process.exit(missed === 0 ? 0 : 1);
