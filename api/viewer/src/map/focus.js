// What the card or the list on screen is about, marked on the map.
import { circle, destination } from '../geo.js';
import { limitKey } from '../precheck.js';
import { viewOf } from '../store.js';
import { metresText } from '../ui/parts.js';
import { INK } from './overlay.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('../store.js').State} State
 * @typedef {import('../store.js').PrecheckView} PrecheckView
 */

/** Rings, discs, ranks and lines for the card or list on screen. @param {EngineMap} map @param {State} now */
export function drawFocus(map, now) {
  /** @type {any} */ (map.getSource('focus'))?.setData({ type: 'FeatureCollection', features: focusOf(now) });
}

/** What is being measured, once its code is there. @type {() => GeoJSON.Feature[]} */
let measured = () => [];
export const hangMeasure = (/** @type {typeof measured} */ how) => (measured = how);

/** @param {[number,number]} at @param {object} properties @returns {GeoJSON.Feature} */
const point = (at, properties) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties });

/** @param {[number,number]} at @param {number} m @returns {GeoJSON.Feature} */
const disc = (at, m) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [circle(at, m)] }, properties: {} });

/** @param {State} now @returns {GeoJSON.Feature[]} */
function focusOf(now) {
  const view = viewOf(now);
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
  if (view.kind === 'measure') return measured();
  if (view.kind === 'precheck' && view.at) return [...limitsOf(now, view, view.at), point(view.at, { role: 'here' })];
  return now.sought ? [point(now.sought, { role: 'here' })] : [];
}

/** Farther boundaries are drawn only when asked for, and subdivisions: they are everywhere. */
const REACH_M = 5000;

/** Thin lines to the nearest boundaries, each with its distance. @param {State} now @param {PrecheckView} view @param {[number,number]} from @returns {GeoJSON.Feature[]} */
function limitsOf(now, view, from) {
  return (view.result?.nearest ?? []).flatMap((limit) => {
    const style = now.city?.layers.find((l) => l.id === limit.layer)?.style;
    if (view.limit !== limitKey(limit) && (limit.distance_m > REACH_M || style?.pattern === 'hairline')) return [];
    const to = destination(from, limit.distance_m, limit.bearing_deg);
    const color = style?.color ?? INK;
    return [
      { type: 'Feature', geometry: { type: 'LineString', coordinates: [from, to] }, properties: { color } },
      point(to, { role: 'limit', color, text: metresText(limit.distance_m), n: limit.distance_m }),
    ];
  });
}
