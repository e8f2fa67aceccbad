// The search over all series, and the page of one: its trend, what it reads where one points, its
// samples, and every figure as a table.
const foundMost = 60, tableMost = 500;
const seriesView = { shown: null, trend: null, brush: null, log: false, relative: false, overlay: true };
const byId = (id) => document.getElementById(id);

// Every word must be somewhere in case, metric, platform, verdict; made once.
const searchTexts = data.series.map((series) => (series.name + " " + data.branches[series.b].p + " " + series.w).toLowerCase());

function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [];
  for (let i = 0; i < searchTexts.length; i++) {
    if (words.every((word) => searchTexts[i].includes(word))) found.push(i);
  }
  return found;
}

const gravity = { failed: 0, worse: 1, open: 2, better: 3, same: 4 };

// What has no figure to look at, and did not fail, is last.
const weightOf = (series) => (series.o === "open" && !series.v ? 9 : gravity[series.o]);
const graver = (a, b) => weightOf(a) - weightOf(b) || a.n - b.n;

function listFound() {
  const text = byId("q").value;
  const found = search(text);
  found.sort((a, b) => graver(data.series[a], data.series[b]));
  const many = data.branches.length > 1;
  byId("found").replaceChildren(...found.slice(0, foundMost).map((n) => {
    const series = data.series[n];
    return element("li", {}, element("button", { type: "button", "data-n": n, "aria-current": seriesView.shown === series ? "true" : null, on: { click: () => go("s" + n) } },
      element("span", {}, series.name), element("span", { class: "dim" }, many ? data.branches[series.b].p : ""), element("span", { class: series.o }, series.w)));
  }));
  byId("found-count").textContent = found.length === 0 ? "no series has all of these words"
    : found.length + (found.length > foundMost ? " series, the first " + foundMost + " shown" : " series");
}

// What a point says: for eyes, and for those who have it read to them.
function readPoint(at) {
  const { trend } = seriesView, parts = [];
  trend.all.forEach((series, k) => {
    const row = trend.rows[k][at];
    if (row === undefined) return;
    const points = pointsOf(series), run = points.run[row];
    const interval = points.low[row] === null ? "" : " [" + figure(points.low[row], series.u) + ", " + figure(points.high[row], series.u) + "]";
    const odd = points.broken[row] ? " " + points.broken[row].replace(/_/g, " ") : (points.flags[row] & 1 ? " outlier" : "") + (points.flags[row] & 2 ? " excluded" : "") + (points.flags[row] & 4 ? " the machine moved" : "");
    const change = series.k && points.value[row] !== null ? " " + changeText(series, changeOf(series, series.k, points.value[row])) + " to baseline" : "";
    parts.push(element("div", {}, element("b", {}, figure(points.value[row], series.u)), interval + change + odd + " · " + day(points.time[row]) + " · commit " + commitOf(series, run) +
      (trend.all.length > 1 ? " · " + data.branches[series.b].p : "") + " · run " + runName(data.branches[series.b].runs, run)));
  });
  byId("readout").replaceChildren(...parts);
}

function pointsTable(series) {
  const points = pointsOf(series), rows = [];
  for (let i = points.run.length - 1; i >= 0 && rows.length < tableMost; i--) {
    rows.push([day(points.time[i]), commitOf(series, points.run[i]), figure(points.value[i], series.u), figure(points.low[i], series.u), figure(points.high[i], series.u),
      points.broken[i] ? points.broken[i].replace(/_/g, " ") : (points.flags[i] & 1 ? "outlier " : "") + (points.flags[i] & 2 ? "excluded " : "") + (points.flags[i] & 4 ? "machine moved" : "")]);
  }
  const left = points.run.length - rows.length;
  return tableOf("Runs of " + series.name + ", the newest first; ends of intervals to 3 %" + (left > 0 ? "; " + left + " older ones left out" : ""), [momentText(series), "commit", series.m, "low", "high", "note"], rows);
}

// Made when it is opened.
function detailsOf(title, make) {
  const body = element("div", {});
  return element("details", { on: { toggle: (event) => { if (event.target.open && !body.firstChild) body.append(make()); } } }, element("summary", {}, title), body);
}

function keysOf(all) {
  const key = (name, text) => element("li", {}, element("i", { class: name }), text);
  const first = all[0], keys = all.map((series, i) => key("k" + (i % 8), data.branches[series.b].p));
  if (first.i) keys.push(key("band", "interval of each run"));
  if (first.k !== undefined) keys.push(key("dash", "baseline " + figure(first.k, first.u)));
  if (first.l !== undefined) keys.push(key("dot", "limit " + figure(first.l, first.u)));
  if ((first.ch || []).some((change) => change[5])) keys.push(key("step", "step, with the commits it lies between"));
  return element("ul", { class: "keys" }, ...keys);
}

function toggle(text, name, help) {
  return element("button", { type: "button", title: help, "aria-pressed": String(seriesView[name]), on: { click: () => { seriesView[name] = !seriesView[name]; showSeries(seriesView.shown); } } }, text);
}

function toolsOf(series) {
  const act = (text, run, label) => element("button", { type: "button", "aria-label": label, on: { click: run } }, text);
  const log = pointsOf(series).value.every((v) => v === null || v > 0);
  if (!log) seriesView.log = false;
  return element("div", { class: "tools", role: "group", "aria-label": "Chart" },
    act("+", () => seriesView.trend.zoom(0.7), "Zoom in"), act("−", () => seriesView.trend.zoom(1.4), "Zoom out"), act("Reset", () => seriesView.trend.reset(), "Show all runs"),
    log ? toggle("Log axis", "log", "logarithmic figures") : null, toggle("Relative", "relative", "as multiples of the baseline"),
    overlaid(series).length > 1 ? toggle("All platforms", "overlay", "the same case on every platform") : null,
    act("Save PNG", () => savePicture(series), "Save the chart as PNG"));
}

function savePicture(series) {
  const drawnOn = seriesView.trend.plot.ctx.canvas;
  const canvas = element("canvas", { width: drawnOn.width, height: drawnOn.height }), c = canvas.getContext("2d");
  c.fillStyle = colour("--ground");
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.drawImage(drawnOn, 0, 0);
  canvas.toBlob((blob) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: series.name.replace(/[^a-z0-9]+/gi, "_").slice(0, 60) + ".png" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

function endTrend() {
  for (const name of ["trend", "brush"]) {
    if (seriesView[name]) seriesView[name].end();
    seriesView[name] = null;
  }
}

const headingOf = (series) => element("h3", {}, series.name + (data.branches.length > 1 ? ", " + data.branches[series.b].p : ""));

const verdictOf = (series) => element("p", { class: "note" }, element("b", { class: series.o }, series.w), series.y ? " · " + series.y : "", series.g ? " · smallest change that one run shows: " + sizeText(series, series.g) : "");

// Nothing to draw, and no axis that would say otherwise.
function showWithoutFigures(series) {
  byId("view").replaceChildren(headingOf(series), verdictOf(series), element("p", { class: "note" }, "No run that is shown here has a figure of it."), detailsOf("Runs as a table", () => pointsTable(series)));
  markFound(series);
}

function markFound(series) {
  for (const button of byId("found").querySelectorAll("button")) {
    if (Number(button.dataset.n) === series.n) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function showSeries(series) {
  endTrend();
  seriesView.shown = series;
  const all = seriesView.overlay ? overlaid(series).slice(0, 8) : [series];
  seriesView.redraw = null;
  if (pointsOf(series).value.every((v) => v === null)) { showWithoutFigures(series); return; }
  const host = element("div", { class: "chart", tabindex: "0", role: "application", "aria-roledescription": "chart", "aria-label": "Trend of " + series.name + ". Arrows: next run. Enter: its samples. Plus and minus: zoom. Shift and arrows: move. Escape: all runs. The same as a table below." });
  const small = element("div", { class: "chart small", "aria-hidden": "true" });
  byId("view").replaceChildren(headingOf(series), verdictOf(series), toolsOf(series), keysOf(all), host,
    element("div", { id: "readout", class: "readout", "aria-live": "polite" }, element("span", { class: "note" }, "Point at a run, or press an arrow key in the chart; a click or Enter shows its samples. Wheel or drag zooms, shift and drag moves.")),
    small, detailsOf("Runs as a table", () => pointsTable(series)), element("h3", {}, "Samples"), samplesView(series));
  seriesView.trend = new Trend(host, all, { log: seriesView.log, relative: seriesView.relative }, readPoint);
  seriesView.trend.onChoose = (run) => chooseSamples(series, run);
  seriesView.brush = new Brush(small, seriesView.trend);
  markFound(series);
}
