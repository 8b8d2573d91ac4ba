// What the card or the list on screen is about, marked on the map.
import { circle } from '../geo.js';
import { viewOf } from '../store.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('../store.js').State} State
 */

/** Rings, discs and ranks for the card or list on screen. @param {EngineMap} map @param {State} now */
export function drawFocus(map, now) {
  /** @type {any} */ (map.getSource('focus'))?.setData({ type: 'FeatureCollection', features: focusOf(now) });
}

/** @param {State} now @returns {GeoJSON.Feature[]} */
function focusOf(now) {
  const view = viewOf(now);
  const point = (/** @type {[number,number]} */ at, /** @type {object} */ properties) =>
    /** @type {GeoJSON.Feature} */ ({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties });
  const disc = (/** @type {[number,number]} */ at, /** @type {number} */ m) =>
    /** @type {GeoJSON.Feature} */ ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [circle(at, m)] }, properties: {} });
  if (view.kind === 'well' && view.verdict) {
    const { lon, lat, uncertainty_m } = view.verdict.well;
    return [...(uncertainty_m > 0 ? [disc([lon, lat], uncertainty_m)] : []), point([lon, lat], { role: 'ring' })];
  }
  if (view.kind === 'near' && view.at) {
    const wells = view.wells ?? [];
    return [
      disc(view.at, view.within_m),
      ...wells.slice(0, 20).map((w, i) => point([w.lon, w.lat], { role: 'rank', text: String(i + 1), n: i })),
      point(view.at, { role: 'here' }),
    ];
  }
  return [];
}
