// One area with another: merged, cut back, kept within, pierced.
import { difference, intersection, union } from 'polyclip-ts';
import { measure } from './measure.js';
import { boxesMeet, boxOf, closed, corners, inArea, mapRings, same, settled } from './rings.js';
import { onEdge } from './topology.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 */

/** Corners to the saved decimals, none twice in a row; rings that vanish are left out. @param {Area} area @returns {Area} */
export function tidy(area) {
  const ring = (/** @type {LngLat[]} */ points) => {
    const set = corners(points).map(settled);
    const kept = set.filter((p, i) => !same(p, set[(i + 1) % set.length]));
    return kept.length < 3 ? [] : closed(kept);
  };
  return area.flatMap((polygon) => {
    const [border, ...holes] = polygon.map(ring);
    return border?.length ? [[border, ...holes.filter((h) => h.length)]] : [];
  });
}

/** What polyclip makes of areas. @param {any} shapes @param {Area[]} from @returns {Area} */
const made = (shapes, from) => withStraight(tidy(/** @type {Area} */ (shapes)), from);

/**
 * polyclip leaves out corners on a straight line; a neighbour may have them too, and a border is
 * shared by its corners: they are put back. @param {Area} area @param {Area[]} from @returns {Area}
 */
function withStraight(area, from) {
  const there = new Set(area.flat(2).map(String));
  const lost = from.flat(3).filter((p) => !there.has(String(p)));
  return lost.length ? mapRings(area, (ring) => ring.flatMap((b, i) => (i ? [...on(lost, ring[i - 1], b), b] : [b]))) : area;
}

/** Places exactly on an edge, in its order. @param {LngLat[]} places @param {LngLat} a @param {LngLat} b */
function on(places, a, b) {
  const found = places.filter((p) => boxesMeet([p[0], p[1], p[0], p[1]], boxOf([[[a, b]]])) && onEdge(p, a, b, 1e-12));
  const far = (/** @type {LngLat} */ p) => Math.hypot(p[0] - a[0], p[1] - a[1]);
  return found.sort((p, q) => far(p) - far(q)).filter((p, i) => !i || !same(p, found[i - 1]));
}

/** @param {Area[]} areas @returns {Area} */
export const merge = (areas) => (areas.length ? made(union(/** @type {any} */ (areas[0]), .../** @type {any} */ (areas.slice(1))), areas) : []);

/** @param {Area} a @param {Area} b @returns {Area} the ground both have */
export const shared = (a, b) => (boxesMeet(boxOf(a), boxOf(b)) ? made(intersection(/** @type {any} */ (a), /** @type {any} */ (b)), [a, b]) : []);

/** Square metres both have. @param {Area} a @param {Area} b */
export const sharedM2 = (a, b) => measure(shared(a, b)).area_m2;

/** What lies within another area only (a district). @param {Area} area @param {Area} limit @returns {Area} */
export const keepWithin = (area, limit) => shared(area, limit);

/** @param {Area} area @param {LngLat[]} ring @returns {Area} */
export const pierce = (area, ring) => made(difference(/** @type {any} */ (area), /** @type {any} */ ([[closed(ring)]])), [area]);

/** Nearest to a line that a cut may be moved off it, in degrees: a tenth of a millimetre, then more. */
const NUDGES = [1e-8, 2e-8, 5e-8, 1e-7];

/**
 * An area without the ground of another, sharing no interior with it: where a border is cut
 * between two corners of the neighbour, the rounded cut may fall on his side of his line; it is
 * then moved off that line by millimetres. @param {Area} area @param {Area} neighbour @returns {Area}
 */
export function clip(area, neighbour) {
  const cut = made(difference(/** @type {any} */ (area), /** @type {any} */ (neighbour)), [area, neighbour]);
  const old = new Set([...area, ...neighbour].flat(2).map(String));
  let best = cut;
  for (const nudge of [0, ...NUDGES]) {
    best = nudge ? mapRings(cut, (ring) => closed(corners(ring).map((p) => (old.has(String(p)) ? p : off(p, neighbour, nudge))))) : cut;
    if (!intersection(/** @type {any} */ (best), /** @type {any} */ (neighbour)).length) return tidy(best);
  }
  return tidy(best);
}

/** A new corner on a neighbour's line, moved to the outer side of it. @param {LngLat} p @param {Area} neighbour @param {number} by @returns {LngLat} */
function off(p, neighbour, by) {
  for (const ring of neighbour.flat()) {
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (!onEdge(p, a, b)) continue;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const [nx, ny] = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
      const far = 1e-7;
      const left = inArea([p[0] + nx * far, p[1] + ny * far], neighbour);
      const side = left ? -1 : 1;
      return settled([p[0] + nx * by * 1.5 * side, p[1] + ny * by * 1.5 * side]);
    }
  }
  return p;
}
