// The map beside the map: the same place and zones with the other raster, seen right of the bar only.
import { address } from '../api.js';
import { addImages } from '../map/dress.js';
import { theMap } from '../map/engine.js';
import { drawFocus } from '../map/focus.js';
import { graticule } from '../map/grid.js';
import { labelsFor } from '../map/settle.js';
import { styleOf } from '../map/style.js';
import { rastersOf } from '../rasters.js';
import { store } from '../store.js';
import { withRasters } from './paint.js';

/** @typedef {import('maplibre-gl').Map} EngineMap */

/** The style of the right side. @param {import('../store.js').State} s */
function styleBeside(s) {
  const shown = rastersOf(s).filter((r) => r.id === s.swipe?.right && r.has_data);
  return withRasters(styleOf(s.city?.layers ?? [], s, address), shown, s);
}

/** @param {HTMLElement} container @returns {Promise<() => void>} how to take it away */
export async function mapBeside(container) {
  const main = /** @type {EngineMap} */ (theMap());
  const { anotherMap } = await import('../map/map.js'); // there already: it holds the engine
  const map = anotherMap({
    container,
    style: styleBeside(store.state),
    center: main.getCenter(),
    zoom: main.getZoom(),
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
  });
  map.getCanvas().setAttribute('aria-hidden', 'true');
  map.getCanvas().tabIndex = -1;
  const move = () => {
    map.setPadding(main.getPadding());
    map.jumpTo({ center: main.getCenter(), zoom: main.getZoom() });
  };
  let last = '';
  const settle = () => {
    const b = map.getBounds();
    const box = { west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() };
    const [labels, grid] = [labelsFor(map, box), graticule(box, 360 / (512 * 2 ** map.getZoom()), true)];
    const text = JSON.stringify([labels, grid]);
    if (text === last) return void (container.dataset.state = 'ready');
    last = text;
    /** @type {any} */ (map.getSource('labels'))?.setData(labels);
    /** @type {any} */ (map.getSource('grid'))?.setData(grid);
  };
  map.on('style.load', () => {
    addImages(map, store.state.city?.layers ?? []);
    drawFocus(map, store.state);
    move();
  });
  map.on('idle', settle);
  main.on('move', move);
  const forget = store.subscribe((now, before) => {
    const restyled = now.visible !== before.visible || now.opacity !== before.opacity || now.flags !== before.flags || now.globe !== before.globe;
    if (now.city !== before.city || now.swipe?.right !== before.swipe?.right || restyled) {
      last = '';
      delete container.dataset.state;
      map.setStyle(styleBeside(now), { diff: false });
    } else if (now.stack !== before.stack || now.sought !== before.sought) drawFocus(map, now);
  });
  return () => {
    forget();
    main.off('move', move);
    map.remove();
  };
}
