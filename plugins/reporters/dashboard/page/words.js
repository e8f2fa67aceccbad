// Figures and places as people read them; elements with text, never with markup.
const units = {
  s: [[1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"], [1e-12, "ps"]],
  By: [[1 << 30, "GiB"], [1 << 20, "MiB"], [1024, "KiB"], [1, "B"]],
};

// {factor, unit}: a figure is divided by the factor. Braces mark what is counted, and are not told;
// of rates "By/s" the first part has the steps.
function scaleFor(size, unit) {
  if (unit === "%") return { factor: 1, unit: "%" };
  const [what, ...rest] = unit.replace(/[{}]/g, "").split("/"), per = rest.map((part) => "/" + part).join("");
  const steps = units[what];
  if (steps && (what !== "s" || !per)) {
    const [factor, name] = steps.find(([least]) => size >= least) || steps[steps.length - 1];
    return { factor, unit: name + per };
  }
  const plain = (what === "1" ? "" : what) + per;
  for (const [factor, prefix] of [[1e9, "G"], [1e6, "M"], [1e4, "k"]]) {
    if (size >= factor) return { factor: factor === 1e4 ? 1e3 : factor, unit: prefix + (plain && plain[0] !== "/" ? " " : "") + plain };
  }
  return { factor: 1, unit: plain };
}

function digits(value, significant) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(significant - 1);
  const decimals = Math.max(0, significant - 1 - Math.floor(Math.log10(size)));
  const text = value.toFixed(Math.min(decimals, 12));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function figure(value, unit, scale) {
  if (value === null || value === undefined || !isFinite(value)) return "–";
  const by = scale || scaleFor(Math.abs(value), unit);
  return digits(value / by.factor, 4) + (by.unit && by.unit[0] !== "/" ? " " : "") + by.unit;
}

function percent(share) {
  if (!isFinite(share)) return "–";
  const text = (share * 100).toFixed(Math.abs(share) < 0.1 ? 2 : 1);
  const none = /^-?0\.?0*$/.test(text);
  return (none ? text.replace("-", "") : (share > 0 ? "+" : "") + text) + " %";
}

// How changes of a series are told: of shares in percentage points, all else by the figure itself.
const inPoints = (series) => series.sc === 1;

function changeOf(series, then, now) {
  return inPoints(series) ? (now - then) / (series.u === "%" ? 100 : 1) : (now - then) / Math.abs(then);
}

function changeText(series, change) {
  if (!inPoints(series)) return percent(change);
  return isFinite(change) ? percent(change).replace(/ %$/, "") + " points" : "–";
}

// The smallest change that one run shows.
function sizeText(series, size) {
  return series.sc === 2 ? digits(size, 3) + " log odds" : digits(size * 100, 3) + (inPoints(series) ? " points" : " %");
}

function day(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC";
}

const two = (n) => String(n).padStart(2, "0");

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const svgSpace = "http://www.w3.org/2000/svg";

function drawn(name, attributes, ...children) {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A table of rows of texts; the first of each row is its heading.
function tableOf(caption, head, rows) {
  const body = rows.map((row) =>
    element("tr", {}, ...row.map((text, i) => element(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : { class: "n", "data-l": head[i] }, text))));
  return element("div", { class: "wide" }, element("table", { class: "stacked" }, element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head.map((text, i) => element("th", { scope: "col", class: i === 0 ? "" : "n" }, text)))),
    element("tbody", {}, ...body)));
}
