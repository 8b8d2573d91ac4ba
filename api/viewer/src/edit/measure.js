// Areas and lengths on the ellipsoid of CGCS2000: the numbers PostGIS gives for `geography`.
import geodesic from 'geographiclib-geodesic';
import { remembered } from './remembered.js';
import { corners } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 */

const earth = new geodesic.Geodesic.Geodesic(6378137, 1 / 298.257222101);

/** Square metres and metres of a ring. @param {LngLat[]} ring */
function ofRing(ring) {
  const polygon = earth.Polygon(false);
  for (const [lng, lat] of corners(ring)) polygon.AddPoint(lat, lng);
  const { area, perimeter } = polygon.Compute(false, true);
  return { area_m2: Math.abs(area ?? 0), perimeter_m: perimeter };
}

/** Square metres of an area and metres of its border, holes included. */
export const measure = remembered(reckon);

/** @param {Area} area */
function reckon(area) {
  let [area_m2, perimeter_m] = [0, 0];
  for (const polygon of area) {
    polygon.forEach((ring, i) => {
      const one = ofRing(ring);
      area_m2 += i ? -one.area_m2 : one.area_m2;
      perimeter_m += one.perimeter_m;
    });
  }
  return { area_m2: Math.max(0, area_m2), perimeter_m };
}

/** Metres between two places. @param {LngLat} a @param {LngLat} b @returns {number} */
export const between = (a, b) => earth.Inverse(a[1], a[0], b[1], b[0]).s12 ?? 0;

/** Metres along a line. @param {LngLat[]} line */
export const lengthOf = (line) => line.slice(1).reduce((sum, p, i) => sum + between(line[i], p), 0);

/** Square metres as 亩 (1 亩 = 666⅔ m²). @param {number} m2 */
export const mu = (m2) => (m2 * 3) / 2000;
