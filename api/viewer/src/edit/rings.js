// Areas as lists of polygons of closed rings, and the walks over them that every edit needs.

/**
 * @typedef {[number, number]} LngLat
 * @typedef {LngLat[]} Ring   closed: the last corner repeats the first
 * @typedef {Ring[]} Polygon  the border, then the holes
 * @typedef {Polygon[]} Area
 * @typedef {Record<string, Area>} Shapes  zone key → area
 * @typedef {{key:string, polygon:number, ring:number, index:number}} Spot  a corner of a shape
 */

/** A millimetre: the service tells places to eight decimals, so nothing finer survives saving. */
const DECIMALS = 8;

/** A place as it will be saved. @param {readonly number[]} at @returns {LngLat} */
export const settled = ([lng, lat]) => [Number(lng.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];

/** @param {readonly number[]} a @param {readonly number[]} b */
export const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** The corners of a ring, each once. @param {Ring} ring */
export const corners = (ring) => (ring.length > 1 && same(ring[0], ring[ring.length - 1]) ? ring.slice(0, -1) : ring);

/** A ring of corners, closed. @param {LngLat[]} points @returns {Ring} */
export const closed = (points) => (points.length && !same(points[0], points[points.length - 1]) ? [...points, points[0]] : points);

/** @param {any} geometry a GeoJSON Polygon or MultiPolygon @returns {Area} */
export function areaOf(geometry) {
  const flat = (/** @type {any[]} */ ring) => ring.map((p) => /** @type {LngLat} */ ([p[0], p[1]]));
  if (geometry?.type === 'Polygon') return [geometry.coordinates.map(flat)];
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.map((/** @type {any[]} */ polygon) => polygon.map(flat));
  return [];
}

/** @param {Area} area @returns {GeoJSON.Polygon|GeoJSON.MultiPolygon} */
export const geometryOf = (area) =>
  area.length === 1 ? { type: 'Polygon', coordinates: area[0] } : { type: 'MultiPolygon', coordinates: area };

/** The same area with every ring passed through; untouched rings stay the same objects. @param {Area} area @param {(ring: Ring) => Ring} change @returns {Area} */
export function mapRings(area, change) {
  let touched = false;
  const next = area.map((polygon) => {
    const rings = polygon.map(change);
    if (rings.every((ring, i) => ring === polygon[i])) return polygon;
    touched = true;
    return rings;
  });
  return touched ? next : area;
}

/** Each shape passed through; untouched ones stay the same objects. @param {Shapes} shapes @param {readonly string[]} keys @param {(area: Area, key: string) => Area} change @returns {Shapes} */
export function mapShapes(shapes, keys, change) {
  /** @type {Shapes} */
  const next = { ...shapes };
  let touched = false;
  for (const key of keys) {
    const area = change(shapes[key], key);
    if (area !== shapes[key]) touched = true;
    next[key] = area;
  }
  return touched ? next : shapes;
}

/** Every corner once, with where it is. @param {string} key @param {Area} area @returns {{at:LngLat, spot:Spot}[]} */
export function spotsOf(key, area) {
  return area.flatMap((rings, polygon) =>
    rings.flatMap((ring, r) => corners(ring).map((at, index) => ({ at, spot: { key, polygon, ring: r, index } }))),
  );
}

/** @param {Shapes} shapes @param {Spot} spot @returns {LngLat|undefined} */
export const cornerAt = (shapes, { key, polygon, ring, index }) => shapes[key]?.[polygon]?.[ring]?.[index];

/** West, south, east, north. @param {Area} area @returns {[number,number,number,number]} */
export function boxOf(area) {
  const box = /** @type {[number,number,number,number]} */ ([Infinity, Infinity, -Infinity, -Infinity]);
  for (const polygon of area) {
    for (const [x, y] of polygon[0] ?? []) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
export const boxesMeet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** Is a place within a ring (its border: either way)? @param {LngLat} at @param {Ring} ring */
export function within([x, y], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** @param {LngLat} at @param {Area} area */
export const inArea = (at, area) => area.some(([border, ...holes]) => within(at, border) && !holes.some((hole) => within(at, hole)));
