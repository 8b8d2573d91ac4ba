// The map of a sheet: drawn once, at the sheet's scale and finer than the screen (`__gw.fineness`), as a picture.
import { address } from '../api.js';
import { addImages } from '../map/dress.js';
import { drawFocus } from '../map/focus.js';
import { graticule } from '../map/grid.js';
import { labelsFor } from '../map/settle.js';
import { styleOf } from '../map/style.js';
import { withRasters } from '../raster/paint.js';
import { shownRasters } from '../rasters.js';
import { store } from '../store.js';
import { PX, zoomOf } from './paper.js';

const PATIENCE_MS = 60000;

/**
 * @typedef {{url:string, center:[number,number], west:[number,number], east:[number,number], south:[number,number], north:[number,number]}} Picture
 *   where the middles of the four edges lie
 */

/** @typedef {import('maplibre-gl').Map} EngineMap */

/** @param {{w:number, h:number}} mm @param {number} scale @param {{lng:number, lat:number}} center @param {AbortSignal} signal @returns {Promise<Picture>} */
export async function picture(mm, scale, center, signal) {
  const place = document.createElement('div');
  place.className = 'print-offscreen';
  const [width, height] = [Math.round(mm.w * PX), Math.round(mm.h * PX)];
  Object.assign(place.style, { width: `${width}px`, height: `${height}px` });
  document.body.append(place);
  const city = /** @type {import('../api.js').City} */ (store.state.city);
  const { anotherMap } = await import('../map/map.js'); // there already: it holds the engine
  const map = anotherMap({
    container: place,
    style: withRasters(styleOf(city.layers, { ...store.state, globe: false }, address), shownRasters(store.state), store.state),
    center,
    zoom: zoomOf(scale, center.lat),
    interactive: false,
    attributionControl: false,
    pixelRatio: window.__gw.fineness,
    canvasContextAttributes: { preserveDrawingBuffer: true },
    fadeDuration: 0,
  });
  map.getCanvas().setAttribute('aria-hidden', 'true');
  try {
    map.on('style.load', () => {
      addImages(map, city.layers);
      drawFocus(map, store.state);
    });
    await quiet(map, signal);
    const b = map.getBounds();
    const box = { west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() };
    /** @type {any} */ (map.getSource('labels'))?.setData(labelsFor(map, box));
    /** @type {any} */ (map.getSource('grid'))?.setData(graticule(box, 360 / (512 * 2 ** map.getZoom()), true));
    await quiet(map, signal);
    const edge = (/** @type {number} */ x, /** @type {number} */ y) => /** @type {[number, number]} */ (map.unproject([x, y]).toArray());
    const edges = { west: edge(0, height / 2), east: edge(width, height / 2), north: edge(width / 2, 0), south: edge(width / 2, height) };
    return { url: await urlOf(map.getCanvas()), center: [center.lng, center.lat], ...edges };
  } finally {
    map.remove();
    place.remove();
  }
}

/** Until everything is drawn. A tile that does not come fails the sheet: a gap on paper cannot be told from nothing there. @param {EngineMap} map @param {AbortSignal} signal */
function quiet(map, signal) {
  return new Promise((done, fail) => {
    const late = window.setTimeout(() => fail(new Error('late')), PATIENCE_MS);
    const end = (/** @type {() => void} */ how) => (clearTimeout(late), how());
    map.once('idle', () => end(() => done(undefined)));
    map.on('error', (event) => /** @type {any} */ (event).error?.name !== 'AbortError' && end(() => fail(event.error)));
    signal.addEventListener('abort', () => end(() => fail(new DOMException('', 'AbortError'))));
    map.triggerRepaint();
  });
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<string>} */
const urlOf = (canvas) =>
  new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(URL.createObjectURL(blob)) : fail(new Error('no picture'))), 'image/png'));
