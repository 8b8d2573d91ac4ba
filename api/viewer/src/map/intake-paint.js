// Draws what an import would write, over everything else, as long as its panel is there.
import { intake } from '../intake/acts.js';
import { store } from '../store.js';
import { hang } from './hang.js';
import { ACCENT } from './overlay.js';

/** @typedef {import('maplibre-gl').Map} EngineMap */

export const INTAKE = 'intake';

/** @returns {import('maplibre-gl').LayerSpecification[]} */
export const intakeLayers = () =>
  /** @type {any[]} */ ([
    { id: 'intake/area', type: 'fill', source: INTAKE, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': ACCENT, 'fill-opacity': 0.15 } },
    { id: 'intake/halo', type: 'line', source: INTAKE, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-color': '#ffffff', 'line-width': 5, 'line-opacity': 0.85 } },
    { id: 'intake/edge', type: 'line', source: INTAKE, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-color': ACCENT, 'line-width': 2.25, 'line-dasharray': [4, 1.5] } },
    { id: 'intake/point', type: 'circle', source: INTAKE, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 5, 'circle-color': '#ffffff', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 2.5 } },
  ]);

/** @param {EngineMap} map */
export function paintIntake(map) {
  const draw = () => {
    const source = /** @type {any} */ (map.getSource(INTAKE));
    source?.setData({ type: 'FeatureCollection', features: (intake()?.shapes?.features ?? []).filter((f) => f.geometry) });
  };
  hang(map, INTAKE, intakeLayers, draw);
  let drawn = intake()?.shapes;
  store.subscribe(() => {
    const now = intake()?.shapes;
    if (now === drawn) return;
    drawn = now;
    draw();
  });
}
