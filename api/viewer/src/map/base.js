// The base map under the zones: blank, or one that the service offers. Nothing of it is asked for before it is chosen.
import { address } from '../api.js';
import { basemapsOf, chosenBase, drawnByBase, over } from '../base.js';
import { store } from '../store.js';

/** @typedef {import('maplibre-gl').Map} EngineMap */

/** @param {string} path */
const source = (path, /** @type {number} */ maxzoom) => ({ type: /** @type {const} */ ('raster'), tiles: [address(path)], tileSize: 256, minzoom: 1, maxzoom });

/** Keeps the base map in step with the choice. @param {EngineMap} map */
export function dressBase(map) {
  let ready = false;
  const draw = () => {
    const chosen = chosenBase(store.state);
    for (const base of basemapsOf(store.state)) {
      drawnByBase(base).forEach((id, i) => {
        const there = Boolean(map.getLayer(id));
        if (there && base !== chosen) {
          map.removeLayer(id);
          map.removeSource(id);
        } else if (!there && base === chosen) {
          map.addSource(id, source(base.tiles[i], base.max_zoom));
          map.addLayer({ id, type: 'raster', source: id, paint: { 'raster-fade-duration': 0 } }, over(map.getStyle().layers.map((l) => l.id)));
        }
      });
    }
  };
  map.on('style.load', () => {
    ready = true;
    draw();
  });
  store.subscribe((now, before) => ready && (now.base !== before.base || now.city !== before.city) && draw());
}
