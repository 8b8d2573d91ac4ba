// Where a drawn corner lands: on a corner, a border or a well near the pointer.
import { closed, corners } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {'vertex'|'edge'|'district'|'well'} SnapKind
 * @typedef {{key:string, name?:string, kind:'zone'|'district', rings:LngLat[][]}} Border  lines snapped to
 * @typedef {{borders:Border[], wells:{key:string, name?:string, at:LngLat}[]}} Ground
 * @typedef {{at:LngLat, kind:SnapKind, key:string, name?:string, ring?:LngLat[], edge?:[LngLat, LngLat]}} Snap
 * @typedef {{x:number, y:number}} Pixel
 * @typedef {{kinds:ReadonlySet<SnapKind>, reach:number, project:(at:LngLat) => Pixel, degrees:number}} How
 *   reach: pixels; degrees: what `reach` is at most, to leave out at once what is far
 */

/** Corners before wells before borders: the more particular wins, then the nearer. @type {SnapKind[]} */
const RANK = ['vertex', 'well', 'district', 'edge'];

/**
 * The best place within reach of the pointer, or null. A corner is given as it is, to the last bit.
 * @param {LngLat} at @param {Ground} ground @param {How} how @returns {Snap|null}
 */
export function snap(at, ground, how) {
  const p = how.project(at);
  /** @type {(Snap & {off:number, rank:number})|null} */
  let best = null;
  const offer = (/** @type {Snap} */ found, /** @type {number} */ off, rank = RANK.indexOf(found.kind)) => {
    if (off > how.reach) return;
    if (!best || rank < best.rank || (rank === best.rank && off < best.off)) best = { ...found, off, rank };
  };
  for (const border of ground.borders) offerBorder(border, at, p, how, offer);
  if (how.kinds.has('well')) {
    for (const well of ground.wells) {
      if (far(at, well.at, how.degrees)) continue;
      offer({ at: well.at, kind: 'well', key: well.key, name: well.name }, apart(p, how.project(well.at)));
    }
  }
  if (!best) return null;
  const { off: _off, rank: _rank, ...found } = /** @type {Snap & {off:number, rank:number}} */ (best);
  return found;
}

/** @param {Border} border @param {LngLat} at @param {Pixel} p @param {How} how @param {(found:Snap, off:number, rank?:number) => void} offer */
function offerBorder(border, at, p, how, offer) {
  const district = border.kind === 'district';
  const [onCorners, onEdges] = district
    ? [how.kinds.has('district'), how.kinds.has('district')]
    : [how.kinds.has('vertex'), how.kinds.has('edge')];
  if (!onCorners && !onEdges) return;
  const about = { key: border.key, name: border.name };
  for (const ring of border.rings) {
    for (let i = 0; i < ring.length; i += 1) {
      const [a, b] = [ring[i], ring[i + 1]];
      if (onCorners && !far(at, a, how.degrees)) {
        // a district's corner is as particular as a zone's
        offer({ at: a, kind: district ? 'district' : 'vertex', ring, ...about }, apart(p, how.project(a)), 0);
      }
      if (!onEdges || !b || aside(at, a, b, how.degrees)) continue;
      const t = foot(p, how.project(a), how.project(b));
      if (t <= 0 || t >= 1) continue;
      const place = /** @type {LngLat} */ ([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
      offer({ at: place, kind: district ? 'district' : 'edge', ring, edge: [a, b], ...about }, apart(p, how.project(place)), 3);
    }
  }
}

/** @param {LngLat} a @param {LngLat} b @param {number} degrees */
const far = (a, b, degrees) => Math.abs(a[0] - b[0]) > degrees || Math.abs(a[1] - b[1]) > degrees;

/** Is a segment's box out of reach? @param {LngLat} at @param {LngLat} a @param {LngLat} b @param {number} d */
const aside = (at, a, b, d) =>
  Math.min(a[0], b[0]) - d > at[0] || Math.max(a[0], b[0]) + d < at[0] || Math.min(a[1], b[1]) - d > at[1] || Math.max(a[1], b[1]) + d < at[1];

/** @param {Pixel} p @param {Pixel} q */
const apart = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);

/** How far along a segment the foot of a point is, 0…1 between its ends. @param {Pixel} p @param {Pixel} a @param {Pixel} b */
function foot(p, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  return squared ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared : 0;
}

/** The lines of an area, to snap to. @param {string} key @param {import('./rings.js').Area} area @param {'zone'|'district'} kind @param {string} [name] @returns {Border} */
export const borderOf = (key, area, kind, name) => ({ key, name, kind, rings: area.flat().map((ring) => closed(corners(ring))) });
