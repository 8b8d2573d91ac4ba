// Fewer corners for a border that was read off a scan, without leaving it by more than is said.
import TopologyPreservingSimplifier from 'jsts/org/locationtech/jts/simplify/TopologyPreservingSimplifier.js';
import { toPlane } from '../coords.js';
import { factory, jtsLine } from './jts.js';
import { closed, corners, mapRings } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 * @typedef {import('./rings.js').Ring} Ring
 */

/**
 * An area with the corners left out that lie within `metres` of what remains (Douglas–Peucker, no
 * two borders made to cross). Corners in `fixed` (as `lng,lat`: those a neighbour has too) stay, and
 * so does everything between two of them that follow each other.
 * @param {Area} area @param {number} metres @param {ReadonlySet<string>} fixed @returns {Area}
 */
export function simplify(area, metres, fixed) {
  const all = area.flat().flatMap(corners);
  const meridian = all.reduce((sum, [lng]) => sum + lng, 0) / all.length;
  const runs = area.flat().flatMap((ring) => runsOf(ring, fixed));
  const planes = runs.map((run) => run.map((p) => toPlane(p, meridian)));
  const simpler = TopologyPreservingSimplifier.simplify(factory.createMultiLineString(planes.map(jtsLine)), metres);
  const kept = new Set(fixed);
  runs.forEach((run, i) => {
    const left = new Set(simpler.getGeometryN(i).getCoordinates().map((/** @type {{x:number, y:number}} */ c) => `${c.x},${c.y}`));
    run.forEach((p, j) => left.has(String(planes[i][j])) && kept.add(String(p)));
  });
  const leave = (/** @type {Ring} */ ring) => {
    const left = corners(ring).filter((p) => kept.has(String(p)));
    return left.length < 3 || left.length === corners(ring).length ? ring : closed(left);
  };
  return mapRings(area, leave);
}

/** A ring from fixed corner to fixed corner; a ring without one, whole. @param {Ring} ring @param {ReadonlySet<string>} fixed @returns {LngLat[][]} */
function runsOf(ring, fixed) {
  const points = corners(ring);
  const first = points.findIndex((p) => fixed.has(String(p)));
  const turned = first > 0 ? [...points.slice(first), ...points.slice(0, first)] : points;
  /** @type {LngLat[][]} */
  const runs = [[turned[0]]];
  for (const p of [...turned.slice(1), turned[0]]) {
    runs[runs.length - 1].push(p);
    if (fixed.has(String(p))) runs.push([p]);
  }
  return runs.filter((run) => run.length > 1);
}
