// A strip of a width on both sides of a line (a canal, a railway, a river).
import BufferOp from 'jsts/org/locationtech/jts/operation/buffer/BufferOp.js';
import { fromPlane, toPlane } from '../coords.js';
import { fromJts, jtsLine } from './jts.js';
import { tidy } from './overlay.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 */

/** Straight pieces of a quarter circle: the round ends lie within 0.5 % of the width. */
const QUADRANT = 8;

/**
 * Ground within `metres` of a line. Computed in the Gauss–Krüger plane whose meridian is the
 * line's own, where lengths are true to 1 : 10,000 for 90 km to both sides.
 * @param {LngLat[]} line @param {number} metres @returns {Area}
 */
export function buffer(line, metres) {
  const meridian = line.reduce((sum, [lng]) => sum + lng, 0) / line.length;
  const plane = line.map((p) => toPlane(p, meridian));
  const strip = fromJts(BufferOp.bufferOp(jtsLine(plane), metres, QUADRANT));
  return tidy(strip.map((polygon) => polygon.map((ring) => ring.map((p) => fromPlane(p, meridian)))));
}
