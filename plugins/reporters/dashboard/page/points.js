// The figures of the series as the reporter packed them (packed_points.hpp), unpacked when needed.
const data = JSON.parse(document.getElementById("data").textContent);
const digitsOf64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const valueOf64 = new Uint8Array(128);
for (let i = 0; i < 64; i++) valueOf64[digitsOf64.charCodeAt(i)] = i;

for (const branch of data.branches) {
  let t = 0;
  branch.t = Float64Array.from(branch.runs.t, (d) => (t += d));
}

// Differences in zig-zag varints, times the step.
function unpack(text, step) {
  const bytes = atob(text);
  const values = [];
  let before = 0, number = 0, place = 1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    number += (byte & 127) * place;
    if (byte & 128) { place *= 128; continue; }
    before += number % 2 ? -(number + 1) / 2 : number / 2;
    values.push(before * step);
    number = 0;
    place = 1;
  }
  return values;
}

function widthOf(code, range) {
  const step = valueOf64[code];
  if (step === 0) return null;
  return step === 1 ? 0 : range[0] * Math.pow(range[1] / range[0], (step - 2) / 61);
}

// Columns of a series, a row for each of its runs: run, time, value (null: none), low, high, and by
// row what is odd about it.
function pointsOf(series) {
  if (series.points) return series.points;
  const runs = [];
  for (let i = 0; i < series.r.length; i += 2) {
    for (let k = 0; k < series.r[i + 1]; k++) runs.push(series.r[i] + k);
  }
  const broken = new Map(), flags = new Map();
  for (let i = 0; i < (series.x || []).length; i += 2) broken.set(series.x[i], series.x[i + 1]);
  for (let i = 0; i < (series.f || []).length; i += 2) flags.set(series.f[i], series.f[i + 1]);
  const figures = unpack(series.v, series.q);
  const value = [], low = [], high = [];
  let next = 0;
  for (let i = 0; i < runs.length; i++) {
    if (broken.has(i)) { value.push(null); low.push(null); high.push(null); continue; }
    const v = figures[next];
    const below = series.i ? widthOf(series.i.charCodeAt(2 * next), series.ir) : null;
    const above = series.i ? widthOf(series.i.charCodeAt(2 * next + 1), series.ir) : null;
    value.push(v);
    low.push(below === null ? null : v - below);
    high.push(above === null ? null : v + above);
    next++;
  }
  const times = data.branches[series.b].t;
  const time = runs.map((run) => times[run]);
  // Runs are in the order of commits; a chart goes by time.
  const order = runs.map((_, i) => i).sort((a, b) => time[a] - time[b] || a - b);
  const at = (column) => order.map((i) => column[i]);
  series.points = {
    run: at(runs), time: at(time), value: at(value), low: at(low), high: at(high),
    broken: order.map((i) => broken.get(i) || null), flags: order.map((i) => flags.get(i) || 0),
  };
  return series.points;
}

// As many first digits as tell the runs of a branch apart.
function runName(runs, run) {
  if (!runs.digits) {
    const ids = [...runs.id].sort();
    runs.digits = 13;
    for (let i = 1; i < ids.length; i++) {
      while (ids[i] !== ids[i - 1] && ids[i].startsWith(ids[i - 1].slice(0, runs.digits))) runs.digits++;
    }
  }
  return runs.id[run].slice(0, runs.digits);
}

function commitOf(series, run) {
  const runs = data.branches[series.b].runs;
  return runs.sha[run] || runName(runs, run);
}

// What the time of a run is: its commit's, or where none is known its start.
function momentText(series) {
  const known = data.branches[series.b].runs.sha.filter(Boolean).length, all = data.branches[series.b].runs.sha.length;
  return known === all ? "commit time" : known === 0 ? "start of the run" : "commit time, else start";
}

// The same where there is little room.
function markOf(series, run) {
  const runs = data.branches[series.b].runs;
  return runs.sha[run] ? runs.sha[run].slice(0, 8) : runName(runs, run);
}

const isSame = (a, b) => a.c === b.c && a.m === b.m && a.u === b.u;

// The same case and metric on every platform, this one first.
function overlaid(series) {
  return [series, ...data.series.filter((other) => other !== series && isSame(other, series))];
}

data.series.forEach((series, i) => {
  series.n = i;
  series.name = series.c + " " + series.m;
});
