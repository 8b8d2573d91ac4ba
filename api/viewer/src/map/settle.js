// When the map counts as drawn, and what is drawn last: the names and the graticule of the view.
import { isPhone } from '../screen.js';
import { store } from '../store.js';
import { graticule } from './grid.js';
import { placeLabels } from './labels.js';
import { INK } from './overlay.js';
import { isPaper } from './style.js';

/** @typedef {import('maplibre-gl').Map} EngineMap */

/** @typedef {{stir:() => void, forget:() => void, settled:() => boolean}} Settle */

/** Labels follow the view once it rests; then, and only then, the map counts as settled. @param {EngineMap} map @returns {Settle} */
export function watchIdle(map) {
  let idle = false;
  let last = '';
  const stir = () => (idle = false);
  map.on('movestart', stir);
  map.on('dataloading', stir);
  map.on('idle', () => {
    const labels = labelsFor(map, visibleBox(map));
    const grid = gridFor(map);
    const text = JSON.stringify([labels, grid]);
    if (text !== last) {
      last = text;
      /** @type {any} */ (map.getSource('labels'))?.setData(labels);
      /** @type {any} */ (map.getSource('grid'))?.setData(grid);
      return; // idle fires again when they are drawn
    }
    idle = true;
    if (store.state.map === 'wait') store.set({ map: 'ready' });
  });
  const forget = () => {
    last = '';
    idle = false;
  };
  return { stir, forget, settled: () => idle };
}

/** Names of the zones in a box. @param {EngineMap} map @param {import('./labels.js').Box} b @returns {GeoJSON.FeatureCollection} */
export function labelsFor(map, b) {
  /** @type {Map<string, {name:string, color:string, order:number, paper:boolean}>} */
  const about = new Map();
  /** @type {import('./labels.js').Piece[]} */
  const pieces = [];
  for (const layer of store.state.city?.layers ?? []) {
    if (layer.geometry !== 'polygon' || !layer.has_data || store.state.visible[layer.id] === false) continue;
    if (!map.getSource(layer.id)) continue;
    // Subdivisions are named once one of them fills a good part of the screen.
    if (layer.style.pattern === 'hairline' && !isPaper(layer) && map.getZoom() < 11) continue;
    for (const feature of map.querySourceFeatures(layer.id, { sourceLayer: layer.id })) {
      const name = feature.properties?.name;
      if (!name) continue;
      const key = `${layer.id}/${feature.id}`;
      about.set(key, { name, color: layer.style.color, order: layer.order, paper: isPaper(layer) });
      const { geometry } = feature;
      if (geometry.type === 'Polygon') pieces.push({ key, rings: /** @type {any} */ (geometry.coordinates) });
      if (geometry.type === 'MultiPolygon') {
        for (const rings of geometry.coordinates) pieces.push({ key, rings: /** @type {any} */ (rings) });
      }
    }
  }
  const features = [...placeLabels(pieces, b)]
    .map(([key, at]) => ({
      type: /** @type {const} */ ('Feature'),
      geometry: { type: /** @type {const} */ ('Point'), coordinates: at },
      properties: { ...about.get(key), color: darker(about.get(key)?.color ?? INK) },
    }))
    .sort((p, q) => (q.properties.order ?? 0) - (p.properties.order ?? 0));
  return { type: 'FeatureCollection', features };
}

/** @param {EngineMap} map */
const gridFor = (map) => graticule(visibleBox(map), 360 / (512 * 2 ** map.getZoom()), !isPhone());

/** The part of the map no panel covers. @param {EngineMap} map */
function visibleBox(map) {
  const pad = map.getPadding();
  const { clientWidth, clientHeight } = map.getContainer();
  const nw = map.unproject([pad.left ?? 0, pad.top ?? 0]);
  const se = map.unproject([clientWidth - (pad.right ?? 0), clientHeight - (pad.bottom ?? 0)]);
  return { west: nw.lng, north: nw.lat, east: se.lng, south: se.lat };
}

/** A label's colour: the zone's, dark enough for small text on white. @param {string} hex */
function darker(hex) {
  const n = parseInt(hex.slice(1), 16);
  return `rgb(${[n >> 16, (n >> 8) & 255, n & 255].map((c) => Math.round(c * 0.72)).join(',')})`;
}
