// Clicks, presses, keys and the pointer, turned into actions; and what the engine complains about.
import { hush, openWell, openWellById, openZone, tell, theCamera } from '../actions.js';
import { FLAGS } from '../flags.js';
import { choosePlace } from '../follow.js';
import { num, say, t } from '../i18n.js';
import { askRasters } from '../rasters.js';
import { isPhone } from '../screen.js';
import { sees } from '../sight.js';
import { store, viewOf } from '../store.js';
import { WELLS_FROM } from './style.js';

/**
 * @typedef {import('maplibre-gl').Map} EngineMap
 * @typedef {import('maplibre-gl').MapMouseEvent} MapMouseEvent
 */

/** While the desk is open the map is for drawing (map/desk-hand.js), not for asking. */
const drawing = () => viewOf(store.state).kind === 'desk';

/** @param {EngineMap} map */
export function watchGestures(map) {
  const [wells, zones] = /** @type {const} */ (['point', 'polygon']);
  const shown = (/** @type {'point'|'polygon'} */ geometry, /** @type {string} */ part) =>
    (store.state.city?.layers ?? [])
      .filter((l) => l.geometry === geometry && store.state.visible[l.id] !== false && map.getLayer(`${l.id}/${part}`))
      .map((l) => `${l.id}/${part}`);

  /** The well under a pixel, with a fingertip's reach. @param {{x:number,y:number}} p @param {number} reach */
  const wellAt = (p, reach) => {
    const box = /** @type {[[number,number],[number,number]]} */ ([[p.x - reach, p.y - reach], [p.x + reach, p.y + reach]]);
    const found = map.queryRenderedFeatures(box, { layers: shown(wells, 'mark') });
    const off = (/** @type {any} */ f) => {
      const q = map.project(f.geometry.coordinates);
      return Math.hypot(q.x - p.x, q.y - p.y);
    };
    return found.sort((a, b) => off(a) - off(b))[0];
  };
  /** The cell of counted wells under a pixel. @param {{x:number,y:number}} p @returns {any} */
  const countAt = (p) => map.queryRenderedFeatures([p.x, p.y], { layers: shown(wells, 'count') })[0];
  const zonesAt = (/** @type {{x:number,y:number}} */ p) => {
    const seen = new Set();
    const around = /** @type {[[number,number],[number,number]]} */ ([[p.x - 4, p.y - 4], [p.x + 4, p.y + 4]]);
    const ground = map.queryRenderedFeatures([p.x, p.y], { layers: shown(zones, 'fill') });
    // a zone too small to draw is a point: it is met by its neighbourhood, and before the others
    return [...map.queryRenderedFeatures(around, { layers: shown(zones, 'point') }), ...ground].flatMap((f) => {
      const key = `${f.source}/${f.id}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ layer: f.source, id: String(f.id), name: String(f.properties?.name ?? f.properties?.code ?? f.id) }];
    });
  };

  /** @param {{x:number,y:number}} p @param {number} reach */
  const ask = (p, reach) => {
    const { lng, lat } = map.unproject([p.x, p.y]);
    const told = askRasters([lng, lat]);
    const well = wellAt(p, reach);
    // from afar tiles carry no code
    const { code } = well?.properties ?? {};
    if (well) return void (code ? openWell(String(code), { look: isPhone() }) : openWellById(String(well.id), { look: isPhone() }));
    const cell = countAt(p);
    if (cell && sees(store.state.me) === 'counts' && map.getZoom() > WELLS_FROM) return tell(t('sight.counts'));
    if (cell) return void theCamera()?.look(cell.geometry.coordinates, { zoom: WELLS_FROM + 0.5 });
    const found = zonesAt(p);
    if (found.length) void openZone(found[0].layer, found[0].id, { others: found });
    else if (!told) tell(t('map.nothing'));
  };

  map.on('click', (event) => {
    if (drawing()) return;
    const at = /** @type {[number,number]} */ ([event.lngLat.lng, event.lngLat.lat]);
    if (store.state.picking) {
      hush();
      return store.set({ sheet: 'half' }), choosePlace({ at, source: 'map' });
    }
    const touch = /** @type {any} */ (event.originalEvent).pointerType === 'touch' || matchMedia('(pointer: coarse)').matches;
    ask(event.point, touch ? 16 : 7);
  });

  // Long press (touch) and right click: what can be asked of this place?
  const menuAt = (/** @type {{x:number,y:number}} */ p, /** @type {{lng:number,lat:number}} */ at) =>
    store.set({ menu: { at: [at.lng, at.lat], x: p.x, y: p.y } });
  map.on('contextmenu', (event) => {
    event.preventDefault();
    if (!store.state.menu && !drawing()) menuAt(event.point, event.lngLat);
  });
  let press = 0;
  const release = () => clearTimeout(press);
  map.on('touchstart', (event) => {
    release();
    if (event.points.length !== 1 || drawing()) return;
    press = window.setTimeout(() => menuAt(event.point, event.lngLat), 550);
  });
  for (const name of /** @type {const} */ (['touchend', 'touchcancel', 'touchmove', 'movestart'])) map.on(name, release);

  // Without a mouse: the crosshair in the middle; Enter asks there, Shift+F10 opens the menu there.
  const keyboard = (/** @type {boolean} */ on) => map.getContainer().classList.toggle('keyboard', on);
  map.getCanvas().addEventListener('focus', () => keyboard(map.getCanvas().matches(':focus-visible')));
  map.getCanvas().addEventListener('blur', () => keyboard(false));
  map.getCanvas().addEventListener('keydown', (event) => {
    const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if ((event.key !== 'Enter' && !menu) || drawing()) return;
    event.preventDefault(); // or the same stroke would press the button that gets the focus
    const { lng, lat } = map.getCenter();
    const p = map.project([lng, lat]);
    if (menu) menuAt(p, { lng, lat });
    else if (store.state.picking) choosePlace({ at: [lng, lat], source: 'map' });
    else ask(p, 14);
  });

  watchPointer(map, wellAt, countAt);
}

/** Cursor coordinates and the name under the mouse. @param {EngineMap} map @param {(p:{x:number,y:number}, reach:number) => any} wellAt @param {(p:{x:number,y:number}) => any} countAt */
function watchPointer(map, wellAt, countAt) {
  const tip = /** @type {HTMLElement} */ (document.querySelector('.map-tip'));
  let frame = 0;
  /** @type {MapMouseEvent|null} */
  let latest = null;
  const look = () => {
    frame = 0;
    if (!latest) return;
    store.set({ cursor: [latest.lngLat.lng, latest.lngLat.lat] });
    if (map.isMoving()) return;
    const well = drawing() ? null : wellAt(latest.point, 6);
    const cell = well || drawing() ? null : countAt(latest.point);
    map.getCanvas().classList.toggle('pointing', Boolean(well || cell));
    tip.hidden = !well && !cell;
    if (well) {
      const flag = /** @type {import('../store.js').Flag} */ (well.properties.flag ?? 'unassessed');
      tip.textContent = [well.properties.name ?? well.properties.code, t(`flag.${flag}`)].filter(Boolean).join(' · ');
    } else if (cell) tip.textContent = countText(cell.properties);
    else return;
    tip.style.transform = `translate(${Math.round(latest.point.x + 14)}px, ${Math.round(latest.point.y + 14)}px)`;
  };
  map.on('mousemove', (event) => {
    latest = event;
    if (!frame) frame = requestAnimationFrame(look);
  });
  map.on('mouseout', () => {
    latest = null;
    tip.hidden = true;
    store.set({ cursor: null });
  });
}

/** How many wells a cell has, and of which findings; of the chosen ones only. @param {Record<string, number>} cell */
function countText(cell) {
  const chosen = store.state.flags;
  const told = FLAGS.filter((f) => cell[f] && (!chosen.length || chosen.includes(f)));
  const all = told.reduce((n, f) => n + cell[f], 0);
  return [t('map.count', { n: num(all) }), ...told.map((f) => `${t(`flag.${f}`)} ${num(cell[f])}`)].join(' · ');
}

/** A tile that does not come is said once, with the way out. @param {EngineMap} map @param {() => void} redraw */
export function watchErrors(map, redraw) {
  let told = 0;
  map.on('error', (event) => {
    const error = /** @type {any} */ (event).error;
    if (error?.name === 'AbortError') return;
    const now = Date.now();
    if (now - told < 5000) return;
    told = now;
    const source = String(/** @type {any} */ (event).sourceId ?? '');
    const { layers = [], basemaps = [], rasters = [] } = store.state.city ?? {};
    const layer = layers.find((l) => l.id === source) ?? rasters.find((r) => source === `raster/${r.id}`) ?? basemaps.find((b) => source.startsWith(`base/${b.id}`));
    tell(t('map.tile.error', { layer: layer ? say(layer) : '' }), 'error', () => {
      hush();
      told = 0;
      redraw();
    });
  });
}
