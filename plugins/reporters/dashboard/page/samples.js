// What one run of a series is made of: its samples as a histogram and as the share below, its
// launches, and the figures as a table. Two runs are drawn over each other.
const drawHeight = 210, margin = { left: 46, right: 14, top: 24, bottom: 36 };

let drawWidth = 460; // at most, or as much as a narrow window has: letters are not shrunk with it

function samplesOf(entry) {
  return { run: entry.r, count: entry.n, values: unpack(entry.v, entry.q), launches: entry.l ? unpack(entry.l, entry.lq) : [] };
}

function quantile(sorted, share) {
  const place = share * (sorted.length - 1), below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

// Places on a picture: x of values, y of shares.
function frame(low, high, top, height = drawHeight) {
  const w = drawWidth - margin.left - margin.right, h = height - margin.top - margin.bottom;
  const span = high - low || Math.abs(high) || 1;
  return {
    x: (v) => margin.left + ((v - low) / span) * w,
    y: (v) => margin.top + h - (v / top) * h,
    low, high: low + span, bottom: margin.top + h, height,
  };
}

function axes(at, unit, title, yTitle, yText, top) {
  const scale = scaleFor(Math.max(Math.abs(at.low), Math.abs(at.high)), unit);
  const parts = [drawn("line", { x1: margin.left, x2: drawWidth - margin.right, y1: at.bottom, y2: at.bottom, class: "axis" })];
  for (let i = 0; i <= 3; i++) {
    const v = at.low + ((at.high - at.low) * i) / 3;
    const anchor = i === 3 ? "end" : i === 0 ? "start" : "middle";
    parts.push(drawn("text", { x: at.x(v), y: at.bottom + 14, "text-anchor": anchor }, digits(v / scale.factor, 4)));
  }
  for (const share of [0, 0.5, 1]) {
    parts.push(drawn("text", { x: margin.left - 5, y: at.y(share * top) + 4, "text-anchor": "end" }, yText(share * top)));
  }
  parts.push(drawn("text", { x: (margin.left + drawWidth - margin.right) / 2, y: at.height - 5, "text-anchor": "middle" }, title + (scale.unit ? ", " + scale.unit : "")));
  parts.push(drawn("text", { x: margin.left, y: 12, "text-anchor": "start" }, yTitle));
  return parts;
}

function picture(label, parts, height = drawHeight) {
  return drawn("svg", { class: "draw", viewBox: "0 0 " + drawWidth + " " + height, role: "img", "aria-label": label }, ...parts);
}

const rangeOf = (all) => [Math.min(...all.map((one) => one.values[0])), Math.max(...all.map((one) => one.values[one.values.length - 1]))];

// Bins of equal width, as wide as suits the narrower of the runs (Freedman and Diaconis).
function binsOf(all, low, high) {
  if (!(high > low)) return 1;
  const widths = all.map((one) => (2 * (quantile(one.values, 0.75) - quantile(one.values, 0.25))) / Math.cbrt(one.values.length)).filter((width) => width > 0);
  return widths.length === 0 ? 10 : Math.max(5, Math.min(80, Math.ceil((high - low) / Math.min(...widths))));
}

function histogram(all, series) {
  const [low, high] = rangeOf(all);
  const bins = binsOf(all, low, high);
  const shares = all.map((one) => {
    const counts = new Array(bins).fill(0);
    for (const v of one.values) counts[Math.min(bins - 1, Math.floor(((v - low) / (high - low || 1)) * bins))]++;
    return counts.map((count) => count / one.values.length);
  });
  const top = Math.max(...shares.flat());
  const at = frame(low, high, top);
  const parts = axes(at, series.u, series.m, "share of samples", (v) => Math.round(v * 100) + " %", top);
  shares.forEach((of, k) => of.forEach((share, i) => {
    const x0 = at.x(low + ((at.high - low) * i) / bins), x1 = at.x(low + ((at.high - low) * (i + 1)) / bins);
    if (share > 0) parts.push(drawn("rect", { x: x0, width: Math.max(1, x1 - x0 - 1), y: at.y(share), height: at.bottom - at.y(share), class: "area" + (k + 1) }));
  }));
  return picture("Histogram of the samples of " + series.name, parts);
}

function ecdf(all, series) {
  const [low, high] = rangeOf(all);
  const at = frame(low, high, 1);
  const parts = axes(at, series.u, series.m, "share at or below", (v) => Math.round(v * 100) + " %", 1);
  all.forEach((one, k) => {
    let path = "M" + at.x(one.values[0]) + " " + at.y(0);
    one.values.forEach((v, i) => { path += "H" + at.x(v).toFixed(1) + "V" + at.y((i + 1) / one.values.length).toFixed(1); });
    parts.push(drawn("path", { d: path, class: k === 0 ? "line" : "line2" }));
  });
  return picture("Share of samples at or below a figure, of " + series.name, parts);
}

// Medians of launches, in order: whether launches differ, or drift.
function launches(all, series) {
  const values = all.flatMap((one) => one.launches);
  if (values.length < 2) return null;
  const low = Math.min(...values), high = Math.max(...values);
  const height = 84 + 44 * all.length, at = frame(low, high, all.length, height);
  const parts = axes(at, series.u, "median of each launch", "launches, in their order from above", () => "", all.length);
  all.forEach((one, k) => one.launches.forEach((v, i) => {
    const y = at.y(all.length - k - 1 + 0.25 + 0.5 * (one.launches.length > 1 ? 1 - i / (one.launches.length - 1) : 0.5));
    parts.push(drawn("circle", { cx: at.x(v), cy: y, r: 3, class: k === 0 ? "one" : "two" }));
  }));
  return picture("Medians of the launches of " + series.name, parts, height);
}

// The run that the newest step that counts comes after, if any.
const runBeforeStep = (series) => (series.ch || []).filter((change) => change[5]).map((change) => change[0]).pop();

const runText = (series, run) => day(data.branches[series.b].t[run]) + ", " + commitOf(series, run);

function drawSamples(series, all, roles) {
  const rows = all.map((one) => [runText(series, one.run), String(one.count), ...[0, 0.25, 0.5, 0.75, 0.95, 1].map((q) => figure(quantile(one.values, q), series.u))]);
  const thinned = all.some((one) => one.count > one.values.length);
  const strip = launches(all, series);
  return [
    element("ul", { class: "keys" }, ...all.map((one, k) => element("li", {}, element("i", { class: "k" + k }), runText(series, one.run) + (roles.get(one.run) || "")))),
    element("div", { class: "pair" }, histogram(all, series), ecdf(all, series), ...(strip ? [strip] : [])),
    tableOf("Samples of one iteration" + (thinned ? "; drawn are every percentile of them" : ""), ["run", "samples", "least", "25 %", "median", "75 %", "95 %", "most"], rows),
  ];
}

// The samples of the newest run that has any here, and beside it those of one that is chosen: at
// first that before the newest step.
function samplesView(series) {
  const all = (series.s || []).map(samplesOf).filter((one) => one.values.length > 0).sort((a, b) => b.run - a.run);
  if (all.length === 0) return element("p", { class: "note" }, "The history holds no more than figures of its newest run: nothing was sampled, the run was imported, or retention has made its samples figures.");
  const [newest, ...others] = all, before = runBeforeStep(series);
  const roles = new Map([[before, " (before its step)"], [newest.run, " (newest)"]]);
  const body = element("div", {});
  const choice = element("select", { id: "samples-of", on: { change: () => draw() } }, element("option", { value: "" }, "no other run"),
    ...others.map((one) => element("option", { value: one.run }, runText(series, one.run) + (roles.get(one.run) || ""))));
  const draw = () => {
    drawWidth = Math.max(280, Math.min(460, byId("view").clientWidth));
    body.replaceChildren(...drawSamples(series, [newest, ...others.filter((one) => String(one.run) === choice.value)], roles));
  };
  seriesView.redraw = () => { if (drawWidth !== Math.max(280, Math.min(460, byId("view").clientWidth))) draw(); };
  choice.value = others.some((one) => one.run === before) ? String(before) : "";
  draw();
  const chooser = others.length === 0 ? null : element("p", { class: "tools" }, element("label", { for: "samples-of" }, "Beside the newest"), choice);
  return element("div", {}, chooser, element("p", { id: "samples-note", class: "note", "aria-live": "polite" }), body);
}

// A run that was chosen in the trend.
function chooseSamples(series, run) {
  const choice = byId("samples-of"), there = (series.s || []).some((entry) => entry.r === run);
  byId("samples-note")?.replaceChildren(there ? "" : "Of the run of " + runText(series, run) + " this page holds no samples: none were kept, or others filled it.");
  if (!there || !choice) return;
  choice.value = [...choice.options].some((option) => option.value === String(run)) ? String(run) : "";
  choice.dispatchEvent(new Event("change"));
}
