// Where the texts of a trend stand: whole inside the plot, clear of each other, and off the lines
// where there is room. Boxes are {left, top, right, bottom} in the pixels of the picture.
//
//   const place = bestPlace(plot, boxes, taken, lines);    // {box, crossed} or null
const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const lies = (box, within) => box.left >= within.left && box.right <= within.right && box.top >= within.top && box.bottom <= within.bottom;

// The first of the boxes that is whole and clear of what is taken, and meets the fewest of the lines.
function bestPlace(plot, boxes, taken, lines) {
  let best = null;
  for (const box of boxes) {
    if (!lies(box, plot) || taken.some((one) => meets(box, one))) continue;
    const crossed = lines.reduce((sum, one) => sum + (meets(box, one) ? 1 : 0), 0);
    if (!best || crossed < best.crossed) best = { box, crossed };
    if (crossed === 0) break;
  }
  return best;
}

// Along a line across the plot, above and below it, from the asked side to the other.
function placesAlong(plot, y, wide, high, gap, fromRight) {
  const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => plot.left + gap + share * (plot.right - plot.left - wide - 2 * gap));
  if (fromRight) steps.reverse();
  return [y - gap - high, y + gap].flatMap((top) => steps.map((left) => ({ left, top, right: left + wide, bottom: top + high })));
}

// Beside a line from top to bottom: at its right, at its left, else over it, in rows from the top.
function placesBeside(plot, x, wide, high, gap, rows) {
  const places = [];
  for (const left of [x + gap, x - gap - wide, Math.max(plot.left + gap, Math.min(x - wide / 2, plot.right - gap - wide))]) {
    for (let row = 0; row < rows; row++) {
      const top = plot.top + gap + row * high;
      places.push({ left, top, right: left + wide, bottom: top + high });
    }
  }
  return places;
}

// What a drawn line covers, in pieces small enough to go round.
function piecesOf(points, reach) {
  const pieces = [], spot = (x, low, high) => pieces.push({ left: x - reach, right: x + reach, top: low - reach, bottom: high + reach });
  points.forEach(([x, y, low, high], i) => {
    spot(x, Math.min(y, high), Math.max(y, low));
    if (i === 0) return;
    const [x0, y0] = points[i - 1], parts = Math.min(200, Math.ceil(Math.hypot(x - x0, y - y0) / (3 * reach)));
    for (let part = 1; part < parts; part++) {
      const share = part / parts, at = y0 + (y - y0) * share;
      spot(x0 + (x - x0) * share, at, at);
    }
  });
  return pieces;
}
