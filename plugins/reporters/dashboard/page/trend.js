// The trend of a series through its runs, with uPlot: interval, baseline, limit, steps, shifts of the
// machine; platforms over each other; wheel, drag and keys to move about.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const stepRows = 3; // of names, at the top of a trend
const lineColours = ["--accent", "--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--s7"];

// Columns for uPlot: all times once, then value, high, low of each series. null: it broke there;
// undefined: another platform's run.
function columnsOf(all, relative) {
  const times = new Map();
  for (const series of all) for (const t of pointsOf(series).time) times.set(t, 0);
  const x = [...times.keys()].sort((a, b) => a - b);
  x.forEach((t, i) => times.set(t, i));
  const columns = [x], rows = [];
  for (const series of all) {
    const points = pointsOf(series);
    const by = relative ? series.k || firstFigure(points) : 1;
    const value = new Array(x.length), high = new Array(x.length), low = new Array(x.length), row = new Array(x.length);
    points.time.forEach((t, i) => {
      const k = times.get(t);
      const v = points.value[i];
      if (v === null && value[k] !== undefined) return; // the other run of this moment has one
      value[k] = v === null ? null : v / by;
      high[k] = points.high[i] === null ? value[k] : points.high[i] / by;
      low[k] = points.low[i] === null ? value[k] : points.low[i] / by;
      row[k] = i;
    });
    columns.push(value, high, low);
    rows.push(row);
  }
  return { columns, rows };
}

const firstFigure = (points) => points.value.find((v) => v !== null) || 1;

// Days before months, as the other charts have them: what stands below a tick where it changes.
const dateForms = [
  [31536000, "{YYYY}", null, null, null, null, null, null, 1],
  [2419200, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [86400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [3600, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
];

// 1, 2 or 5 times a power of ten.
function niceStep(least) {
  const ten = Math.pow(10, Math.floor(Math.log10(least)));
  return [1, 2, 5, 10].map((times) => times * ten).find((step) => step >= least) || 10 * ten;
}

class Trend {
  constructor(host, all, options, tell) {
    this.host = host;
    this.all = all;
    this.options = options;
    this.tell = tell;
    const { columns, rows } = columnsOf(all, options.relative);
    this.columns = columns;
    this.rows = rows;
    this.place = null; // of the point that is read out
    this.scale = this.scaleOfFigures();
    this.plot = new uPlot(this.settings(), columns, host);
    this.full = this.wholeRange();
    this.listen();
  }

  scaleOfFigures() {
    let most = 0;
    for (const v of this.columns[1]) if (v !== null && v !== undefined && Math.abs(v) > most) most = Math.abs(v);
    return this.options.relative ? { factor: 1, unit: "of the baseline" } : scaleFor(most, this.all[0].u);
  }

  // The largest figure by the smallest.
  spread() {
    let low = Infinity, high = 0;
    for (const v of this.columns[1]) if (v > 0) { low = Math.min(low, v); high = Math.max(high, v); }
    return high / low;
  }

  wholeRange() {
    const x = this.columns[0];
    const pad = (x[x.length - 1] - x[0]) * 0.02 || 43200;
    return [x[0] - pad, x[x.length - 1] + pad];
  }

  marks() {
    const first = this.all[0], by = this.options.relative ? first.k || firstFigure(pointsOf(first)) : 1;
    return { base: first.k === undefined ? null : first.k / by, limit: first.l === undefined ? null : first.l / by };
  }

  settings() {
    const dim = colour("--dim"), grid = { stroke: colour("--line"), width: 1 };
    const font = "11px " + getComputedStyle(document.body).fontFamily;
    const series = [{}], bands = [];
    this.all.forEach((_, i) => {
      const stroke = colour(lineColours[i % 8]), at = 1 + 3 * i;
      series.push({ stroke, width: 1.5, points: { show: (u, k, i0, i1) => i1 - i0 < 160, size: 5, fill: stroke, stroke } },
        { stroke: "transparent", points: { show: false } }, { stroke: "transparent", points: { show: false } });
      bands.push({ series: [at + 1, at + 2], fill: stroke + "33" });
    });
    const { base, limit } = this.marks();
    const title = this.all[0].m + (this.scale.unit ? ", " + this.scale.unit : "");
    return {
      width: this.host.clientWidth - 14, height: this.options.height || 340, series, bands,
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { drag: { x: true, y: false }, points: { size: 8 }, bind: { dblclick: () => () => { this.reset(); return null; } } },
      scales: {
        x: { time: true, range: (u, min, max) => this.seen || this.wholeRange() },
        y: this.options.log ? { distr: 3, range: (u, min, max) => this.rangeOfLogs(min, max, base, limit) } : { range: (u, min, max) => this.rangeOfFigures(min, max, base, limit) },
      },
      axes: [
        { stroke: dim, grid, ticks: grid, font, values: dateForms, label: momentText(this.all[0]) + ", UTC", labelFont: font, labelSize: 20 },
        { stroke: dim, grid, ticks: grid, font, size: 64, label: title, labelFont: font, labelSize: 20,
          ...(this.options.log && this.spread() < 100 ? { splits: (u, axis, min, max) => this.splits(u, axis, min, max), filter: (u, splits) => splits } : {}),
          values: (u, splits) => splits.map((v) => (v === null ? "" : digits(v / this.scale.factor, 4))) },
      ],
      hooks: {
        drawClear: [(u) => this.drawBehind(u)],
        draw: [(u) => this.drawOver(u)],
        setCursor: [(u) => this.pointed(u)],
        setSelect: [(u) => this.selected(u)],
      },
    };
  }

  rangeOfFigures(min, max, base, limit) {
    if (min === null) return [0, 1];
    let low = min, high = max;
    for (const mark of [base, limit]) if (mark !== null && isFinite(mark)) { low = Math.min(low, mark); high = Math.max(high, mark); }
    const pad = (high - low) * 0.08 || Math.abs(high) * 0.05 || 1;
    return [low >= 0 && low - pad < 0 ? 0 : low - pad, high + pad + (high - low) * this.headroom()];
  }

  // Of the height of the figures, for the names of steps above them.
  headroom() {
    const steps = (this.all[0].ch || []).filter((change) => change[5]).length;
    const rows = Math.min(stepRows, steps * (this.host.clientWidth < 620 ? 2 : 1));
    return rows === 0 ? 0 : (rows * 14 + 4) / 230;
  }

  rangeOfLogs(min, max, base, limit) {
    if (min === null) return [1, 10];
    const marks = [base, limit].filter((mark) => mark > 0);
    const low = Math.min(min, ...marks), high = Math.max(max, ...marks), pad = Math.max(1.02, Math.pow(high / low, 0.06));
    return [low / pad, high * pad * Math.pow(high / low, this.headroom())];
  }

  // Less than two decades have too few powers of ten: even steps of figures, whatever their places.
  splits(u, axis, min, max) {
    const step = niceStep((max - min) / 6), all = [];
    for (let v = Math.ceil(min / step) * step; v <= max; v += step) all.push(v);
    return all;
  }

  // A drag has chosen a part.
  selected(u) {
    if (u.select.width < 6) return;
    const from = u.posToVal(u.select.left, "x"), to = u.posToVal(u.select.left + u.select.width, "x");
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.see(from, to);
  }

  see(from, to) {
    const whole = this.wholeRange();
    const least = (whole[1] - whole[0]) / 5000;
    if (to - from < least) { const middle = (from + to) / 2; from = middle - least / 2; to = middle + least / 2; }
    const span = Math.min(to - from, whole[1] - whole[0]);
    from = Math.max(whole[0], Math.min(from, whole[1] - span));
    this.seen = [from, from + span];
    this.plot.setScale("x", { min: this.seen[0], max: this.seen[1] });
    if (this.onSee) this.onSee(this.seen);
  }

  reset() {
    this.seen = null;
    const whole = this.wholeRange();
    this.plot.setScale("x", { min: whole[0], max: whole[1] });
    if (this.onSee) this.onSee(whole);
  }

  range() { return this.seen || this.wholeRange(); }

  zoom(times, middle) {
    const [from, to] = this.range();
    const at = middle === undefined ? (from + to) / 2 : middle;
    this.see(at - (at - from) * times, at + (to - at) * times);
  }

  pan(share) {
    const [from, to] = this.range();
    this.see(from + (to - from) * share, to + (to - from) * share);
  }

  listen() {
    const over = this.plot.over;
    over.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 0.8 : 1.25, this.plot.posToVal(event.offsetX, "x"));
    }, { passive: false });
    // Before uPlot sees it: with shift a drag moves what is seen.
    over.addEventListener("mousedown", (event) => { this.pressed = event.clientX; if (event.shiftKey) this.drag(event); }, true);
    over.addEventListener("click", (event) => { if (Math.abs(event.clientX - this.pressed) < 6) this.choose(); }, true);
    this.host.addEventListener("keydown", (event) => this.key(event));
  }

  drag(event) {
    event.stopImmediatePropagation();
    event.preventDefault();
    const [from, to] = this.range(), x0 = event.clientX, width = this.plot.over.clientWidth;
    const move = (at) => { const by = ((x0 - at.clientX) / width) * (to - from); this.see(from + by, to + by); };
    const stop = () => { removeEventListener("mousemove", move); removeEventListener("mouseup", stop); };
    addEventListener("mousemove", move);
    addEventListener("mouseup", stop);
  }

  key(event) {
    const acts = {
      ArrowRight: () => (event.shiftKey ? this.pan(0.2) : this.step(1)), ArrowLeft: () => (event.shiftKey ? this.pan(-0.2) : this.step(-1)),
      "+": () => this.zoom(0.7), "=": () => this.zoom(0.7), "-": () => this.zoom(1.4),
      Escape: () => this.reset(), Home: () => this.step(-1e9), End: () => this.step(1e9), Enter: () => this.choose(),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  }

  // To the next point of the first series that has a figure.
  step(by) {
    const value = this.columns[1], last = value.length - 1;
    let at = this.place === null ? (by > 0 ? -1 : last + 1) : this.place;
    at = Math.max(-1, Math.min(last + 1, at + (Math.abs(by) > 1 ? by : 0)));
    if (at > last || at < 0) at = by > 0 ? (Math.abs(by) > 1 ? last + 1 : -1) : (Math.abs(by) > 1 ? -1 : last + 1);
    const way = Math.abs(by) > 1 ? -Math.sign(by) : Math.sign(by);
    do at += way; while (at >= 0 && at <= last && value[at] === undefined);
    if (at < 0 || at > last) return;
    const [from, to] = this.range(), x = this.columns[0][at];
    if (x < from || x > to) this.see(x - (to - from) / 2, x + (to - from) / 2);
    const v = value[at];
    this.plot.setCursor({ left: this.plot.valToPos(x, "x"), top: v === null ? 0 : this.plot.valToPos(v, "y") });
    this.place = at;
    this.tell(at);
  }

  choose() {
    const row = this.place === null ? undefined : this.rows[0][this.place];
    if (row !== undefined && this.onChoose) this.onChoose(pointsOf(this.all[0]).run[row]);
  }

  pointed(u) {
    const at = u.cursor.idx;
    if (at === null || at === undefined || at === this.place) return;
    this.place = at;
    this.tell(at);
  }

  drawBehind(u) {
    const c = u.ctx, { left, top, width, height } = u.bbox;
    c.save();
    c.beginPath();
    c.rect(left, top, width, height);
    c.clip();
    const first = this.all[0], times = data.branches[first.b].t;
    const shade = (from, to, fill) => {
      c.fillStyle = fill;
      const x0 = u.valToPos(times[from], "x", true), x1 = u.valToPos(times[to], "x", true);
      c.fillRect(x0 - 3, top, Math.max(6, x1 - x0 + 6), height);
    };
    for (const [from, to] of data.branches[first.b].sh || []) shade(from, to, colour("--dim") + "2a");
    for (const [from, to] of first.dr || []) shade(from, to, colour("--s1") + "1c");
    c.restore();
  }

  drawOver(u) {
    const c = u.ctx, { left, top, width, height } = u.bbox, dpr = devicePixelRatio || 1;
    c.save();
    c.beginPath();
    c.rect(left, top, width, height);
    c.clip();
    c.font = 11 * dpr + "px " + getComputedStyle(document.body).fontFamily;
    const { base, limit } = this.marks(), steps = this.stepsSeen(u);
    const across = [{ at: base, name: "--dim", dash: [7 * dpr, 5 * dpr], text: "baseline", side: "left" }, { at: limit, name: "--bad", dash: [2 * dpr, 4 * dpr], text: "limit", side: "right" }]
      .filter(({ at }) => at !== null && isFinite(at)).map((mark) => ({ ...mark, y: u.valToPos(mark.at, "y", true) }));
    across.forEach((mark) => this.line(c, mark.name, mark.dash, [left, mark.y], [left + width, mark.y]));
    steps.forEach((step) => this.line(c, step.name, [], [step.x, top], [step.x, top + height]));
    this.oddPoints(u);
    this.nameLines(u, steps, across);
    c.restore();
  }

  text(v) { return v === null ? "" : this.options.relative ? percent(v - 1) : figure(v, this.all[0].u); }

  // The steps that count, where they are seen.
  stepsSeen(u) {
    const series = this.all[0], { left, width } = u.bbox;
    return (series.ch || []).filter((change) => change[5]).map(([good, bad, before, after, worse]) => ({
      x: u.valToPos(data.branches[series.b].t[bad], "x", true),
      name: series.d === 0 ? "--accent" : worse ? "--bad" : "--good",
      texts: [changeText(series, changeOf(series, before, after)), markOf(series, good) + ".." + markOf(series, bad)],
    })).filter((step) => step.x >= left && step.x <= left + width);
  }

  line(c, name, dash, from, to) {
    c.strokeStyle = colour(name);
    c.lineWidth = 1.3 * (devicePixelRatio || 1);
    c.setLineDash(dash);
    c.beginPath();
    c.moveTo(...from);
    c.lineTo(...to);
    c.stroke();
    c.setLineDash([]);
  }

  // What is drawn already, as pieces that no text should lie on.
  drawnPieces(u, steps, across) {
    const { left, top, width, height } = u.bbox, dpr = devicePixelRatio || 1;
    const lines = [...across.map(({ y }) => ({ left, right: left + width, top: y - dpr, bottom: y + dpr })), ...steps.map(({ x }) => ({ left: x - dpr, right: x + dpr, top, bottom: top + height }))];
    const place = (v) => u.valToPos(v, "y", true);
    this.all.forEach((_, k) => {
      const [value, high, low] = [1, 2, 3].map((of) => this.columns[of + 3 * k]), seen = [];
      this.columns[0].forEach((t, at) => {
        const x = u.valToPos(t, "x", true), before = seen[seen.length - 1];
        if (typeof value[at] !== "number" || x < left - width || x > left + 2 * width) return;
        const one = [x, place(value[at]), place(low[at]), place(high[at])];
        if (!before || x - before[0] > 2 * dpr) { seen.push(one); return; }
        before[2] = Math.max(before[2], one[2]); // runs that stand on one place are one piece
        before[3] = Math.min(before[3], one[3]);
      });
      lines.push(...piecesOf(seen, 3 * dpr));
    });
    return lines;
  }

  // Names of steps and lines. One that finds no room is left out: the keys above the chart have
  // the figures of the lines, and a part of a name would be another name.
  nameLines(u, steps, across) {
    const c = u.ctx, { left, top, width, height } = u.bbox, dpr = devicePixelRatio || 1;
    const plot = { left, top, right: left + width, bottom: top + height }, high = 14 * dpr, gap = 4 * dpr;
    const lines = this.drawnPieces(u, steps, across), taken = [];
    const widthOf = (rows) => Math.max(...rows.map((row) => c.measureText(row).width));
    const write = (name, rows, { left: x, top: y }) => rows.forEach((row, i) => this.halo(c, name, row, x, y + i * high));
    c.textAlign = "left";
    c.textBaseline = "top";
    for (const { x, name, texts } of steps) {
      const found = [[texts.join("  ")], texts, texts.slice(0, 1)].map((rows) => ({ rows, place: bestPlace(plot, placesBeside(plot, x, widthOf(rows), rows.length * high, gap, stepRows), taken, lines) })).filter(({ place }) => place);
      const best = found.find(({ place }) => place.crossed === 0) || found.sort((a, b) => a.place.crossed - b.place.crossed)[0];
      if (!best) continue;
      taken.push(best.place.box);
      write(name, best.rows, best.place.box);
    }
    for (const { at, y, name, text, side } of across) {
      const rows = [text === "baseline" && this.options.relative ? text : text + " " + this.text(at)];
      const place = bestPlace(plot, placesAlong(plot, y, widthOf(rows), high, gap, side === "right"), taken, lines);
      if (!place || place.crossed > 0) continue;
      taken.push(place.box);
      write(name, rows, place.box);
    }
  }

  halo(c, name, text, x, y) {
    c.lineWidth = 3 * (devicePixelRatio || 1);
    c.strokeStyle = colour("--ground");
    c.strokeText(text, x, y);
    c.fillStyle = colour(name);
    c.fillText(text, x, y);
  }

  // Outliers are hollow, excluded runs crossed, what broke is a cross at the bottom.
  oddPoints(u) {
    const c = u.ctx, dpr = devicePixelRatio || 1, { top, height } = u.bbox;
    this.all.forEach((series, k) => {
      const points = pointsOf(series);
      this.rows[k].forEach((row, at) => {
        if (row === undefined || (!points.flags[row] && !points.broken[row])) return;
        const x = u.valToPos(this.columns[0][at], "x", true), v = this.columns[1 + 3 * k][at];
        const y = v === null ? top + height - 7 * dpr : u.valToPos(v, "y", true), r = 4 * dpr;
        c.lineWidth = 1.5 * dpr;
        c.strokeStyle = colour(points.broken[row] ? "--bad" : lineColours[k % 8]);
        c.beginPath();
        if (points.broken[row] || points.flags[row] & 2) {
          c.moveTo(x - r, y - r); c.lineTo(x + r, y + r); c.moveTo(x - r, y + r); c.lineTo(x + r, y - r);
        } else if (points.flags[row] & 1) {
          c.arc(x, y, r, 0, 7);
          c.fillStyle = colour("--ground");
          c.fill();
        }
        c.stroke();
      });
    });
  }

  resize() { this.plot.setSize({ width: this.host.clientWidth - 14, height: this.options.height || 340 }); }

  end() { this.plot.destroy(); }
}
