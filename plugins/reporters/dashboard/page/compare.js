// Two runs of a platform beside each other: what every series that both have did. It shows and does
// not judge: `assay compare` holds the difference against how much runs differ anyway.
const compareMost = 200, forestMost = 40;

function figuresAt(run, branch) {
  const found = new Map();
  for (const series of data.series) {
    if (series.b !== branch) continue;
    const points = pointsOf(series), row = points.run.lastIndexOf(run);
    if (row >= 0 && points.value[row] !== null) found.set(series, { value: points.value[row], low: points.low[row], high: points.high[row] });
  }
  return found;
}

// Times, bytes, counts and how much of them a second: none is less than nothing.
const isAmount = (unit) => /^(s$|By|\{|.*\/)/.test(unit);

// Change of the figure, with the ends that both intervals allow.
function compared(branch, a, b) {
  const before = figuresAt(a, branch), rows = [];
  for (const [series, now] of figuresAt(b, branch)) {
    const then = before.get(series);
    if (!then || (then.value === 0 && !inPoints(series))) continue;
    const known = then.low !== null && now.low !== null, by = (x) => changeOf(series, then.value, then.value + x);
    const least = !inPoints(series) && isAmount(series.u) && then.value > 0 && now.value >= 0 ? -1 : -Infinity;
    rows.push({ series, then, now, change: by(now.value - then.value),
      low: known ? Math.max(least, by(now.low - then.high)) : null, high: known ? by(now.high - then.low) : null,
      apart: known && (now.low > then.high || now.high < then.low) });
  }
  return rows.sort((x, y) => Number(y.apart) - Number(x.apart) || Math.abs(y.change) - Math.abs(x.change));
}

const shortName = (name, most) => (name.length > most ? name.slice(0, most * 0.43) + "…" + name.slice(-most * 0.54) : name);

// Rows of one scale, as wide as there is room: names at the left, or above where that is narrow.
function forestOf(rows, width) {
  const narrow = width < 620, shown = rows.slice(0, forestMost), line = narrow ? 36 : 20, left = narrow ? 10 : 300, right = narrow ? 10 : 24, height = shown.length * line + 48;
  const far = Math.max(0.005, ...shown.flatMap((row) => [Math.abs(row.change), Math.abs(row.low || 0), Math.abs(row.high || 0)]));
  const x = (v) => left + ((v + far) / (2 * far)) * (width - left - right), text = (v) => changeText(rows[0].series, v);
  const parts = [drawn("line", { x1: x(0), x2: x(0), y1: 4, y2: height - 40, class: "zero" })];
  for (const share of narrow ? [-1, 0, 1] : [-1, -0.5, 0, 0.5, 1]) parts.push(drawn("text", { x: x(share * far), y: height - 24, "text-anchor": share === 1 ? "end" : share === -1 && narrow ? "start" : "middle" }, text(share * far)));
  parts.push(drawn("text", { x: x(0), y: height - 6, "text-anchor": "middle" }, inPoints(rows[0].series) ? "change of the share, points" : "change of the figure, %"));
  shown.forEach((row, i) => {
    const y = (narrow ? 26 : 14) + i * line, kind = !row.apart ? "plain" : row.series.d === 0 ? "apart" : row.change * row.series.d > 0 ? "good" : "bad", name = row.series.name;
    parts.push(narrow ? drawn("text", { x: left, y: y - 11, class: "name halo" }, shortName(name, Math.floor((width - 20) / 6.9)))
      : drawn("text", { x: left - 10, y: y + 4, "text-anchor": "end", class: "name" }, shortName(name, 42)));
    if (row.low !== null) parts.push(drawn("line", { x1: x(row.low), x2: x(row.high), y1: y, y2: y, class: kind, "stroke-width": 2 }));
    parts.push(drawn("circle", { cx: x(row.change), cy: y, r: 3.5, class: kind }, drawn("title", {}, name + " " + text(row.change))));
  });
  return drawn("svg", { class: "draw", viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": "Changes of " + shown.length + " series" }, ...parts);
}

function showCompared() {
  const branch = Number(byId("compare-p").value), a = Number(byId("compare-a").value), b = Number(byId("compare-b").value);
  const runs = data.branches[branch].runs, rows = compared(branch, a, b);
  const known = rows.filter((row) => row.low !== null).length, apart = rows.filter((row) => row.apart).length;
  const counted = rows.length + (rows.length === 1 ? " series has" : " series have") + " a figure in both";
  const parts = [element("p", { class: "note" }, rows.length === 0 ? "No series has a figure in both runs."
    : counted + (known === 0 ? ", and none an interval in both" : "; the intervals of " + apart + " of " + known + " lie apart") + ". That is no verdict: ",
    rows.length ? element("code", {}, "assay compare run:" + runs.id[a] + " run:" + runs.id[b]) : null, rows.length ? " holds them against how much runs differ." : null)];
  if (rows.length) {
    const width = Math.max(280, byId("compare-result").clientWidth - 26);
    for (const points of [false, true]) {
      const some = rows.filter((row) => inPoints(row.series) === points);
      if (some.length) parts.push(element("figure", { class: "panel" }, forestOf(some, width)));
    }
    const left = rows.length - compareMost;
    parts.push(tableOf("Intervals that lie apart first, then by size" + (left > 0 ? "; " + left + " smaller ones left out" : ""), ["case, metric", "A", "B", "change", "intervals"],
      rows.slice(0, compareMost).map((row) => [row.series.name, figure(row.then.value, row.series.u), figure(row.now.value, row.series.u), changeText(row.series, row.change), row.low === null ? "–" : row.apart ? "apart" : "overlap"])));
  }
  byId("compare-result").replaceChildren(...parts);
}

function runChoices(branch) {
  const { runs, t } = data.branches[branch];
  return runs.id.map((_, i) => element("option", { value: i }, day(t[i]) + "  " + (runs.sha[i] || runName(runs, i)))).reverse();
}

function fillRuns() {
  const branch = Number(byId("compare-p").value), last = data.branches[branch].runs.id.length - 1;
  for (const [id, at] of [["compare-a", Math.max(0, last - 1)], ["compare-b", last]]) {
    byId(id).replaceChildren(...runChoices(branch));
    byId(id).value = String(at);
  }
  showCompared();
}

function prepareCompare() {
  const choice = byId("compare-choice");
  if (choice.firstChild) return;
  const select = (id, text, act, options) => [element("label", { for: id }, text), element("select", { id, on: { change: act } }, ...(options || []))];
  choice.append(...select("compare-p", "Platform", fillRuns, data.branches.map((branch, i) => element("option", { value: i }, branch.p))),
    ...select("compare-a", "A, before", showCompared), ...select("compare-b", "B, after", showCompared));
  fillRuns();
}
