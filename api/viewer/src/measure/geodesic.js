// Lengths, bearings and areas on the ellipsoid of CGCS2000: the numbers PostGIS gives for `geography`. Pure.
import geodesic from 'geographiclib-geodesic';

/** @typedef {[number, number]} LngLat */

const earth = new geodesic.Geodesic.Geodesic(6378137, 1 / 298.257222101);

/** From one place to the next: metres, and degrees clockwise from north at its start. @param {LngLat} a @param {LngLat} b */
export function leg(a, b) {
  const { s12, azi1 } = earth.Inverse(a[1], a[0], b[1], b[0]);
  return { m: s12 ?? 0, deg: ((azi1 ?? 0) + 360) % 360 };
}

/** @param {LngLat[]} points */
export const legsOf = (points) => points.slice(1).map((p, i) => leg(points[i], p));

/** @param {LngLat[]} points a line */
export const lengthOf = (points) => legsOf(points).reduce((sum, each) => sum + each.m, 0);

/** Of the ring that closes the points. @param {LngLat[]} points */
export function areaOf(points) {
  const ring = earth.Polygon(false);
  for (const [lng, lat] of points) ring.AddPoint(lat, lng);
  const { area, perimeter } = ring.Compute(false, true);
  return { area_m2: Math.abs(area ?? 0), perimeter_m: perimeter ?? 0 };
}

/** Do two sides of the ring cross? Then it has no area to speak of. @param {LngLat[]} points */
export function crosses(points) {
  const sides = points.map((p, i) => [p, points[(i + 1) % points.length]]);
  return sides.some((one, i) => sides.some((two, k) => k > i + 1 && !(i === 0 && k === sides.length - 1) && meet(one, two)));
}

/** @param {LngLat[]} one @param {LngLat[]} two */
function meet([a, b], [c, d]) {
  const turn = (/** @type {LngLat} */ p, /** @type {LngLat} */ q, /** @type {LngLat} */ r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

/** 1 亩 = 666⅔ m². @param {number} m2 */
export const mu = (m2) => (m2 * 3) / 2000;
