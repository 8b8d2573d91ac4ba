/** @typedef {import('maplibre-gl').Map} EngineMap */

/**
 * Keeps layers of one drawn source on the map, also when its whole style is drawn anew.
 * @param {EngineMap} map @param {string} id @param {() => any[]} layers @param {() => void} draw
 */
export function hang(map, id, layers, draw) {
  const now = () => {
    if (map.getSource(id)) return;
    map.addSource(id, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    for (const layer of layers()) map.addLayer(layer);
    draw();
  };
  if (map.isStyleLoaded() || map.getSource('focus')) now();
  map.on('style.load', now);
}
