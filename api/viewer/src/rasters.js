// Raster layers: which there are and are shown. What draws and asks them is fetched after the first drawing.
import { tell } from './actions.js';
import { t } from './i18n.js';
import { store } from './store.js';

/**
 * @typedef {{zh:string, en:string}} Words
 * @typedef {object} Legend
 * @property {'ramp'|'classes'} kind
 * @property {{symbol:string, zh:string, en:string}|null} unit
 * @property {Words} no_data
 * @property {{value:number, color:string}[]} [stops]
 * @property {(Words & {code:number, color:string})[]} [classes]
 *
 * @typedef {object} RasterInfo
 * @property {string} id
 * @property {string} zh
 * @property {string} en
 * @property {string} description_zh
 * @property {string} description_en
 * @property {string} source_zh
 * @property {string} source_en
 * @property {number} order
 * @property {number} opacity
 * @property {Legend} legend
 * @property {boolean} has_data
 * @property {[number,number,number,number]|null} bounds
 * @property {number} max_zoom
 * @property {string} tiles
 * @property {{raster_id:number, area_code:string, valid_from:string, file_name:string, cell:number}[]} rasters
 */

/** @param {import('./store.js').State} s @returns {RasterInfo[]} */
export const rastersOf = (s) => s.city?.rasters ?? [];

/** Those that are drawn, the lowest first. @param {import('./store.js').State} s */
export const shownRasters = (s) =>
  rastersOf(s)
    .filter((r) => r.has_data && s.visible[r.id])
    .sort((a, b) => b.order - a.order);

/** @type {Promise<typeof import('./raster/main.js')>|undefined} */
let code;

/** Fetches what draws rasters, where there are any. */
export async function loadRasters() {
  if (code || !rastersOf(store.state).length) return;
  code = import('./raster/main.js');
  try {
    (await code).start();
  } catch {
    code = undefined;
    tell(t('raster.notLoaded'), 'error', () => void loadRasters());
  }
}

/** What the shown rasters hold at a place; whether there are any. @param {[number, number]} at */
export function askRasters(at) {
  if (!code || !(shownRasters(store.state).length || store.state.swipe)) return false;
  void code.then((rasters) => rasters.ask(at)).catch(() => undefined);
  return true;
}
