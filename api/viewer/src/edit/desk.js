// The drawing desk as data: the zone in hand, the zones around it, the pen, and what was done.
// Pure: every act takes a desk and gives the next one.
import { begin, current, record } from './history.js';
import { settled } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {import('./rings.js').Area} Area
 * @typedef {import('./rings.js').Shapes} Shapes
 * @typedef {import('./rings.js').Spot} Spot
 * @typedef {import('./snap.js').SnapKind} SnapKind
 * @typedef {'draw'|'edit'|'hole'|'split'|'merge'|'clip'|'strip'|'simplify'} Tool
 * @typedef {{points:LngLat[]}} Pen
 * @typedef {{shapes:Shapes, pen:Pen|null, gone:string[]}} Sheet  gone: zones merged into another
 * @typedef {object} Zone
 * @property {string} layer
 * @property {number|null} id        null: not yet saved
 * @property {number|null} version
 * @property {string} status         law_status of the version read
 * @property {string} name
 * @property {Area} base             as it was read
 * @property {string} [etag]         known of the zone in hand; neighbours are compared instead
 * @property {Record<string, any>} properties
 *
 * @typedef {object} Desk
 * @property {string} draft          name of the copy kept on this machine
 * @property {string} layer
 * @property {string} subject        key of the zone in hand
 * @property {Record<string, Zone>} zones   what was read: the zone in hand and those around it
 * @property {import('./history.js').History<Sheet>} history
 * @property {Tool} tool
 * @property {boolean} linked        shared borders move together
 * @property {ReadonlySet<SnapKind>} kinds
 * @property {Spot|null} spot        the corner chosen
 * @property {number} width_m        of a strip along a line, to each side
 * @property {number} tolerance_m    that simplifying may move the border
 * @property {Record<string, any>} form
 * @property {'shape'|'form'|'done'} stage
 * @property {import('./impact.js').Impact} impact
 * @property {Conflict|null} conflict
 * @property {Saved[]} saved
 * @property {import('../store.js').Problem|null} error
 * @property {boolean} saving
 * @property {string} kept           the state that the service has, as text; what differs is unsaved
 *
 * @typedef {{key:string, current:any, etag:string}} Conflict  somebody else's state of a zone
 * @typedef {{key:string, layer:string, id:number, version:number, name:string, status:string, warnings:{zh:string, en:string}[]}} Saved
 */

/** Tools whose clicks make a line or a ring, and how many places that takes. @type {Partial<Record<Tool, number>>} */
export const PENS = { draw: 3, hole: 3, split: 2, strip: 2 };

/** Borders that no planner of water moves. */
export const FIXED = new Set(['district']);

/** @param {{draft:string, layer:string, subject:string, zone:Zone, form:Record<string, any>, tool:Tool}} start @returns {Desk} */
export function desk({ draft, layer, subject, zone, form, tool }) {
  /** @type {Sheet} */
  const sheet = { shapes: { [subject]: zone.base }, pen: null, gone: [] };
  const made = {
    draft, layer, subject, zones: { [subject]: zone }, form, tool,
    history: begin(zone.id === null ? 'desk.step.new' : 'desk.step.opened', sheet),
    linked: true, kinds: new Set(/** @type {SnapKind[]} */ (['vertex', 'edge'])), spot: null, width_m: 100, tolerance_m: 10,
    stage: /** @type {const} */ ('shape'), impact: { state: /** @type {const} */ ('none') }, conflict: null,
    saved: [], error: null, saving: false, kept: '',
  };
  return { ...made, kept: stateText(made) };
}

/** @param {{history:Desk['history'], form:Record<string, any>}} d */
export const stateText = (d) => JSON.stringify([current(d.history).shapes, current(d.history).pen, d.form]);

/** Is there anything the service does not have? @param {Desk} d */
export const unsaved = (d) => d.stage !== 'done' && stateText(d) !== d.kept;

/** @param {Desk} d */
export const sheetOf = (d) => current(d.history);
/** @param {Desk} d @returns {Area} */
export const subjectArea = (d) => sheetOf(d).shapes[d.subject] ?? [];

/** @type {WeakMap<Sheet, {zones:Desk['zones'], shapes:Shapes}>} */
const seen = new WeakMap();

/** Every zone as it stands on the desk: as read, with what was changed over it. @param {Desk} d @returns {Shapes} */
export function shapesOf(d) {
  const sheet = sheetOf(d);
  const known = seen.get(sheet);
  if (known?.zones === d.zones) return known.shapes;
  /** @type {Shapes} */
  const shapes = {};
  for (const [key, zone] of Object.entries(d.zones)) {
    if (sheet.gone.includes(key)) continue;
    const drawn = sheet.shapes[key] ?? (zone.id === null ? undefined : zone.base);
    if (drawn) shapes[key] = drawn;
  }
  seen.set(sheet, { zones: d.zones, shapes });
  return shapes;
}

/** The zones whose borders may be moved. @param {Desk} d */
export const movable = (d) => Object.keys(shapesOf(d)).filter((key) => !FIXED.has(d.zones[key].layer));

/** Zones that differ from what was read, the one in hand first. @param {Desk} d */
export function changed(d) {
  const { shapes, gone } = sheetOf(d);
  const others = Object.keys(shapes).filter((key) => key !== d.subject && !gone.includes(key) && shapes[key] !== d.zones[key]?.base);
  return [d.subject, ...others];
}

/**
 * A gesture on shapes is done: only what it changed goes on the sheet.
 * @param {Desk} d @param {import('../i18n.js').Key} label @param {Shapes} next
 * @param {{pen?:Pen|null, gone?:string[], fill?:Record<string, string|number>, spot?:Spot|null}} [also] @returns {Desk}
 */
export function commit(d, label, next, { pen = sheetOf(d).pen, gone = sheetOf(d).gone, fill, spot = d.spot } = {}) {
  const before = shapesOf(d);
  const sheet = sheetOf(d);
  const touched = Object.keys(next).filter((key) => next[key] !== before[key]);
  if (!touched.length && pen === sheet.pen && gone === sheet.gone) return d;
  const shapes = { ...sheet.shapes, ...Object.fromEntries(touched.map((key) => [key, next[key]])) };
  return { ...d, spot, error: null, history: record(d.history, label, { shapes, pen, gone }, fill) };
}

/** The pen puts down places (after tracing, many). @param {Desk} d @param {LngLat[]} points @returns {Desk} */
export function addPoints(d, points) {
  const pen = sheetOf(d).pen ?? { points: [] };
  const label = points.length > 1 ? 'desk.step.trace' : 'desk.step.point';
  const next = { points: [...pen.points, ...points.map(settled)] };
  return commit(d, label, {}, { pen: next, fill: { n: points.length }, spot: null });
}

/** @param {Desk} d @returns {Desk} */
export function dropPoint(d) {
  const { pen } = sheetOf(d);
  if (!pen) return d;
  const points = pen.points.slice(0, -1);
  return commit(d, 'desk.step.back', {}, { pen: points.length ? { points } : null });
}

/** @param {Desk} d @returns {Desk} */
export const cancelPen = (d) => (sheetOf(d).pen ? commit(d, 'desk.step.cancel', {}, { pen: null }) : d);

/** Zones read around: what is on the desk already stays as it is. @param {Desk} d @param {Record<string, Zone>} found @returns {Desk} */
export function around(d, found) {
  const fresh = Object.entries(found).filter(([key]) => !(key in d.zones));
  return fresh.length ? { ...d, zones: { ...d.zones, ...Object.fromEntries(fresh) } } : d;
}

/** How the desk calls a zone of the register. */
export const keyOf = (/** @type {string} */ layer, /** @type {number|string} */ id) => `${layer}/${id}`;
