// Borders that zones share: the same corners, to the last bit, move, come and go together.
import { boxesMeet, boxOf, closed, cornerAt, corners, mapRings, mapShapes, same, settled, spotsOf } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 * @typedef {import('./rings.js').Ring} Ring
 * @typedef {import('./rings.js').Shapes} Shapes
 */

const LEAST = 3; // corners of a ring

/** The zones that have a corner here. @param {Shapes} shapes @param {LngLat} at @returns {string[]} */
export const sharers = (shapes, at) =>
  Object.keys(shapes).filter((key) => shapes[key].some((polygon) => polygon.some((ring) => ring.some((p) => same(p, at)))));

/** Corners of a zone that others have too, as `lng,lat`. @param {Shapes} shapes @param {string} key @returns {Set<string>} */
export function sharedCorners(shapes, key) {
  const box = boxOf(shapes[key] ?? []);
  const others = new Set();
  for (const other of Object.keys(shapes)) {
    if (other === key || !boxesMeet(box, boxOf(shapes[other]))) continue;
    for (const polygon of shapes[other]) for (const ring of polygon) for (const p of ring) others.add(String(p));
  }
  return new Set(spotsOf(key, shapes[key] ?? []).flatMap(({ at }) => (others.has(String(at)) ? [String(at)] : [])));
}

/** Moves a corner in the zones named. @param {Shapes} shapes @param {LngLat} from @param {LngLat} to @param {readonly string[]} keys @returns {Shapes} */
export function moveCorner(shapes, from, to, keys) {
  const there = settled(to);
  const moved = (/** @type {Ring} */ ring) => (ring.some((p) => same(p, from)) ? ring.map((p) => (same(p, from) ? there : p)) : ring);
  return same(from, there) ? shapes : mapShapes(shapes, keys, (area) => mapRings(area, moved));
}

/** Puts a corner between two that follow each other, in the zones named. @param {Shapes} shapes @param {[LngLat, LngLat]} edge @param {LngLat} at @param {readonly string[]} keys @returns {Shapes} */
export function insertCorner(shapes, [a, b], at, keys) {
  const place = settled(at);
  if (same(place, a) || same(place, b)) return shapes;
  return mapShapes(shapes, keys, (area) => mapRings(area, (ring) => withCorner(ring, a, b, place)));
}

/** @param {Ring} ring @param {LngLat} a @param {LngLat} b @param {LngLat} place @returns {Ring} */
function withCorner(ring, a, b, place) {
  for (let i = 1; i < ring.length; i += 1) {
    const [p, q] = [ring[i - 1], ring[i]];
    if ((same(p, a) && same(q, b)) || (same(p, b) && same(q, a))) return [...ring.slice(0, i), place, ...ring.slice(i)];
  }
  return ring;
}

/**
 * Takes a corner away in the zones named; null where a ring would keep fewer than three.
 * @param {Shapes} shapes @param {LngLat} at @param {readonly string[]} keys @returns {Shapes|null}
 */
export function deleteCorner(shapes, at, keys) {
  let refused = false;
  const without = (/** @type {Ring} */ ring) => {
    if (!ring.some((p) => same(p, at))) return ring;
    const left = corners(ring).filter((p) => !same(p, at));
    if (left.length < LEAST) refused = true;
    return closed(left);
  };
  const next = mapShapes(shapes, keys, (area) => mapRings(area, without));
  return refused ? null : next;
}

/**
 * New corners of a zone that lie on borders it shared before are given to those neighbours, so
 * that no crack opens. `keys`: the neighbours that may change.
 * @param {Shapes} before @param {Shapes} after @param {string} key @param {readonly string[]} keys @returns {Shapes}
 */
export function weave(before, after, key, keys) {
  const old = new Set(spotsOf(key, before[key] ?? []).map(({ at }) => String(at)));
  const fresh = spotsOf(key, after[key] ?? []).filter(({ at }) => !old.has(String(at)));
  let woven = after;
  for (const { at } of fresh) {
    for (const polygon of before[key] ?? []) {
      for (const ring of polygon) {
        for (let i = 1; i < ring.length; i += 1) {
          if (onEdge(at, ring[i - 1], ring[i])) woven = insertCorner(woven, [ring[i - 1], ring[i]], at, keys.filter((k) => k !== key));
        }
      }
    }
  }
  return woven;
}

/** On an edge between its ends, within two units of the last decimal? @param {LngLat} p @param {LngLat} a @param {LngLat} b */
export function onEdge(p, a, b, within = 2e-8) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  if (!length) return false;
  const along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length;
  const off = Math.abs((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / length;
  return off <= within && along > 0 && along < length;
}

/** The corner at a spot and the zones that move with it. @param {Shapes} shapes @param {import('./rings.js').Spot} spot @param {boolean} linked @param {readonly string[]} keys */
export function movers(shapes, spot, linked, keys) {
  const at = cornerAt(shapes, spot);
  if (!at) return [spot.key];
  return linked ? sharers(shapes, at).filter((key) => key === spot.key || keys.includes(key)) : [spot.key];
}
