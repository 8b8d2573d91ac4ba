// What lies around: the zones and wells of the view, in the coordinates of the register, not of tiles.
import { api } from '../api.js';
import { store } from '../store.js';
import { around, FIXED, keyOf, shapesOf } from './desk.js';
import { areaOf } from './rings.js';
import { borderOf } from './snap.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {[number, number, number, number]} Box
 */

/** From here on a view holds few enough zones, and wells, to be read whole. */
const ZONES_FROM = 9;
const WELLS_FROM = 12;
const MOST_ZONES = 200;
const MOST_WELLS = 2000;

/** @type {Map<string, Box>} layer → what has been read of it */
const covered = new Map();
/** @type {{key:string, name?:string, at:LngLat}[]} */
let wells = [];

/** A new desk reads afresh. */
export function forgetGround() {
  covered.clear();
  wells = [];
}

/** @param {any} feature @param {string} layer @returns {import('./desk.js').Zone} */
export function zoneOf(feature, layer, etag = '') {
  const p = feature.properties ?? {};
  const name = String(p.name ?? p.code ?? feature.id);
  return { layer, id: Number(feature.id), version: p.version ?? null, status: p.law_status ?? 'approved', name, base: areaOf(feature.geometry), properties: p, ...(etag ? { etag } : {}) };
}

/** Reads what of the view has not been read. @param {Box} view @param {number} zoom */
export async function readGround(view, zoom) {
  const { desk, city } = store.state;
  if (!desk || !city || zoom < ZONES_FROM) return;
  const wanted = city.layers.filter((l) => l.geometry === 'polygon' && l.has_data && (l.id === desk.layer || FIXED.has(l.id) || store.state.visible[l.id] !== false));
  await Promise.all(wanted.map((l) => readLayer(l.id, view)));
  const points = city.layers.find((l) => l.geometry === 'point' && l.has_data);
  if (points && zoom >= WELLS_FROM && desk.kinds.has('well')) await readWells(points.id, view);
}

/** What of a layer is in view and has not been read. @param {string} layer @param {Box} view @param {number} most @param {(features: any[]) => void} take */
async function read(layer, view, most, take) {
  const box = missing(layer, view);
  if (!box) return;
  covered.set(layer, box);
  try {
    take((await api.within(layer, box, most)).features);
  } catch {
    covered.delete(layer); // the tiles say that the service is away; the next move of the map tries again
  }
}

/** @param {string} layer @param {Box} view */
const readLayer = (layer, view) =>
  read(layer, view, MOST_ZONES, (features) => {
    const { desk } = store.state;
    if (desk) store.set({ desk: around(desk, Object.fromEntries(features.map((f) => [keyOf(layer, f.id), zoneOf(f, layer)]))) });
  });

/** @param {string} layer @param {Box} view */
const readWells = (layer, view) =>
  read(layer, view, MOST_WELLS, (features) => {
    wells = features.map((f) => ({ key: String(f.properties.code), name: f.properties.name ?? f.properties.code, at: f.geometry.coordinates }));
  });

/** The box to read, wider than the view, or null where the view has been read. @param {string} layer @param {Box} view @returns {Box|null} */
function missing(layer, [w, s, e, n]) {
  const known = covered.get(layer);
  if (known && known[0] <= w && known[1] <= s && known[2] >= e && known[3] >= n) return null;
  const [dx, dy] = [(e - w) / 2, (n - s) / 2];
  return [Math.max(-180, w - dx), Math.max(-90, s - dy), Math.min(180, e + dx), Math.min(90, n + dy)];
}

/** @type {WeakMap<object, import('./snap.js').Border[]>} */
const borders = new WeakMap();

/** What the pen snaps to. @param {Desk} d @param {readonly string[]} without zones that are being moved @returns {import('./snap.js').Ground} */
export function groundOf(d, without = []) {
  const shapes = shapesOf(d);
  let lines = borders.get(shapes);
  if (!lines) {
    lines = Object.entries(shapes).map(([key, area]) => borderOf(key, area, FIXED.has(d.zones[key].layer) ? 'district' : 'zone', d.zones[key].name));
    borders.set(shapes, lines);
  }
  return { borders: without.length ? lines.filter((b) => !without.includes(b.key)) : lines, wells };
}
