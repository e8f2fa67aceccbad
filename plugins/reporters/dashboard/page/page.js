// The parts of the page one at a time, tiles that filter, and the address that remembers the view.
const parts = ["overview", "series", "compare", "alerts", "noise", "method"];
let filter = null;

function filterRows(name) {
  filter = filter === name ? null : name;
  for (const tile of document.querySelectorAll(".tile")) tile.setAttribute("aria-pressed", String(tile.dataset.filter === filter));
  let seen = 0, same = 0;
  const rows = document.querySelectorAll("#rows tbody tr");
  const some = [...rows].some((row) => !row.classList.contains("same"));
  for (const row of rows) {
    const folded = filter === null && some && row.classList.contains("same");
    row.hidden = folded || (filter !== null && !row.classList.contains(filter));
    seen += row.hidden ? 0 : 1;
    same += folded ? 1 : 0;
  }
  const note = byId("rows-empty");
  note.hidden = seen > 0 && same === 0;
  note.textContent = seen === 0 ? "No series is like that: choose another tile, or this one again for all." : same + " unchanged series are folded away; the tile shows them.";
}

function show(part) {
  for (const name of parts) byId(name).hidden = name !== part;
  scrollTo(0, 0);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === "#" + part) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function go(place) {
  if (location.hash === "#" + place) open();
  else location.hash = place;
}

// What the address says: a part, or a series by its number.
function open() {
  const place = location.hash.slice(1), number = /^s(\d+)$/.exec(place);
  if (number && data.series[number[1]]) {
    show("series");
    showSeries(data.series[number[1]]);
    return;
  }
  const part = parts.includes(place) ? place : "overview";
  show(part);
  if (part === "compare") prepareCompare();
  if (part === "series" && !seriesView.shown && data.series.length) {
    const [first] = [...data.series].sort((a, b) => Number(!a.v) - Number(!b.v) || graver(a, b));
    showSeries(first);
  }
}

let typed = 0;
byId("q").addEventListener("input", () => {
  cancelAnimationFrame(typed);
  typed = requestAnimationFrame(listFound);
});
byId("q").addEventListener("keydown", (event) => {
  const first = byId("found").querySelector("button");
  if (event.key === "Enter" && first) first.click();
});
for (const tile of document.querySelectorAll(".tile")) tile.addEventListener("click", () => filterRows(tile.dataset.filter));
for (const link of document.querySelectorAll(".scripted")) link.hidden = false;
addEventListener("hashchange", open);
addEventListener("resize", () => {
  if (seriesView.trend) { seriesView.trend.resize(); seriesView.brush.resize(); seriesView.redraw?.(); }
  if (!byId("compare").hidden) showCompared();
});
// On paper every part is there.
addEventListener("beforeprint", () => { for (const name of parts) byId(name).hidden = name === "compare" || (name === "series" && !seriesView.shown); });
addEventListener("afterprint", open);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (seriesView.shown) showSeries(seriesView.shown); });

if (document.querySelector("#rows")) filterRows(null);
listFound();
open();
