// Which base map lies under the zones; the choice is kept on this machine.
import { store } from './store.js';

/** @typedef {{id:string, zh:string, en:string, tiles:string[], max_zoom:number, attribution:string}} Basemap */

const KEY = 'gw-base';

/** @param {import('./store.js').State} s @returns {Basemap[]} */
export const basemapsOf = (s) => s.city?.basemaps ?? [];

/** None: blank. @param {import('./store.js').State} s */
export const chosenBase = (s) => basemapsOf(s).find((base) => base.id === s.base);

/** Ids of the style layers, and sources, of a base map: the map and the names over it. @param {Basemap} base */
export const drawnByBase = (base) => base.tiles.map((_, i) => `base/${base.id}${i ? `/${i}` : ''}`);

/** The lowest layer that lies over a base map: all but the ground's wash. @param {string[]} ids lowest first */
export const over = (ids) => ids.find((id) => id !== 'paper' && !id.endsWith('/fill') && !id.startsWith('base/'));

/** The choice of the last time. */
export function keptBase() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return ''; // storage may be forbidden
  }
}

/** @param {string} base id, or '' for blank */
export function chooseBase(base) {
  store.set({ base });
  try {
    localStorage.setItem(KEY, base);
  } catch {
    // storage may be forbidden: then the choice lasts as long as the page
  }
}

store.set({ base: keptBase() });
