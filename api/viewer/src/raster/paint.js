// Rasters under the zones: pictures that the service makes.
import { address } from '../api.js';
import { shownRasters } from '../rasters.js';
import { store } from '../store.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('../rasters.js').RasterInfo} RasterInfo
 * @typedef {import('../store.js').State} State
 */

export const layerOf = (/** @type {string} */ id) => `raster/${id}`;

/** Over the base map and areas that lie as paper, under every line. @param {string[]} ids lowest first */
export const overRasters = (ids) => ids.find((id) => id !== 'paper' && !id.endsWith('/fill') && !/^(base|raster)\//.test(id));

/** @param {RasterInfo} raster @param {State} s @returns {any} */
export const sourceOf = (raster, s) => ({
  type: 'raster',
  tiles: [address(raster.tiles) + (s.on ? `?datetime=${s.on}` : '')],
  tileSize: 256,
  minzoom: 0,
  maxzoom: raster.max_zoom,
  ...(raster.bounds ? { bounds: raster.bounds } : {}),
});

/** @param {RasterInfo} raster @param {State} s @returns {any} */
export const specOf = (raster, s) => ({
  id: layerOf(raster.id),
  type: 'raster',
  source: layerOf(raster.id),
  paint: {
    'raster-opacity': s.opacity[raster.id] ?? raster.opacity,
    'raster-fade-duration': 0,
    // a class is a class: no colour between two
    'raster-resampling': raster.legend.kind === 'classes' ? 'nearest' : 'linear',
  },
});

/** A whole style with rasters laid under its lines. @param {any} style @param {RasterInfo[]} rasters lowest first @param {State} s */
export function withRasters(style, rasters, s) {
  for (const raster of rasters) {
    const over = overRasters(style.layers.map((/** @type {any} */ l) => l.id));
    style.sources[layerOf(raster.id)] = sourceOf(raster, s);
    style.layers.splice(style.layers.findIndex((/** @type {any} */ l) => l.id === over), 0, specOf(raster, s));
  }
  return style;
}

/** What the map itself shows: while two are compared, the left one. @param {State} s */
const wanted = (s) => {
  if (!s.swipe) return shownRasters(s);
  const { left } = s.swipe;
  return (s.city?.rasters ?? []).filter((r) => r.id === left && r.has_data);
};

/** Keeps the rasters in step with the store. @param {EngineMap} map */
export function dressRasters(map) {
  let ready = map.isStyleLoaded() || Boolean(map.getSource('focus'));
  const draw = () => {
    const now = store.state;
    const shown = wanted(now);
    for (const { id } of map.getStyle().layers.filter((l) => l.id.startsWith('raster/'))) {
      if (shown.some((r) => layerOf(r.id) === id)) continue;
      map.removeLayer(id);
      map.removeSource(id);
    }
    for (const raster of shown) {
      const id = layerOf(raster.id);
      const spec = specOf(raster, now);
      if (map.getLayer(id)) map.setPaintProperty(id, 'raster-opacity', spec.paint['raster-opacity']);
      else {
        map.addSource(id, sourceOf(raster, now));
        map.addLayer(spec, overRasters(map.getStyle().layers.map((l) => l.id)));
      }
    }
  };
  if (ready) draw();
  map.on('style.load', () => {
    ready = true;
    draw();
  });
  store.subscribe((now, before) => {
    // a new city is drawn afresh: `style.load` follows
    if (now.city !== before.city) ready = false;
    else if (ready && (now.visible !== before.visible || now.opacity !== before.opacity || now.swipe !== before.swipe)) draw();
  });
}
