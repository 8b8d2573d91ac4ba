// What would be refused, said before it is sent, with the place where it is.
import IsValidOp from 'jsts/org/locationtech/jts/operation/valid/IsValidOp.js';
import { jtsOf } from './jts.js';
import { measure } from './measure.js';
import { remembered } from './remembered.js';
import { corners, same } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 * @typedef {'empty'|'few'|'world'|'doubled'|'spike'|'crossing'|'hole'|'invalid'|'tiny'} Code
 * @typedef {{code:Code, at:LngLat|null}} Fault
 */

const LEAST_M2 = 1;

/** JTS's kinds of fault, as the office says them. @type {Record<number, Code>} */
const KINDS = { 2: 'hole', 3: 'hole', 4: 'crossing', 5: 'crossing', 6: 'crossing', 7: 'hole', 8: 'doubled', 9: 'few', 10: 'world' };

/** The faults of an area; none means it can be saved. */
export const validate = remembered(judge);

/** @param {Area} area @returns {Fault[]} */
function judge(area) {
  if (!area.length) return [{ code: 'empty', at: null }];
  const faults = area.flat().flatMap(ofRing);
  if (faults.length) return faults;
  const check = new IsValidOp(jtsOf(area));
  const error = check.getValidationError();
  if (error) {
    const place = error.getCoordinate();
    return [{ code: KINDS[error.getErrorType()] ?? 'invalid', at: place ? [place.x, place.y] : null }];
  }
  return measure(area).area_m2 < LEAST_M2 ? [{ code: 'tiny', at: area[0][0][0] }] : [];
}

/** @param {LngLat[]} ring @returns {Fault[]} */
function ofRing(ring) {
  const points = corners(ring);
  const away = points.find(([x, y]) => !(Math.abs(x) <= 180 && Math.abs(y) <= 90));
  if (away) return [{ code: 'world', at: null }];
  if (new Set(points.map(String)).size < 3) return [{ code: 'few', at: points[0] ?? null }];
  const twice = points.find((p, i) => same(p, points[(i + 1) % points.length]));
  if (twice) return [{ code: 'doubled', at: twice }];
  const spike = points.find((_, i) => same(points[(i + points.length - 1) % points.length], points[(i + 1) % points.length]));
  return spike ? [{ code: 'spike', at: spike }] : [];
}
