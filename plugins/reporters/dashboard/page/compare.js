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

// Change of the figure, with the ends that both intervals allow.
function compared(branch, a, b) {
  const before = figuresAt(a, branch), rows = [];
  for (const [series, now] of figuresAt(b, branch)) {
    const then = before.get(series);
    if (!then || then.value === 0) continue;
    const by = Math.abs(then.value), known = then.low !== null && now.low !== null;
    rows.push({ series, then, now, change: (now.value - then.value) / by,
      low: known ? (now.low - then.high) / by : null, high: known ? (now.high - then.low) / by : null,
      apart: known && (now.low > then.high || now.high < then.low) });
  }
  return rows.sort((x, y) => Number(y.apart) - Number(x.apart) || Math.abs(y.change) - Math.abs(x.change));
}

function forestOf(rows) {
  const shown = rows.slice(0, forestMost), line = 20, left = 300, width = 900, right = 24, height = shown.length * line + 48;
  const far = Math.max(0.005, ...shown.flatMap((row) => [Math.abs(row.change), Math.abs(row.low || 0), Math.abs(row.high || 0)]));
  const x = (v) => left + ((v + far) / (2 * far)) * (width - left - right);
  const parts = [drawn("line", { x1: x(0), x2: x(0), y1: 4, y2: height - 40, class: "zero" })];
  for (const v of [-far, -far / 2, 0, far / 2, far]) parts.push(drawn("text", { x: x(v), y: height - 24, "text-anchor": v === far ? "end" : "middle" }, percent(v)));
  parts.push(drawn("text", { x: x(0), y: height - 6, "text-anchor": "middle" }, "change of the figure, %"));
  shown.forEach((row, i) => {
    const y = 14 + i * line, kind = !row.apart ? "plain" : row.series.d === 0 ? "apart" : row.change * row.series.d > 0 ? "good" : "bad", name = row.series.name;
    parts.push(drawn("text", { x: left - 10, y: y + 4, "text-anchor": "end", class: "name" }, name.length > 42 ? name.slice(0, 18) + "…" + name.slice(-23) : name));
    if (row.low !== null) parts.push(drawn("line", { x1: x(row.low), x2: x(row.high), y1: y, y2: y, class: kind, "stroke-width": 2 }));
    parts.push(drawn("circle", { cx: x(row.change), cy: y, r: 3.5, class: kind }, drawn("title", {}, name + " " + percent(row.change))));
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
    parts.push(element("figure", { class: "panel" }, forestOf(rows)));
    const left = rows.length - compareMost;
    parts.push(tableOf("Intervals that lie apart first, then by size" + (left > 0 ? "; " + left + " smaller ones left out" : ""), ["case, metric", "A", "B", "change", "intervals"],
      rows.slice(0, compareMost).map((row) => [row.series.name, figure(row.then.value, row.series.u), figure(row.now.value, row.series.u), percent(row.change), row.low === null ? "–" : row.apart ? "apart" : "overlap"])));
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
