// Everything a reader can do, in one place. Views call these; nobody else writes the store.
import { api, ServiceError } from './api.js';
import { formatLink } from './permalink.js';
import { store, viewOf } from './store.js';

/**
 * @typedef {import('./store.js').View} View
 * @typedef {import('./store.js').Problem} Problem
 * @typedef {{look:(at:[number,number], options?:{zoom?:number}) => void,
 *   fit:(bounds:[number,number,number,number]) => void, zoomBy:(d:number) => void,
 *   focus:() => void}} Camera
 */

/** @type {Camera|null} */
let camera = null;
export const attachCamera = (/** @type {Camera} */ c) => (camera = c);
export const theCamera = () => camera;

/** @param {unknown} error @returns {Problem} */
export function problemOf(error) {
  if (error instanceof ServiceError) return error.problem;
  const text = error instanceof Error ? error.message : String(error);
  return { zh: `页面出错：${text}`, en: `The page failed: ${text}` };
}

// ---- messages -----------------------------------------------------------------------------

let messageTimer = 0;
/** @param {string} text @param {'info'|'error'|'quiet'} [kind] quiet: for ears only @param {() => void} [retry] */
export function tell(text, kind = 'info', retry) {
  clearTimeout(messageTimer);
  store.set({ message: { text, kind, retry } });
  // An error stays until it is dealt with or dismissed.
  if (kind !== 'error') messageTimer = window.setTimeout(() => store.set({ message: null }), 5000);
}
export const hush = () => store.set({ message: null });

// ---- the city -----------------------------------------------------------------------------

/** Loads what the page is about. @param {import('./permalink.js').Link} link */
export async function loadCity(link) {
  store.set({ cityError: null });
  try {
    store.set({ on: link.day ?? null });
    const city = await api.city(link.day);
    const chosen = link.layers;
    /** @type {Record<string, boolean>} */
    const visible = {};
    /** @type {Record<string, number>} */
    const opacity = {};
    for (const layer of city.layers) {
      visible[layer.id] = chosen ? layer.id in chosen : true;
      opacity[layer.id] = chosen?.[layer.id] ?? 1;
    }
    for (const raster of city.rasters ?? []) {
      visible[raster.id] = Boolean(chosen && raster.id in chosen);
      opacity[raster.id] = chosen?.[raster.id] ?? raster.opacity;
    }
    store.set({ city, visible, opacity });
  } catch (error) {
    store.set({ cityError: problemOf(error) });
  }
}

/** The city again, for another caller or another day: what is drawn and how stays chosen. */
export async function refreshCity() {
  const before = store.state;
  if (!before.city) return;
  try {
    const city = await api.city(before.on ?? undefined);
    const kept = (/** @type {Record<string, any>} */ chosen, /** @type {any} */ other) => ({
      ...Object.fromEntries(city.layers.map((l) => [l.id, chosen[l.id] ?? other])),
      ...Object.fromEntries((city.rasters ?? []).flatMap((r) => (r.id in chosen ? [[r.id, chosen[r.id]]] : []))),
    });
    const { visible, opacity } = store.state;
    if (store.state.on === before.on) store.set({ city, visible: kept(visible, true), opacity: kept(opacity, 1) });
  } catch (error) {
    const problem = problemOf(error);
    tell(store.state.lang === 'en' ? problem.en : problem.zh, 'error', () => void refreshCity());
  }
}

// ---- layers and findings ------------------------------------------------------------------

/** @param {string} id @param {boolean} on */
export function showLayer(id, on) {
  store.set({ visible: { ...store.state.visible, [id]: on } });
}

/** @param {string} id @param {number} value */
export function setOpacity(id, value) {
  store.set({ opacity: { ...store.state.opacity, [id]: value } });
}

/** @param {boolean} on */
export function showAllLayers(on) {
  const layers = store.state.city?.layers ?? [];
  store.set({ visible: Object.fromEntries(layers.map((l) => [l.id, on || l.geometry === 'point'])) });
}

/** Findings work as a facet: none chosen means all are drawn. @param {import('./store.js').Flag} flag */
export function toggleFlag(flag) {
  const { flags } = store.state;
  store.set({ flags: flags.includes(flag) ? flags.filter((f) => f !== flag) : [...flags, flag] });
}
export const clearFlags = () => store.set({ flags: [] });

// ---- views --------------------------------------------------------------------------------

/** @type {string[]} keys of the elements that led on, to give the focus back */
const trail = [];

/** @param {View} view */
export function push(view) {
  const from = /** @type {HTMLElement|null} */ (document.activeElement)?.closest?.('[data-key]');
  const { stack } = store.state;
  const top = viewOf(store.state);
  // A card replaces a card: the way back is to the list or to the start, never through every click.
  const below = top.kind === 'well' || top.kind === 'zone' ? stack.slice(0, -1) : stack;
  trail.length = stack.length - 1;
  if (below === stack) trail.push(from?.getAttribute('data-key') ?? '');
  store.set({ stack: [...below, view], sheet: store.state.sheet === 'full' ? 'full' : 'half', picking: false });
}

/** Replaces the view on screen. @param {Partial<import('./store.js').NearView>|Record<string, any>} patch */
export function amend(patch) {
  const { stack } = store.state;
  store.set({ stack: [...stack.slice(0, -1), /** @type {View} */ ({ ...viewOf(store.state), ...patch })] });
}

/** Asked before a step back; true: not now. @type {() => boolean} */
let guard = () => false;
export const guardBack = (/** @type {() => boolean} */ g) => (guard = g);

/** One step back; to the start from anywhere when there is nothing between. */
export function back() {
  if (guard()) return;
  const { stack } = store.state;
  if (stack.length < 2) return;
  store.set({ stack: stack.slice(0, -1), picking: false, sheet: stack.length === 2 ? 'peek' : 'half' });
  const key = trail[stack.length - 2];
  requestAnimationFrame(() => {
    const target = key ? document.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
    const title = /** @type {HTMLElement|null} */ (document.querySelector('.panel h1'));
    if (target instanceof HTMLElement) target.focus();
    else title?.focus();
  });
}

/** @param {string} code @param {{look?:boolean}} [options] */
export async function openWell(code, { look = true } = {}) {
  push({ kind: 'well', code });
  try {
    const verdict = await api.verdict(code, store.state.on);
    if (!isOn('well', code)) return;
    amend({ verdict });
    if (look) camera?.look([verdict.well.lon, verdict.well.lat]);
  } catch (error) {
    if (isOn('well', code)) amend({ error: problemOf(error) });
  }
}

/** The card of a well of which a tile tells no more than the id. @param {string} id @param {{look?:boolean}} [options] */
export async function openWellById(id, options) {
  try {
    const feature = await api.zone('well', id);
    await openWell(String(feature.properties.code), options);
  } catch (error) {
    const problem = problemOf(error);
    tell(store.state.lang === 'en' ? problem.en : problem.zh, 'error');
  }
}

/** @param {string} layer @param {string} id @param {{others?:{layer:string,id:string,name:string}[], look?:boolean}} [options] */
export async function openZone(layer, id, { others, look = false } = {}) {
  push({ kind: 'zone', layer, id, others });
  try {
    const feature = await api.zone(layer, id, store.state.on);
    if (!isOn('zone', id)) return;
    amend({ feature });
    if (look) {
      const bounds = boundsOf(feature.geometry);
      if (bounds) camera?.fit(bounds);
    }
  } catch (error) {
    if (isOn('zone', id)) amend({ error: problemOf(error) });
  }
}

/** @param {'well'|'zone'} kind @param {string} key */
function isOn(kind, key) {
  const view = viewOf(store.state);
  return view.kind === kind && (view.kind === 'well' ? view.code === key : view.id === key);
}

/** @param {any} geometry @returns {[number,number,number,number]|null} */
export function boundsOf(geometry) {
  const box = /** @type {[number,number,number,number]} */ ([Infinity, Infinity, -Infinity, -Infinity]);
  const walk = (/** @type {any} */ c) => {
    if (typeof c?.[0] === 'number') {
      box[0] = Math.min(box[0], c[0]);
      box[1] = Math.min(box[1], c[1]);
      box[2] = Math.max(box[2], c[0]);
      box[3] = Math.max(box[3], c[1]);
    } else if (Array.isArray(c)) c.forEach(walk);
  };
  walk(geometry?.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}

// ---- address, clipboard -------------------------------------------------------------------

/** The address of what is on screen. */
export function permalink() {
  const s = store.state;
  const url = new URL(location.href);
  const view = viewOf(s);
  const rasters = s.city?.rasters ?? [];
  const layers = [...(s.city?.layers ?? []), ...rasters];
  const asDeclared =
    (s.city?.layers ?? []).every((l) => s.visible[l.id] !== false && (s.opacity[l.id] ?? 1) === 1) && !rasters.some((r) => s.visible[r.id]);
  url.hash = formatLink({
    camera: s.camera ? { zoom: s.camera.zoom, lat: s.camera.lat, lng: s.camera.lng } : undefined,
    layers: asDeclared
      ? undefined
      : Object.fromEntries(layers.filter((l) => s.visible[l.id]).map((l) => [l.id, s.opacity[l.id] ?? 1])),
    flags: s.flags,
    day: s.on ?? undefined,
    sel:
      view.kind === 'well'
        ? { kind: 'well', code: view.code }
        : view.kind === 'zone'
          ? { kind: 'zone', layer: view.layer, id: view.id }
          : view.kind === 'near' && view.at
            ? { kind: 'near', lng: view.at[0], lat: view.at[1], within_m: view.within_m }
            : view.kind === 'precheck' && view.at
              ? { kind: 'precheck', lng: view.at[0], lat: view.at[1] }
              : undefined,
  });
  return url.href;
}

/** @param {string} text @param {string} done */
export async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // plain http has no clipboard API: select a hidden field instead
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'offscreen';
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  tell(done);
}
