// Where a zone's name stands: in the roomiest part of what is visible of it.
//
// Vector tiles cut a zone into pieces, and labelling pieces repeats a name in every tile. So the
// visible pieces are painted on a coarse grid and the cell farthest from any outside cell gets the
// name, once per zone. A grid of 56 × 36 over forty zones takes about two milliseconds.

/**
 * @typedef {{key:string, rings:[number,number][][]}} Piece  rings of one polygon: shell, then holes
 * @typedef {{west:number, south:number, east:number, north:number}} Box
 */

/**
 * @param {Piece[]} pieces
 * @param {Box} box
 * @param {{columns?:number, rows?:number, room?:number}} [grid] room: cells a name needs to its edge
 * @returns {Map<string, [number, number]>} key → lon/lat
 */
export function placeLabels(pieces, box, { columns = 56, rows = 36, room = 1 } = {}) {
  /** @type {Map<string, Uint8Array>} */
  const grids = new Map();
  for (const piece of pieces) {
    let grid = grids.get(piece.key);
    if (!grid) grids.set(piece.key, (grid = new Uint8Array(columns * rows)));
    paint(grid, piece.rings, box, columns, rows);
  }
  const places = new Map();
  for (const [key, grid] of grids) {
    const best = roomiest(grid, columns, rows);
    if (!best || best.room < room) continue;
    places.set(key, [
      box.west + ((best.x + 0.5) / columns) * (box.east - box.west),
      box.north - ((best.y + 0.5) / rows) * (box.north - box.south),
    ]);
  }
  return places;
}

/** Even-odd scanline fill. @param {Uint8Array} grid @param {[number,number][][]} rings @param {Box} box @param {number} columns @param {number} rows */
function paint(grid, rings, box, columns, rows) {
  const dx = (box.east - box.west) / columns;
  const dy = (box.north - box.south) / rows;
  for (let row = 0; row < rows; row += 1) {
    const lat = box.north - (row + 0.5) * dy;
    const crossings = [];
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [a, b] = [ring[i], ring[j]];
        if (a[1] > lat === b[1] > lat) continue;
        crossings.push(a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
      }
    }
    crossings.sort((p, q) => p - q);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] - box.west) / dx - 0.5));
      const to = Math.min(columns - 1, Math.floor((crossings[i + 1] - box.west) / dx - 0.5));
      for (let column = from; column <= to; column += 1) grid[row * columns + column] = 1;
    }
  }
}

/** The filled cell farthest from an empty one or the border (two-pass chamfer distance); in the middle of its equals. @param {Uint8Array} grid @param {number} columns @param {number} rows */
function roomiest(grid, columns, rows) {
  const d = new Float32Array(grid.length);
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    x < 0 || y < 0 || x >= columns || y >= rows ? 0 : d[y * columns + x];
  let room = 0;
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const i = y * columns + x;
      if (grid[i]) d[i] = Math.min(at(x - 1, y) + 1, at(x, y - 1) + 1, at(x - 1, y - 1) + 1.4, at(x + 1, y - 1) + 1.4);
    }
  }
  for (let y = rows - 1; y >= 0; y -= 1) {
    for (let x = columns - 1; x >= 0; x -= 1) {
      const i = y * columns + x;
      if (!grid[i]) continue;
      d[i] = Math.min(d[i], at(x + 1, y) + 1, at(x, y + 1) + 1, at(x + 1, y + 1) + 1.4, at(x - 1, y + 1) + 1.4);
      room = Math.max(room, d[i]);
    }
  }
  if (!room) return null;
  const equals = [];
  for (let i = 0; i < d.length; i += 1) if (d[i] >= room - 0.5) equals.push({ x: i % columns, y: Math.floor(i / columns), room: d[i] });
  const [mx, my] = [equals.reduce((n, c) => n + c.x, 0) / equals.length, equals.reduce((n, c) => n + c.y, 0) / equals.length];
  const off = (/** @type {{x:number, y:number}} */ c) => Math.hypot(c.x - mx, c.y - my);
  return equals.reduce((best, c) => (off(c) < off(best) ? c : best));
}
