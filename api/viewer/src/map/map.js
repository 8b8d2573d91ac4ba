// The engine, started; and the camera the rest of the page may move.
import { Map as EngineMap, setWorkerUrl } from 'maplibre-gl';
import { attachCamera } from '../actions.js';
import { address } from '../api.js';
import { t } from '../i18n.js';
import { calm, isPhone } from '../screen.js';
import { extentOf, store } from '../store.js';
import { dressBase } from './base.js';
import { dress } from './dress.js';
import { hangMap } from './engine.js';
import { watchErrors, watchGestures } from './gestures.js';
import { watchIdle } from './settle.js';
import { styleOf } from './style.js';

setWorkerUrl(new URL(__WORKER__, import.meta.url).href);

const FONTS = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";

/** Space the panel takes, so that the centre of the map is the centre of what is seen. */
const padding = () =>
  isPhone() ? { top: 0, right: 0, left: 0, bottom: 188 } : { top: 0, right: 0, bottom: 0, left: 376 };

/** Another map of the same kind: the sheet's. @param {import('maplibre-gl').MapOptions} options */
export const anotherMap = (options) => new EngineMap({ ...options, localIdeographFontFamily: FONTS });

/**
 * @param {HTMLElement} container
 * @param {import('../permalink.js').Link} link
 * @throws when the browser has no WebGL2
 */
export function startMap(container, link) {
  const city = /** @type {import('../api.js').City} */ (store.state.city);
  const bounds = extentOf(city.layers);
  const map = new EngineMap({
    container,
    style: styleOf(city.layers, store.state, address),
    ...(link.camera
      ? { center: [link.camera.lng, link.camera.lat], zoom: link.camera.zoom }
      : bounds
        ? { bounds, fitBoundsOptions: { padding: 32 } }
        : { center: [104, 35], zoom: 3.5 }),
    minZoom: 2,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    localIdeographFontFamily: FONTS,
    fadeDuration: 0,
    locale: { 'Map.Title': t('map.title') },
    // Redrawing with `preserveDrawingBuffer` costs speed; only printing will need it.
  });
  hangMap(map);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setPadding(padding());
  if (!link.camera && bounds) map.fitBounds(bounds, { padding: 24, animate: false });

  const settle = watchIdle(map);
  const redraw = dress(map, settle);
  dressBase(map);
  attachCamera(cameraOf(map));
  watchGestures(map);
  watchErrors(map, redraw);
  showCamera(map);
  return { map, settled: settle.settled };
}

/** @param {EngineMap} map @returns {import('../actions.js').Camera} */
function cameraOf(map) {
  const duration = () => (calm() ? 0 : 150);
  return {
    look(at, { zoom } = {}) {
      const target = Math.max(map.getZoom(), zoom ?? 13.5);
      map.easeTo({ center: at, zoom: target, offset: [0, isPhone() ? -110 : 0], duration: duration() });
    },
    fit(bounds) {
      const sheet = isPhone() ? { top: 56, left: 24, right: 24, bottom: 250 } : 48;
      map.fitBounds(bounds, { padding: sheet, maxZoom: 16, duration: duration() });
    },
    zoomBy: (d) => map.easeTo({ zoom: map.getZoom() + d, duration: duration() }),
    focus: () => map.getCanvas().focus(),
  };
}

/** @param {EngineMap} map */
function showCamera(map) {
  const say = () => {
    const { lng, lat } = map.getCenter();
    const zoom = map.getZoom();
    const metresPerPixel = (Math.cos((lat * Math.PI) / 180) * 2 * Math.PI * 6378137) / (512 * 2 ** zoom);
    store.set({ camera: { lng, lat, zoom, metresPerPixel } });
  };
  map.on('moveend', say);
  say();
  let padded = isPhone();
  map.on('resize', () => {
    if (padded !== isPhone()) map.setPadding(padding());
    padded = isPhone();
  });
}
