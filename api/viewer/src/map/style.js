// The map's style as data, from what the service declares. Pure: a test validates it against the spec.
import { FLAG_COLOR, FLAGS } from '../flags.js';
import { focusOver, focusUnder, gridLayers, INK, labelLayer, NEAR, WASH } from './overlay.js';
import { isDrawn, sees } from '../sight.js';
import { outlineOf, PATTERNS } from './symbols.js';

/**
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification
 * @typedef {import('maplibre-gl').StyleSpecification} StyleSpecification
 * @typedef {{visible:Record<string,boolean>, opacity:Record<string,number>, flags:string[], on?:string|null,
 *   me?:import('../store.js').Me|null, globe?:boolean}} Choices
 */

// As the service draws its tiles: wells as counts per cell below this zoom, each by itself from it on;
export const WELLS_FROM = 10;
// zones simplified and whole below this one, in pieces with outlines of their own from it on.
export const PIECES_FROM = 12;

/** Ids of the style layers that draw one of the service's layers. @param {LayerInfo} layer */
export function drawnBy(layer) {
  if (layer.geometry === 'point') return [`${layer.id}/count`, `${layer.id}/mark`, `${layer.id}/name`];
  const ids = [`${layer.id}/fill`];
  if (PATTERNS[layer.style.pattern]) ids.push(`${layer.id}/pattern`);
  if (outlineOf(layer.style.pattern).band) ids.push(`${layer.id}/band`);
  return [...ids, `${layer.id}/line-far`, `${layer.id}/line`, `${layer.id}/point`];
}

/** Opacities of the style layers of one layer, at the reader's setting. @param {LayerInfo} layer @param {number} o @returns {[string, string, any][]} */
export function opacitiesOf(layer, o) {
  const { id, style } = layer;
  if (layer.geometry === 'point') {
    return [
      [`${id}/count`, 'circle-opacity', 0.85 * o],
      [`${id}/mark`, 'icon-opacity', o],
      [`${id}/name`, 'text-opacity', o],
    ];
  }
  const patterned = Boolean(PATTERNS[style.pattern]);
  // Seen from afar a zone is an area; from near, inside several at once, it is an edge.
  const fading = (/** @type {number} */ far, /** @type {number} */ near) => ['interpolate', ['linear'], ['zoom'], 11, far * o, 14, near * o];
  const fill = isPaper(layer) ? 0.85 : Math.min(0.3, style.opacity * (patterned ? 0.6 : 1));
  const band = outlineOf(style.pattern).band;
  /** @type {[string, string, any][]} */
  const all = [
    [`${id}/fill`, 'fill-opacity', isPaper(layer) ? fill * o : fading(fill, fill * 0.45)],
    [`${id}/line-far`, 'line-opacity', 0.95 * o],
    [`${id}/line`, 'line-opacity', 0.95 * o],
    [`${id}/point`, 'circle-opacity', isPaper(layer) ? 0 : o],
  ];
  if (patterned) all.push([`${id}/pattern`, 'fill-opacity', fading(0.5, 0.2)]);
  if (band) all.push([`${id}/band`, 'line-opacity', fading(0, band === 'wide' ? 0.18 : 0.22)]);
  return all;
}

/** An area without a colour of its own lies as paper under the others. @param {LayerInfo} layer */
export const isPaper = (layer) => layer.style.opacity === 0;

/** Which wells are drawn. @param {string[]} flags empty: all @returns {any} */
export const flagFilter = (flags) => (flags.length ? ['in', ['get', 'flag'], ['literal', flags]] : null);

/** @param {string} flag @returns {any} */
const numberOf = (flag) => ['coalesce', ['get', flag], 0];

/** Wells in a cell that have one of the findings. @param {string[]} flags empty: all @returns {any} */
const countOf = (flags) => (flags.length ? ['+', ...flags.map(numberOf)] : ['get', 'wells']);

/** Which cells are drawn. @param {string[]} flags empty: all @returns {any} */
export const countFilter = (flags) => (flags.length ? ['>', countOf(flags), 0] : null);

/** A cell's circle: the area grows with the wells counted, the colour is the gravest finding's. @param {string[]} flags empty: all @returns {Record<string, any>} */
export function countPaint(flags) {
  const shown = FLAGS.filter((f) => !flags.length || flags.includes(f));
  const size = (/** @type {number} */ most) => ['interpolate', ['linear'], ['sqrt', countOf(flags)], 1, 2.2, 3, 3.4, 10, most * 0.7, 40, most];
  return {
    'circle-radius': ['interpolate', ['exponential', 2], ['zoom'], 4, size(8), 10, size(15)],
    'circle-color': ['case', ...shown.flatMap((f) => [['>', numberOf(f), 0], FLAG_COLOR[f]]), FLAG_COLOR.unassessed],
  };
}

/** @param {LayerInfo} layer @returns {LayerSpecification[]} */
function zoneLayers(layer) {
  const { id, style } = layer;
  const edge = outlineOf(style.pattern);
  const common = { source: id, 'source-layer': id };
  const outline = { source: id, 'source-layer': `${id}_outline`, minzoom: PIECES_FROM };
  const width = (/** @type {number} */ w) => ['case', ['boolean', ['feature-state', 'selected'], false], w + 2.2, w];
  /** @type {any[]} */
  const layers = [{ id: `${id}/fill`, type: 'fill', ...common, paint: { 'fill-color': isPaper(layer) ? '#ffffff' : style.color, 'fill-antialias': false } }];
  if (PATTERNS[style.pattern]) {
    layers.push({ id: `${id}/pattern`, type: 'fill', ...common, paint: { 'fill-pattern': `pattern/${id}`, 'fill-antialias': false } });
  }
  if (edge.band) {
    layers.push({
      id: `${id}/band`,
      type: 'line',
      ...outline,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': style.color,
        // Wide lines fray where vertices stand closer than their width: shown from near only.
        'line-width': edge.band === 'wide' ? 9 : 7,
        'line-offset': edge.band === 'wide' ? 4.5 : 3.5,
      },
    });
  }
  const line = {
    type: 'line',
    layout: { 'line-join': 'round', 'line-cap': edge.dash ? 'butt' : 'round' },
    paint: {
      'line-color': style.color,
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, width(edge.width * 0.7), 13, width(edge.width), 17, width(edge.width * 1.5)],
      ...(edge.dash ? { 'line-dasharray': edge.dash } : {}),
    },
  };
  layers.push({ id: `${id}/line-far`, ...line, ...common, maxzoom: PIECES_FROM }, { id: `${id}/line`, ...line, ...outline });
  layers.push({
    id: `${id}/point`,
    type: 'circle',
    source: id,
    'source-layer': `${id}_point`,
    paint: { 'circle-color': style.color, 'circle-radius': ['case', ['boolean', ['feature-state', 'selected'], false], 4, 2] },
  });
  return layers;
}

/** @param {LayerInfo} layer @returns {LayerSpecification[]} */
function wellLayers(layer) {
  const common = { source: layer.id, 'source-layer': layer.id, minzoom: WELLS_FROM };
  const bySize = (/** @type {number} */ flagged, /** @type {number} */ other) =>
    ['match', ['get', 'flag'], ['close', 'indeterminate', 'restricted'], flagged, other];
  const rank = ['match', ['get', 'flag'], ...FLAGS.flatMap((f, i) => [f, FLAGS.length - i]), 0];
  return /** @type {any[]} */ ([
    {
      id: `${layer.id}/count`,
      type: 'circle',
      source: layer.id,
      'source-layer': `${layer.id}_count`,
      maxzoom: WELLS_FROM,
      layout: { 'circle-sort-key': rank },
      paint: countPaint([]),
    },
    {
      id: `${layer.id}/name`,
      type: 'symbol',
      ...common,
      minzoom: 14.5,
      layout: {
        'text-field': ['coalesce', ['get', 'name'], ['get', 'code']],
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 0.9],
        'text-max-width': 9,
        'text-optional': true,
        'symbol-sort-key': ['-', 0, rank],
      },
      paint: { 'text-color': INK, 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
    },
    {
      id: `${layer.id}/mark`,
      type: 'symbol',
      ...common,
      layout: {
        'icon-image': ['concat', 'mark/', ['coalesce', ['get', 'flag'], 'unassessed']],
        'icon-allow-overlap': true,
        'icon-ignore-placement': ['step', ['zoom'], true, NEAR, false],
        'icon-padding': 0,
        'symbol-sort-key': rank,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 8, bySize(0.3, 0.22), 10, bySize(0.44, 0.34), 12, bySize(0.7, 0.6), 15, bySize(1, 1)],
      },
    },
  ]);
}

/** Where counts are all that is shown, they are drawn however near. @param {LayerSpecification} layer @returns {LayerSpecification} */
function everCounted(layer) {
  if (!layer.id.endsWith('/count')) return layer;
  const { maxzoom: _, ...rest } = layer;
  return /** @type {LayerSpecification} */ (rest);
}

/** @param {boolean} [globe] @returns {import('maplibre-gl').ProjectionSpecification} */
export const projectionOf = (globe) => ({ type: globe ? 'globe' : 'mercator' });

/**
 * The whole style. No glyphs, no sprite, nothing from elsewhere: text is drawn with local fonts,
 * images are added by the page.
 * @param {LayerInfo[]} layers
 * @param {Choices} choices
 * @param {(path: string) => string} address
 * @returns {StyleSpecification}
 */
export function styleOf(layers, choices, address) {
  const drawn = layers.filter((l) => isDrawn(l, choices.me)).sort((a, b) => a.order - b.order);
  const counted = sees(choices.me) === 'counts';
  const asOf = choices.on ? `?datetime=${choices.on}` : '';
  const zones = drawn.filter((l) => l.geometry === 'polygon');
  const wells = drawn.filter((l) => l.geometry === 'point');
  const empty = { type: /** @type {const} */ ('FeatureCollection'), features: [] };
  /** @type {StyleSpecification} */
  const style = {
    version: 8,
    projection: projectionOf(choices.globe),
    sources: {
      ...Object.fromEntries(
        drawn.map((l) => [
          l.id,
          { type: 'vector', tiles: [address(l.tiles) + asOf], minzoom: 0, maxzoom: counted && l.geometry === 'point' ? WELLS_FROM - 1 : 16, ...(l.bounds ? { bounds: l.bounds } : {}) },
        ]),
      ),
      grid: { type: 'geojson', data: empty },
      focus: { type: 'geojson', data: empty },
      labels: { type: 'geojson', data: empty },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': WASH } },
      ...zones.filter(isPaper).flatMap(zoneLayers),
      gridLayers()[0],
      ...zones.filter((l) => !isPaper(l)).flatMap(zoneLayers),
      gridLayers()[1],
      ...focusUnder(),
      labelLayer('near'),
      ...wells.flatMap((l) => (counted ? wellLayers(l).map(everCounted) : wellLayers(l))),
      labelLayer('far'),
      ...focusOver(),
    ],
  };
  for (const layer of drawn) {
    const shown = choices.visible[layer.id] !== false;
    for (const id of drawnBy(layer)) {
      const spec = /** @type {any} */ (style.layers.find((l) => l.id === id));
      spec.layout = { ...spec.layout, visibility: shown ? 'visible' : 'none' };
      if (layer.geometry === 'point') {
        const counts = id.endsWith('/count');
        const filter = counts ? countFilter(choices.flags) : flagFilter(choices.flags);
        if (filter) spec.filter = filter;
        if (counts) spec.paint = countPaint(choices.flags);
      }
    }
    for (const [id, property, value] of opacitiesOf(layer, choices.opacity[layer.id] ?? 1)) {
      const spec = /** @type {any} */ (style.layers.find((l) => l.id === id));
      spec.paint = { ...spec.paint, [property]: value };
    }
  }
  return style;
}
