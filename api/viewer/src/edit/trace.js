// Along a neighbour's border from one place on it to another.
import { lengthOf } from './measure.js';
import { corners, same } from './rings.js';
import { onEdge } from './topology.js';

/** @typedef {import('./rings.js').LngLat} LngLat */

/** Where on a ring a place is: on its corner `index` (between 0) or after it. @param {LngLat[]} ring @param {LngLat} at */
export function locate(ring, at) {
  const points = corners(ring);
  const index = points.findIndex((p) => same(p, at));
  if (index >= 0) return { index, between: false };
  for (let i = 0; i < points.length; i += 1) {
    if (onEdge(at, points[i], points[(i + 1) % points.length])) return { index: i, between: true };
  }
  return null;
}

/**
 * The neighbour's corners from one place on its border to another, without the two places
 * themselves; the shorter way round, or the `other`. Null where a place is not on the border.
 * @param {LngLat[]} ring @param {LngLat} from @param {LngLat} to @param {{other?:boolean}} [options] @returns {LngLat[]|null}
 */
export function trace(ring, from, to, { other = false } = {}) {
  const points = corners(ring);
  const [start, end] = [locate(ring, from), locate(ring, to)];
  if (!start || !end) return null;
  const onward = walk(points, start, end, from, to);
  const turned = points.slice().reverse();
  const backward = walk(turned, mirror(start, points.length), mirror(end, points.length), from, to);
  const shorter = lengthOf([from, ...onward, to]) <= lengthOf([from, ...backward, to]);
  return shorter !== other ? onward : backward;
}

/** @typedef {{index:number, between:boolean}} Position */

/** The same place on the ring turned round. @param {Position} p @param {number} n @returns {Position} */
const mirror = ({ index, between }, n) => (between ? { index: (2 * n - 2 - index) % n, between } : { index: n - 1 - index, between });

/** @param {LngLat[]} points @param {Position} start @param {Position} end @param {LngLat} from @param {LngLat} to */
function walk(points, start, end, from, to) {
  const n = points.length;
  // both on one edge, the goal ahead: there is no corner between
  if (start.between && end.between && start.index === end.index) {
    const a = points[start.index];
    if (Math.hypot(from[0] - a[0], from[1] - a[1]) <= Math.hypot(to[0] - a[0], to[1] - a[1])) return [];
  }
  const passed = [];
  let i = (start.index + 1) % n;
  const last = end.between ? end.index : (end.index - 1 + n) % n;
  if (!start.between && !end.between && start.index === end.index) return [];
  if (!end.between && i === end.index) return [];
  if (!start.between && end.between && start.index === end.index) return [];
  for (let guard = 0; guard < n; guard += 1) {
    passed.push(points[i]);
    if (i === last) break;
    i = (i + 1) % n;
  }
  return passed;
}
