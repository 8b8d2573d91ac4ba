// How the desk looks on the map. Pure: a test validates it against the style specification.
import { ACCENT, INK } from './overlay.js';

/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */

export const DESK = 'desk';
const RED = '#B3261E';
const AMBER = '#C77700';

/** @param {string} role @returns {any} */
const is = (role) => ['==', ['get', 'role'], role];
/** @param {...string} roles @returns {any} */
const among = (...roles) => ['in', ['get', 'role'], ['literal', roles]];

/** @param {string} id @param {any} filter @param {Record<string, any>} paint @returns {any} */
const fill = (id, filter, paint) => ({ id: `desk/${id}`, type: 'fill', source: DESK, filter, paint });
/** @param {string} id @param {any} filter @param {Record<string, any>} paint @returns {any} */
const line = (id, filter, paint) => ({ id: `desk/${id}`, type: 'line', source: DESK, filter, layout: { 'line-join': 'round' }, paint });
/** @param {string} id @param {any} filter @param {Record<string, any>} paint @returns {any} */
const dot = (id, filter, paint) => ({ id: `desk/${id}`, type: 'circle', source: DESK, filter, paint });

/** @returns {LayerSpecification[]} */
export function deskLayers() {
  const chosen = ['boolean', ['get', 'chosen'], false];
  return [
    fill('area', is('subject'), { 'fill-color': ['get', 'color'], 'fill-opacity': 0.16 }),
    fill('faulty', is('overlap'), { 'fill-color': RED, 'fill-opacity': ['match', ['get', 'policy'], 'forbidden', 0.4, 0.18] }),
    fill('crack', among('gap', 'sliver'), { 'fill-color': AMBER, 'fill-opacity': 0.55 }),
    line('base', is('base'), { 'line-color': '#5B6B7B', 'line-width': 1.25, 'line-dasharray': [2, 3] }),
    line('theirs', among('theirs', 'removed'), { 'line-color': RED, 'line-width': 2, 'line-dasharray': [4, 2] }),
    fill('added', is('added'), { 'fill-color': '#2E7D5B', 'fill-opacity': 0.35 }),
    fill('removed', is('removed'), { 'fill-color': RED, 'fill-opacity': 0.3 }),
    line('crack-edge', among('overlap', 'gap', 'sliver'), { 'line-color': ['match', ['get', 'role'], 'overlap', RED, AMBER], 'line-width': 1.75 }),
    line('neighbour', is('neighbour'), { 'line-color': INK, 'line-width': 2, 'line-dasharray': [5, 2] }),
    line('halo', among('subject', 'pen'), { 'line-color': '#ffffff', 'line-width': 5, 'line-opacity': 0.85 }),
    line('edge', is('subject'), { 'line-color': ['get', 'color'], 'line-width': 2.5 }),
    line('pen', is('pen'), { 'line-color': ACCENT, 'line-width': 2.25 }),
    line('next', is('next'), { 'line-color': ACCENT, 'line-width': 1.75, 'line-dasharray': [2, 2] }),
    dot('middle', is('middle'), { 'circle-radius': 3.5, 'circle-color': '#ffffff', 'circle-stroke-color': '#5B6B7B', 'circle-stroke-width': 1.25 }),
    // a corner that moves neighbours too wears a second ring
    dot('shared', ['all', is('corner'), ['boolean', ['get', 'shared'], false]], { 'circle-radius': 9, 'circle-color': 'rgba(255,255,255,0)', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 1.5 }),
    dot('corner', is('corner'), {
      'circle-radius': ['case', chosen, 6.5, 5],
      'circle-color': ['case', chosen, ACCENT, '#ffffff'],
      'circle-stroke-color': ACCENT,
      'circle-stroke-width': 2,
    }),
    dot('fault', is('fault'), { 'circle-radius': 9, 'circle-color': 'rgba(179,38,30,0.15)', 'circle-stroke-color': RED, 'circle-stroke-width': 2.5 }),
    dot('snap', is('snap'), { 'circle-radius': 8, 'circle-color': 'rgba(255,255,255,0)', 'circle-stroke-color': '#C2185B', 'circle-stroke-width': 2.5 }),
    /** @type {any} */ ({
      id: 'desk/snap-text',
      type: 'symbol',
      source: DESK,
      filter: is('snap'),
      layout: { 'text-field': ['get', 'text'], 'text-size': 12, 'text-anchor': 'bottom-left', 'text-offset': [0.8, -0.5], 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': '#9C1349', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
    }),
  ];
}
