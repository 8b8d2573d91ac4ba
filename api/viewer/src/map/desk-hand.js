// The pointer and the keys on the map while the desk is open.
import { tell } from '../actions.js';
import { set, undoStep, redoStep, work } from '../edit/acts.js';
import { cancelPen, dropPoint, movable, PENS, shapesOf, sheetOf } from '../edit/desk.js';
import { groundOf, readGround } from '../edit/ground.js';
import { live } from '../edit/live.js';
import { cornerAt, inArea } from '../edit/rings.js';
import { absorb, addTraced, deleteSpot, finish, insertAfter, moveSpot } from '../edit/reshape.js';
import { snap } from '../edit/snap.js';
import { moveCorner, movers } from '../edit/topology.js';
import { trace } from '../edit/trace.js';
import { t } from '../i18n.js';
import { store, viewOf } from '../store.js';
import { MOST_HANDLES, visibleSpots } from './desk-paint.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('maplibre-gl').MapMouseEvent} MapMouseEvent
 * @typedef {import('../edit/desk.js').Desk} Desk
 * @typedef {import('../edit/rings.js').LngLat} LngLat
 * @typedef {import('../edit/rings.js').Spot} Spot
 */

const REACH = 12; // pixels to a snap
const GRIP = 11; // pixels to a handle; a fingertip's is wider
const GRIP_TOUCH = 24;

/** Keys held down. */
const held = { trace: false, other: false };

/** The desk that takes the map's gestures, or null. */
const open = () => {
  const { desk } = store.state;
  return desk && viewOf(store.state).kind === 'desk' && desk.stage === 'shape' ? desk : null;
};

/** @param {EngineMap} map */
export function takeHand(map) {
  map.on('mousemove', (e) => hover(map, e));
  map.on('mouseout', () => live.set({ at: null, snap: null, path: [] }));
  map.on('click', (e) => click(map, e));
  map.on('dblclick', (e) => {
    const d = open();
    if (!d || !(d.tool in PENS)) return;
    e.preventDefault();
    if (sheetOf(d).pen) work(finish);
  });
  map.on('contextmenu', (e) => {
    const d = open();
    const spot = d?.tool === 'edit' ? gripped(map, d, e.point, GRIP) : null;
    if (spot && !spot.middle) work((now) => deleteSpot(now, spot.spot));
  });
  map.on('mousedown', (e) => grab(map, e, GRIP));
  map.on('touchstart', (e) => e.points.length === 1 && grab(map, e, GRIP_TOUCH));
  const look = () => {
    const b = map.getBounds();
    if (open()) void readGround([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], map.getZoom());
  };
  map.on('moveend', look);
  store.subscribe((now, before) => {
    const begun = now.desk?.draft !== before.desk?.draft || now.desk?.kinds !== before.desk?.kinds || now.stack !== before.stack;
    if (begun) look();
    map.getCanvas().classList.toggle('picking', Boolean(open() && now.desk && now.desk.tool in PENS) || now.picking);
  });
  document.addEventListener('keydown', (e) => key(map, e));
  document.addEventListener('keyup', (e) => hold(e, false));
  look();
}

/** Where a place lands. @param {EngineMap} map @param {LngLat} at @param {Desk} d @param {boolean} free @param {readonly string[]} [without] */
function landing(map, at, d, free, without) {
  if (free || !d.kinds.size) return null;
  const project = (/** @type {LngLat} */ p) => map.project(p);
  const east = map.unproject([map.project(at).x + REACH * 1.5, map.project(at).y]).lng - at[0];
  return snap(at, groundOf(d, without), { kinds: d.kinds, reach: REACH, project, degrees: Math.abs(east) });
}

/** @param {{lngLat:{lng:number, lat:number}}} e @returns {LngLat} */
const placeOf = (e) => [e.lngLat.lng, e.lngLat.lat];

/** @param {EngineMap} map @param {MapMouseEvent} e */
function hover(map, e) {
  const d = open();
  if (!d || live.now.shapes || !(d.tool in PENS)) return;
  const at = placeOf(e);
  const found = landing(map, at, d, e.originalEvent.altKey);
  const last = sheetOf(d).pen?.points.at(-1);
  const path = held.trace && found?.ring && last ? (trace(found.ring, last, found.at, { other: held.other }) ?? []) : [];
  live.set({ at: found?.at ?? at, snap: found, path });
}

/** @param {EngineMap} map @param {MapMouseEvent} e */
function click(map, e) {
  const d = open();
  if (!d) return;
  const at = placeOf(e);
  if (d.tool === 'merge') return mergeAt(d, at);
  if (d.tool === 'edit') {
    const grip = gripped(map, d, e.point, GRIP);
    return set((now) => ({ ...now, spot: grip && !grip.middle ? grip.spot : null }));
  }
  if (d.tool in PENS) put(map, d, at, e.originalEvent.altKey, e.point);
}

/** The pen puts a place down, or closes the ring where it began. @param {EngineMap} map @param {Desk} d @param {LngLat} at @param {boolean} free @param {{x:number, y:number}} p */
function put(map, d, at, free, p) {
  const points = sheetOf(d).pen?.points ?? [];
  const first = points.length >= 3 && PENS[d.tool] === 3 ? map.project(points[0]) : null;
  if (first && Math.hypot(first.x - p.x, first.y - p.y) <= GRIP) return work(finish);
  const found = landing(map, at, d, free);
  const to = found?.at ?? at;
  const last = points.at(-1);
  if (last && last[0] === to[0] && last[1] === to[1]) return;
  work((now) => addTraced(now, to, held.trace ? found?.ring : undefined, held.other));
}

/** @param {Desk} d @param {LngLat} at */
function mergeAt(d, at) {
  const shapes = shapesOf(d);
  const key = movable(d).find((k) => k !== d.subject && d.zones[k].layer === d.layer && inArea(at, shapes[k]));
  if (key) work((now) => absorb(now, key));
  else tell(t('desk.refused.nothingHere'));
}

/** The handle under the pointer. @param {EngineMap} map @param {Desk} d @param {{x:number, y:number}} p @param {number} reach @returns {{spot:Spot, at:LngLat, middle:boolean}|null} */
function gripped(map, d, p, reach) {
  const shapes = shapesOf(d);
  const spots = visibleSpots(map, d.subject, shapes);
  if (spots.length > MOST_HANDLES) return null;
  const off = (/** @type {LngLat} */ at) => {
    const q = map.project(at);
    return Math.hypot(q.x - p.x, q.y - p.y);
  };
  const corner = spots.map((s) => ({ ...s, middle: false, off: off(s.at) })).sort((a, b) => a.off - b.off)[0];
  if (corner && corner.off <= reach) return corner;
  const middles = spots.flatMap(({ at, spot }) => {
    const next = cornerAt(shapes, { ...spot, index: spot.index + 1 });
    const middle = /** @type {LngLat} */ (next && [(at[0] + next[0]) / 2, (at[1] + next[1]) / 2]);
    return middle ? [{ spot, at: middle, middle: true, off: off(middle) }] : [];
  });
  const found = middles.sort((a, b) => a.off - b.off)[0];
  return found && found.off <= reach ? found : null;
}

/** A handle is dragged: one gesture from the press to the release. @param {EngineMap} map @param {any} e @param {number} reach */
function grab(map, e, reach) {
  const d = open();
  if (!d || d.tool !== 'edit' || e.originalEvent.button > 0) return;
  const grip = gripped(map, d, e.point, reach);
  if (!grip) return;
  e.preventDefault(); // the map stays where it is
  const start = grip.middle ? insertAfter(d, grip.spot, grip.at) : d;
  const spot = grip.middle ? { ...grip.spot, index: grip.spot.index + 1 } : grip.spot;
  const from = cornerAt(shapesOf(start), spot);
  const moving = movers(shapesOf(start), spot, d.linked, movable(start));
  /** @type {LngLat|null} */
  let to = null;
  const move = (/** @type {any} */ m) => {
    const found = landing(map, placeOf(m), start, m.originalEvent.altKey, [...moving, d.subject]);
    to = found?.at ?? placeOf(m);
    if (from) live.set({ snap: found, shapes: moveCorner(shapesOf(start), from, to, moving) });
  };
  const drop = () => {
    for (const name of /** @type {const} */ (['mousemove', 'touchmove'])) map.off(name, move);
    live.clear();
    if (to) set((now) => (now === d || now.draft === d.draft ? oneStep(now, moveSpot(rebased(start, now), spot, /** @type {LngLat} */ (to))) : now));
    else if (grip.middle) set((now) => ({ ...start, impact: now.impact }));
    else set((now) => ({ ...now, spot }));
  };
  map.on('mousemove', move);
  map.on('touchmove', move);
  map.once(e.type === 'touchstart' ? 'touchend' : 'mouseup', drop);
}

/** What was read meanwhile stays read. @param {Desk} start @param {Desk} now @returns {Desk} */
const rebased = (start, now) => ({ ...now, history: start.history, spot: start.spot });

/** A corner that was put on a border and dragged is one step, not two. @param {Desk} before @param {Desk} after @returns {Desk} */
function oneStep(before, after) {
  const { steps } = after.history;
  if (steps.length - before.history.now !== 3) return after;
  const kept = [...steps.slice(0, -2), { ...steps[steps.length - 1], label: steps[steps.length - 2].label, fill: steps[steps.length - 2].fill }];
  return { ...after, history: { steps: kept, now: kept.length - 1 } };
}

/** @param {KeyboardEvent} e @param {boolean} down */
function hold(e, down) {
  if (e.key.toLowerCase() === 't') held.trace = down;
  held.other = e.shiftKey;
  if (!held.trace && live.now.path.length) live.set({ path: [] });
}

/** Does typing belong to a field or a dialog? @param {EventTarget|null} target */
const typing = (target) => target instanceof Element && Boolean(target.closest('input, textarea, select, dialog'));

/** @param {EngineMap} map @param {KeyboardEvent} e */
function key(map, e) {
  const d = open();
  if (!d || typing(e.target)) return;
  const command = e.ctrlKey || e.metaKey;
  const letter = e.key.toLowerCase();
  if (command && (letter === 'z' || letter === 'y')) {
    e.preventDefault();
    return letter === 'y' || e.shiftKey ? redoStep() : undoStep();
  }
  if (command) return;
  hold(e, true);
  const onMap = e.target === map.getCanvas() || e.target === document.body;
  const done = onMap && onMapKey(map, d, e.key);
  if (done) e.preventDefault();
}

/** @param {EngineMap} map @param {Desk} d @param {string} pressed @returns {boolean} whether the key meant something */
function onMapKey(map, d, pressed) {
  const { pen } = sheetOf(d);
  if (pressed === 'Enter' && pen) return work(finish), true;
  if (pressed === 'Escape' && pen) return set(cancelPen), live.clear(), true;
  if (pressed === 'Backspace' && pen) return set(dropPoint), true;
  if ((pressed === 'Delete' || pressed === 'Backspace') && d.spot) {
    const { spot } = d;
    return work((now) => deleteSpot(now, spot)), true;
  }
  if (pressed === ' ' && d.tool in PENS) {
    const { lng, lat } = map.getCenter();
    return put(map, d, [lng, lat], false, map.project([lng, lat])), true;
  }
  return false;
}
