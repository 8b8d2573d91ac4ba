// What measuring needs once somebody measures: the panel, the drawing on the map, and what a click is drawn to.
import { num, t } from '../i18n.js';
import { theMap } from '../map/engine.js';
import { hangMeasure } from '../map/focus.js';
import { ACCENT } from '../map/overlay.js';
import { measuring } from '../measuring.js';
import { store } from '../store.js';
import '../ui/gw-measure.js';
import { legsOf } from './geodesic.js';
import { metresExact } from './words.js';

/** @typedef {[number, number]} LngLat */

const REACH_PX = 10;

/** The vertex of a boundary or the well beside a place, as it is drawn; null where none is near. @param {LngLat} at @returns {LngLat|null} */
export function snap(at) {
  const map = theMap();
  if (!map) return null;
  const p = map.project(at);
  const layers = map.getStyle().layers.map((l) => l.id).filter((id) => /\/(line|line-far|mark)$/.test(id));
  const found = map.queryRenderedFeatures([[p.x - REACH_PX, p.y - REACH_PX], [p.x + REACH_PX, p.y + REACH_PX]], { layers });
  /** @type {{at:LngLat, off:number}|null} */
  let best = null;
  for (const corner of found.flatMap((f) => corners(/** @type {any} */ (f.geometry).coordinates))) {
    const q = map.project(corner);
    const off = Math.hypot(q.x - p.x, q.y - p.y);
    if (off <= REACH_PX && (!best || off < best.off)) best = { at: corner, off };
  }
  return best?.at ?? null;
}

/** @param {any} c @returns {LngLat[]} */
const corners = (c) => (typeof c?.[0] === 'number' ? [c] : Array.isArray(c) ? c.flatMap(corners) : []);

/** @param {GeoJSON.Geometry} geometry @param {object} properties @returns {GeoJSON.Feature} */
const feature = (geometry, properties) => ({ type: 'Feature', geometry, properties });

/** Points, sides with their lengths, the area; and the side that follows the pointer. */
function drawn() {
  const view = measuring();
  if (!view) return [];
  const { cursor } = store.state;
  const line = cursor && view.points.length && store.state.picking ? [...view.points, cursor] : view.points;
  const legs = legsOf(line);
  const ring = view.shape === 'area' && line.length > 2 ? [feature({ type: 'Polygon', coordinates: [[...line, line[0]]] }, {})] : [];
  return [
    ...ring,
    ...(line.length > 1 ? [feature({ type: 'LineString', coordinates: line }, { color: ACCENT })] : []),
    ...line.map((coordinates, i) => feature({ type: 'Point', coordinates }, { role: 'limit', color: ACCENT, n: i, text: i ? metresExact(legs[i - 1].m, num, t) : '' })),
  ];
}
hangMeasure(drawn);
