// What lies over the service's layers: the reader's focus, the graticule, the names.

/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */

export const WASH = '#EEF1F4';
export const INK = '#1B2733';
export const ACCENT = '#0B5CAD';

/** What the reader has chosen to look at: what lies under the wells' marks. @returns {LayerSpecification[]} */
export function focusUnder() {
  return /** @type {any[]} */ ([
    {
      id: 'focus/area',
      type: 'fill',
      source: 'focus',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': ACCENT, 'fill-opacity': 0.07 },
    },
    {
      id: 'focus/edge',
      type: 'line',
      source: 'focus',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'line-color': ACCENT, 'line-width': 1.4, 'line-dasharray': [3, 2] },
    },
    {
      id: 'focus/limit',
      type: 'line',
      source: 'focus',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': ['get', 'color'], 'line-width': 1.2 },
    },
  ]);
}

/** And what lies over everything else. @returns {LayerSpecification[]} */
export function focusOver() {
  return /** @type {any[]} */ ([
    {
      id: 'focus/foot',
      type: 'circle',
      source: 'focus',
      filter: ['==', ['get', 'role'], 'limit'],
      paint: { 'circle-radius': 3, 'circle-color': ['get', 'color'], 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1.2 },
    },
    {
      id: 'focus/ring',
      type: 'circle',
      source: 'focus',
      filter: ['==', ['get', 'role'], 'ring'],
      paint: {
        'circle-radius': 15,
        'circle-color': 'rgba(255,255,255,0)',
        'circle-stroke-color': ACCENT,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'focus/here',
      type: 'circle',
      source: 'focus',
      filter: ['==', ['get', 'role'], 'here'],
      paint: {
        'circle-radius': 7,
        'circle-color': ACCENT,
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'focus/rank',
      type: 'symbol',
      source: 'focus',
      filter: ['==', ['get', 'role'], 'rank'],
      layout: {
        'text-field': ['get', 'text'],
        'text-size': 13,
        'text-anchor': 'bottom-left',
        'text-offset': [0.45, -0.3],
        'text-allow-overlap': false,
        'symbol-sort-key': ['get', 'n'],
      },
      paint: { 'text-color': ACCENT, 'text-halo-color': '#ffffff', 'text-halo-width': 2.4 },
    },
    {
      id: 'focus/distance',
      type: 'symbol',
      source: 'focus',
      filter: ['==', ['get', 'role'], 'limit'],
      layout: {
        'text-field': ['get', 'text'],
        'text-size': 12,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.6,
        'symbol-sort-key': ['get', 'n'],
      },
      paint: { 'text-color': INK, 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
    },
  ]);
}

/** The lines of longitude and latitude: without a basemap they are the only witness of place. @returns {LayerSpecification[]} */
export function gridLayers() {
  return /** @type {any[]} */ ([
    {
      id: 'grid/line',
      type: 'line',
      source: 'grid',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { 'line-color': '#C9D3DC', 'line-width': 0.75 },
    },
    {
      id: 'grid/text',
      type: 'symbol',
      source: 'grid',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'text-field': ['get', 'text'],
        'text-size': 10,
        'text-anchor': ['get', 'anchor'],
        'text-offset': [0.3, 0.3],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#5B6B7B', 'text-halo-color': WASH, 'text-halo-width': 1.5 },
    },
  ]);
}

/** From here on a mark never lies under a name: names give way. */
export const NEAR = 13.5;

/**
 * Names of zones at points the page computes for the view (map/labels.js): over the crowd of
 * marks from afar, below them and out of their way from near.
 * @param {'far'|'near'} how @returns {LayerSpecification}
 */
export const labelLayer = (how) =>
  /** @type {any} */ ({
    id: `labels/${how}`,
    type: 'symbol',
    ...(how === 'far' ? { maxzoom: NEAR } : { minzoom: NEAR }),
    source: 'labels',
    layout: {
      'text-field': ['get', 'name'],
      'text-size': ['interpolate', ['linear'], ['zoom'], 8, ['case', ['get', 'paper'], 13, 11], 12, ['case', ['get', 'paper'], 15, 13], 16, 15],
      'text-letter-spacing': ['case', ['get', 'paper'], 0.2, 0],
      'text-max-width': 8,
      'text-padding': 6,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 0.6,
      'symbol-sort-key': ['-', 0, ['get', 'order']],
    },
    paint: { 'text-color': ['get', 'color'], 'text-halo-color': 'rgba(255,255,255,0.92)', 'text-halo-width': 1.8 },
  });
