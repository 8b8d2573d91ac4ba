// Draws the desk: the zone in hand, its corners, the pen, what the service found.
import { candidate } from '../edit/ask.js';
import { changed, PENS, shapesOf, sheetOf } from '../edit/desk.js';
import { marksOf } from '../edit/impact.js';
import { live } from '../edit/live.js';
import { simpler } from '../edit/reshape.js';
import { areaOf, closed, cornerAt, geometryOf, spotsOf } from '../edit/rings.js';
import { sharedCorners } from '../edit/topology.js';
import { validate } from '../edit/validate.js';
import { t } from '../i18n.js';
import { store, viewOf } from '../store.js';
import { DESK, deskLayers } from './desk-layers.js';
import { hang } from './hang.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('../edit/desk.js').Desk} Desk
 * @typedef {import('../edit/rings.js').LngLat} LngLat
 * @typedef {import('../edit/rings.js').Area} Area
 */

/** More corners than this on screen are no handles but a hedge: zoom in. */
export const MOST_HANDLES = 400;

/** @param {LngLat} at @param {object} properties @returns {GeoJSON.Feature} */
const point = (at, properties) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties });
/** @param {Area} area @param {object} properties @returns {GeoJSON.Feature[]} */
const area = (area, properties) => (area.length ? [{ type: 'Feature', geometry: geometryOf(area), properties }] : []);
/** @param {LngLat[]} line @param {object} properties @returns {GeoJSON.Feature[]} */
const path = (line, properties) => (line.length > 1 ? [{ type: 'Feature', geometry: { type: 'LineString', coordinates: line }, properties }] : []);

/** Keeps the desk's layers on the map and in step. @param {EngineMap} map */
export function paintDesk(map) {
  let frame = 0;
  const draw = () => {
    frame = 0;
    if (!map.getSource(DESK)) return;
    /** @type {any} */ (map.getSource(DESK)).setData({ type: 'FeatureCollection', features: featuresOf(map) });
  };
  const soon = () => (frame ||= requestAnimationFrame(draw));
  hang(map, DESK, deskLayers, soon);
  map.on('moveend', soon);
  live.subscribe(soon);
  store.subscribe((now, before) => {
    if (now.desk !== before.desk || now.stack !== before.stack || now.lang !== before.lang) soon();
  });
}

/** @param {EngineMap} map @returns {GeoJSON.Feature[]} */
function featuresOf(map) {
  const { desk: d } = store.state;
  const view = viewOf(store.state);
  if (view.kind === 'versions') return versionOf(view);
  if (view.kind !== 'desk' || !d) return [];
  const shapes = live.now.shapes ?? shapesOf(d);
  const zone = d.zones[d.subject];
  const color = colorOf(d.layer);
  const mine = shapes[d.subject] ?? [];
  const others = (live.now.shapes ? Object.keys(shapes).filter((k) => k !== d.subject && shapes[k] !== shapesOf(d)[k]) : []).concat(changed(d).slice(1));
  return [
    ...(zone.id !== null && mine !== zone.base ? area(zone.base, { role: 'base' }) : []),
    ...others.flatMap((key) => area(shapes[key] ?? [], { role: 'neighbour' })),
    ...(d.conflict ? area(areaOf(d.conflict.current.geometry), { role: 'theirs' }) : []),
    ...area(mine, { role: 'subject', color }),
    ...marksOf(d.impact.answer),
    ...(live.now.shapes ? [] : validate(candidate(d))).flatMap((f) => (f.at ? [point(f.at, { role: 'fault' })] : [])),
    ...(d.tool === 'simplify' ? area(simpler(d), { role: 'next' }) : []),
    ...(d.tool === 'edit' ? handlesOf(map, d, shapes) : []),
    ...penOf(d),
    ...(live.now.snap ? [point(live.now.snap.at, { role: 'snap', text: snapText(live.now.snap) })] : []),
  ];
}

/** @param {string} layer */
const colorOf = (layer) => store.state.city?.layers.find((l) => l.id === layer)?.style.color ?? '#0B5CAD';

/** The version that is looked at, and what differs from the earlier. @param {import('../store.js').VersionsView} view */
const versionOf = (view) => [
  ...area(view.shape ?? [], { role: 'subject', color: colorOf(view.layer) }),
  ...area(areaOf(view.diff?.added), { role: 'added' }),
  ...area(areaOf(view.diff?.removed), { role: 'removed' }),
];

/** @param {import('../edit/snap.js').Snap} found */
const snapText = (found) => [t(`snap.${found.kind}`), found.name].filter(Boolean).join(' · ');

/** @param {EngineMap} map @param {Desk} d @param {import('../edit/rings.js').Shapes} shapes */
function handlesOf(map, d, shapes) {
  const seen = visibleSpots(map, d.subject, shapes);
  if (seen.length > MOST_HANDLES) return [];
  const shared = d.linked ? sharedCorners(shapes, d.subject) : new Set();
  const { spot } = d;
  return seen.flatMap(({ at, spot: s }) => {
    const next = cornerAt(shapes, { ...s, index: s.index + 1 });
    const chosen = spot && s.polygon === spot.polygon && s.ring === spot.ring && s.index === spot.index;
    return [
      ...(next ? [point([(at[0] + next[0]) / 2, (at[1] + next[1]) / 2], { role: 'middle' })] : []),
      point(at, { role: 'corner', shared: shared.has(String(at)), chosen: Boolean(chosen) }),
    ];
  });
}

/** The corners in view. @param {EngineMap} map @param {string} key @param {import('../edit/rings.js').Shapes} shapes */
export function visibleSpots(map, key, shapes) {
  const box = map.getBounds();
  return spotsOf(key, shapes[key] ?? []).filter(({ at }) => box.contains(at));
}

/** @param {Desk} d */
function penOf(d) {
  const points = sheetOf(d).pen?.points ?? [];
  const ring = (PENS[d.tool] ?? 0) > 2;
  const { at, path: followed } = live.now;
  const ahead = at && d.tool in PENS && points.length ? [points[points.length - 1], ...followed, at] : [];
  return [
    ...path(points, { role: 'pen' }),
    ...path(ahead, { role: 'next' }),
    ...(ring && points.length > 1 ? path([ahead.length ? ahead[ahead.length - 1] : points[points.length - 1], closed(points)[0]], { role: 'next' }) : []),
    ...points.map((p, i) => point(p, { role: 'corner', chosen: !i })),
  ];
}
