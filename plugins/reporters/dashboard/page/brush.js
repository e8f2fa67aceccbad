// A small picture of the whole time below a trend: drag over it to choose what the trend shows.
class Brush {
  constructor(host, trend) {
    this.trend = trend;
    const font = "10px " + getComputedStyle(document.body).fontFamily;
    this.plot = new uPlot({
      width: host.clientWidth - 14, height: 64, legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      series: [{}, { stroke: colour("--dim"), width: 1, points: { show: false } }],
      cursor: { x: false, y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: true, range: () => trend.wholeRange() } },
      axes: [{ stroke: colour("--dim"), grid: { show: false }, ticks: { show: false }, font, size: 20, values: dateForms.map((form) => [...form.slice(0, 2), ...new Array(6).fill(null), 1]) }, { show: true, size: 64, labelSize: 20, label: " ", values: () => [], grid: { show: false }, ticks: { show: false } }],
      hooks: { setSelect: [(u) => this.chosen(u)] },
    }, [trend.columns[0], trend.columns[1]], host);
    trend.onSee = (range) => this.show(range);
    this.host = host;
  }

  chosen(u) {
    if (this.showing) return;
    if (u.select.width < 3) { this.trend.reset(); return; }
    this.trend.see(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
  }

  // The part that the trend shows now.
  show([from, to]) {
    this.showing = true;
    const whole = this.trend.wholeRange(), all = from <= whole[0] && to >= whole[1];
    const left = this.plot.valToPos(from, "x"), right = this.plot.valToPos(to, "x");
    this.plot.setSelect({ left: all ? 0 : left, width: all ? 0 : right - left, top: 0, height: this.plot.over.clientHeight }, false);
    this.showing = false;
  }

  resize() { this.plot.setSize({ width: this.host.clientWidth - 14, height: 64 }); }

  end() { this.plot.destroy(); }
}
