// The tools of the desk: what each makes of the zones, as one gesture.
import { addPoints, commit, FIXED, movable, PENS, shapesOf, sheetOf, subjectArea } from './desk.js';
import { buffer } from './buffer.js';
import { clip, keepWithin, merge, pierce, sharedM2, tidy } from './overlay.js';
import { boxesMeet, boxOf, closed, cornerAt } from './rings.js';
import { simplify } from './simplify.js';
import { split } from './split.js';
import { deleteCorner, insertCorner, moveCorner, movers, sharedCorners, weave } from './topology.js';
import { trace } from './trace.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 * @typedef {import('./rings.js').Spot} Spot
 * @typedef {{desk:Desk, refused?:import('../i18n.js').Key}} Done
 */

/** The ring or line under the pen is finished. @param {Desk} d @returns {Done} */
export function finish(d) {
  const points = sheetOf(d).pen?.points ?? [];
  if (points.length < (PENS[d.tool] ?? Infinity)) return { desk: d, refused: d.tool === 'split' || d.tool === 'strip' ? 'desk.refused.line' : 'desk.refused.ring' };
  if (d.tool === 'draw') return { desk: put(d, 'desk.step.border', withPart(subjectArea(d), closed(points))) };
  if (d.tool === 'hole') return pierced(d, points);
  if (d.tool === 'split') return cut(d, points);
  return { desk: put(d, 'desk.step.strip', joined(subjectArea(d), buffer(points, d.width_m))) };
}

/** @param {Area} area @param {LngLat[]} ring @returns {Area} a first ring stays as drawn, be it faulty: the fault is shown */
const withPart = (area, ring) => (area.length ? joined(area, [[ring]]) : [[ring]]);

/** @param {Area} area @param {Area} more */
const joined = (area, more) => (area.length ? merge([area, more]) : more);

/** The zone in hand gets a new area; new corners on shared borders go to the neighbours too. @param {Desk} d @param {import('../i18n.js').Key} label @param {Area} area @returns {Desk} */
function put(d, label, area) {
  const before = shapesOf(d);
  const next = { ...before, [d.subject]: area };
  return commit(d, label, d.linked ? weave(before, next, d.subject, movable(d)) : next, { pen: null, spot: null });
}

/** @param {Desk} d @param {LngLat[]} points @returns {Done} */
function pierced(d, points) {
  const area = subjectArea(d);
  const next = pierce(area, points);
  if (!next.length) return { desk: d, refused: 'desk.refused.nothingLeft' };
  return sharedM2(area, [[closed(points)]]) < 1 ? { desk: d, refused: 'desk.refused.outside' } : { desk: put(d, 'desk.step.hole', next) };
}

/** @param {Desk} d @param {LngLat[]} line @returns {Done} */
function cut(d, line) {
  const pieces = split(subjectArea(d), line);
  if (pieces.length < 2) return { desk: d, refused: 'desk.refused.notCrossing' };
  const before = shapesOf(d);
  const whole = d.zones[d.subject];
  /** @type {Desk['zones']} */
  const born = {};
  pieces.slice(1).forEach((_, i) => {
    const name = `${whole.name || ''}（${i + 2}）`;
    born[freshKey(d, i)] = { ...whole, id: null, version: null, status: 'draft', etag: undefined, name, base: [], properties: { ...whole.properties, code: null, name } };
  });
  const next = { ...before, [d.subject]: pieces[0] };
  Object.keys(born).forEach((key, i) => (next[key] = pieces[i + 1]));
  let woven = d.linked ? weave(before, next, d.subject, movable(d)) : next;
  const withBorn = { ...d, zones: { ...d.zones, ...born } };
  if (d.linked) for (const key of Object.keys(born)) woven = weave({ ...before, [key]: before[d.subject] }, woven, key, movable(d));
  return { desk: commit(withBorn, 'desk.step.split', woven, { pen: null, spot: null, fill: { n: pieces.length } }) };
}

/** @param {Desk} d @param {number} i */
const freshKey = (d, i) => `new/${Object.keys(d.zones).filter((k) => k.startsWith('new/')).length + 1 + i}`;

/** Another zone of the layer becomes part of the one in hand. @param {Desk} d @param {string} key @returns {Done} */
export function absorb(d, key) {
  const shapes = shapesOf(d);
  if (key === d.subject || !shapes[key]) return { desk: d };
  if (d.zones[key].layer !== d.layer) return { desk: d, refused: 'desk.refused.otherLayer' };
  const next = { ...shapes, [d.subject]: merge([shapes[d.subject], shapes[key]]) };
  delete next[key];
  const gone = [...sheetOf(d).gone, key];
  return { desk: commit(d, 'desk.step.merge', next, { gone, spot: null, fill: { name: d.zones[key].name } }) };
}

/** The ground of a neighbour is given up. @param {Desk} d @param {string} key @returns {Done} */
export const clipOff = (d, key) => kept(d, 'desk.step.clip', clip(subjectArea(d), shapesOf(d)[key]), key);

/** Only what lies in another area stays. @param {Desk} d @param {string} key @returns {Done} */
export const clipTo = (d, key) => kept(d, 'desk.step.within', keepWithin(subjectArea(d), shapesOf(d)[key]), key);

/** @param {Desk} d @param {import('../i18n.js').Key} label @param {Area} area @param {string} key @returns {Done} */
function kept(d, label, area, key) {
  if (!area.length) return { desk: d, refused: 'desk.refused.nothingLeft' };
  // a cut is not woven into the neighbour: it keeps off his line by a millimetre and changes nothing of his
  const next = { ...shapesOf(d), [d.subject]: area };
  return { desk: commit(d, label, next, { pen: null, spot: null, fill: { name: d.zones[key].name } }) };
}

/** What was reckoned last for the zones as they stand: it is shown, counted and then done. @type {WeakMap<import('./rings.js').Shapes, {tolerance_m:number, area:Area}>} */
const reckoned = new WeakMap();

/** The zone in hand with fewer corners, as it would be; a corner that a neighbour has too stays. @param {Desk} d @returns {Area} */
export function simpler(d) {
  const shapes = shapesOf(d);
  const known = reckoned.get(shapes);
  if (known?.tolerance_m === d.tolerance_m) return known.area;
  const area = simplify(subjectArea(d), d.tolerance_m, sharedCorners(shapes, d.subject));
  reckoned.set(shapes, { tolerance_m: d.tolerance_m, area });
  return area;
}

/** @param {Desk} d @returns {Done} */
export function simplified(d) {
  const area = simpler(d);
  if (area === subjectArea(d)) return { desk: d, refused: 'desk.refused.simple' };
  const next = { ...shapesOf(d), [d.subject]: area };
  return { desk: commit(d, 'desk.step.simplify', next, { pen: null, spot: null, fill: { m: d.tolerance_m } }) };
}

/** Zones that share ground with the one in hand, most first; areas are the screen's own reckoning. @param {Desk} d */
export function meeting(d) {
  const area = subjectArea(d);
  if (!area.length) return [];
  const box = boxOf(area);
  return Object.entries(shapesOf(d))
    .filter(([key, other]) => key !== d.subject && boxesMeet(box, boxOf(other)))
    .map(([key, other]) => ({ key, zone: d.zones[key], area_m2: sharedM2(area, other), fixed: FIXED.has(d.zones[key].layer) }))
    .filter((m) => m.area_m2 > 0)
    .sort((a, b) => b.area_m2 - a.area_m2);
}

/** The districts with a code that the zone in hand lies in, the one with most of it first. @param {Desk} d @returns {{code:string, name:string}[]} */
export const districtsOf = (d) =>
  meeting(d)
    .filter((m) => m.fixed)
    .map(({ zone }) => ({ code: String(zone.properties.area_code ?? zone.properties.code ?? ''), name: zone.name }))
    .filter(({ code }) => code);

/** A corner goes somewhere else, with the neighbours that have it. @param {Desk} d @param {Spot} spot @param {LngLat} to @returns {Desk} */
export function moveSpot(d, spot, to) {
  const shapes = shapesOf(d);
  const from = cornerAt(shapes, spot);
  if (!from) return d;
  const keys = movers(shapes, spot, d.linked, movable(d));
  return commit(d, 'desk.step.move', moveCorner(shapes, from, to, keys), { fill: { n: keys.length }, spot });
}

/** @param {Desk} d @param {Spot} spot @returns {Done} */
export function deleteSpot(d, spot) {
  const shapes = shapesOf(d);
  const at = cornerAt(shapes, spot);
  if (!at) return { desk: d };
  const keys = movers(shapes, spot, d.linked, movable(d));
  const next = deleteCorner(shapes, at, keys);
  return next ? { desk: commit(d, 'desk.step.delete', next, { spot: null, fill: { n: keys.length } }) } : { desk: d, refused: 'desk.refused.three' };
}

/** A corner on the border after a corner. @param {Desk} d @param {Spot} after @param {LngLat} at @returns {Desk} */
export function insertAfter(d, after, at) {
  const shapes = shapesOf(d);
  const ring = shapes[after.key]?.[after.polygon]?.[after.ring];
  if (!ring) return d;
  const keys = d.linked ? [...new Set([after.key, ...movable(d)])] : [after.key];
  const next = insertCorner(shapes, [ring[after.index], ring[after.index + 1]], at, keys);
  return commit(d, 'desk.step.insert', next, { spot: { ...after, index: after.index + 1 } });
}

/** All rings of the zone in hand, from the table. @param {Desk} d @param {LngLat[][]} rings the first is the border, the others holes @returns {Desk} */
export function fromTable(d, rings) {
  const area = tidy([rings.map((r) => closed(r))]);
  return put(d, 'desk.step.table', area.length ? area : [rings.map((r) => closed(r))]);
}

/** The next place of the pen, with the border followed to it where one is traced. @param {Desk} d @param {LngLat} at @param {LngLat[]|undefined} ring @param {boolean} other @returns {Done} */
export function addTraced(d, at, ring, other) {
  const last = sheetOf(d).pen?.points.at(-1);
  const path = ring && last ? trace(ring, last, at, { other }) : [];
  if (!path) return { desk: addPoints(d, [at]), refused: 'desk.refused.trace' };
  return { desk: addPoints(d, [...path, at]) };
}
