// Keeps what the map draws in step with the store.
import { address } from '../api.js';
import { FLAGS } from '../flags.js';
import { t } from '../i18n.js';
import { isDrawn } from '../sight.js';
import { store, viewOf } from '../store.js';
import { drawFocus } from './focus.js';
import { countFilter, countPaint, drawnBy, flagFilter, opacitiesOf, projectionOf, styleOf } from './style.js';
import { markImage, patternImage } from './symbols.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('../store.js').State} State
 * @typedef {import('./settle.js').Settle} Settle
 */

/** How near the earth may be to be seen round. */
const ROUND_TO = 4;

/**
 * Keeps the style in step with the store. Returns how to draw all afresh: MapLibre 6.17 leaves a
 * tile that failed once in `loading` for ever when its source is reloaded, a new style does not.
 * @param {EngineMap} map @param {Settle} settle
 */
export function dress(map, settle) {
  let ready = false;
  let drawn = store.state;
  const apply = (/** @type {State} */ now, /** @type {State} */ before) => follow(map, settle, now, before);
  map.on('style.load', () => {
    addImages(map, store.state.city?.layers ?? []);
    ready = true;
    apply(store.state, drawn); // what was chosen while the style was read
    drawFocus(map, store.state);
    select(map, store.state, store.state);
  });
  const redraw = () => {
    ready = false;
    drawn = store.state;
    settle.forget();
    map.setStyle(styleOf(drawn.city?.layers ?? [], drawn, address), { diff: false });
  };
  store.subscribe((now, before) => {
    if (now.city !== before.city) redraw(); // another caller, or another day
    else if (ready) apply(now, before);
  });
  return redraw;
}

/** @param {EngineMap} map @param {Settle} settle @param {State} now @param {State} before */
function follow(map, settle, now, before) {
  const layers = now.city?.layers ?? [];
  const restyled = now.visible !== before.visible || now.opacity !== before.opacity || now.flags !== before.flags;
  const led = now.stack !== before.stack;
  if (restyled) for (const layer of layers) if (isDrawn(layer, now.me)) restyle(map, layer, now, before);
  const reworded = now.lang !== before.lang;
  const following = now.cursor !== before.cursor && viewOf(now).kind === 'measure';
  if (led || reworded || following || now.sought !== before.sought) drawFocus(map, now);
  if (led) select(map, now, before);
  const rounded = now.globe !== before.globe;
  if (rounded) {
    map.setProjection(projectionOf(now.globe));
    if (now.globe) map.easeTo({ zoom: Math.min(map.getZoom(), ROUND_TO), duration: 0 });
  }
  if (restyled || led || reworded || rounded) {
    settle.stir();
    map.triggerRepaint();
  }
  if (reworded) map.getCanvas().setAttribute('aria-label', t('map.title'));
  if (now.picking !== before.picking) map.getCanvas().classList.toggle('picking', now.picking);
}

/** @param {EngineMap} map @param {LayerInfo} layer @param {State} now @param {State} before */
function restyle(map, layer, now, before) {
  const { id } = layer;
  if (now.visible[id] !== before.visible[id]) {
    for (const drawn of drawnBy(layer)) map.setLayoutProperty(drawn, 'visibility', now.visible[id] ? 'visible' : 'none');
  }
  if (now.opacity[id] !== before.opacity[id]) {
    for (const [drawn, property, value] of opacitiesOf(layer, now.opacity[id] ?? 1)) {
      map.setPaintProperty(drawn, /** @type {any} */ (property), value);
    }
  }
  if (layer.geometry === 'point' && now.flags !== before.flags) {
    for (const drawn of drawnBy(layer)) {
      map.setFilter(drawn, drawn.endsWith('/count') ? countFilter(now.flags) : flagFilter(now.flags));
    }
    for (const [property, value] of Object.entries(countPaint(now.flags))) {
      map.setPaintProperty(`${id}/count`, /** @type {any} */ (property), value);
    }
  }
}

/** Marks the zone of the card on the map. @param {EngineMap} map @param {State} now @param {State} before */
function select(map, now, before) {
  for (const [view, selected] of /** @type {const} */ ([[viewOf(before), false], [viewOf(now), true]])) {
    if (view.kind !== 'zone' || !map.getSource(view.layer)) continue;
    for (const part of ['', '_outline', '_point']) {
      map.setFeatureState({ source: view.layer, sourceLayer: `${view.layer}${part}`, id: view.id }, { selected });
    }
  }
}

/** @param {EngineMap} map @param {LayerInfo[]} layers */
export function addImages(map, layers) {
  const ratio = Math.max(2, Math.ceil(window.devicePixelRatio || 1));
  for (const flag of FLAGS) map.addImage(`mark/${flag}`, markImage(flag, ratio), { pixelRatio: ratio });
  for (const layer of layers) {
    const image = layer.geometry === 'polygon' && patternImage(layer.style.pattern, layer.style.color, ratio);
    if (image) map.addImage(`pattern/${layer.id}`, image, { pixelRatio: ratio });
  }
}
