// A place, wherever it comes from: the device, the map, the keyboard.
import { tell, theCamera } from './actions.js';
import { t } from './i18n.js';
import { store } from './store.js';

/** @typedef {{at:[number,number], source:'device'|'map'|'typed'|'well', accuracy_m?:number}} Place */

/** Where this device is; null, and said, when the browser does not tell. @returns {Promise<Place|null>} */
export async function devicePlace() {
  try {
    const { coords } = await devicePosition();
    return { at: [coords.longitude, coords.latitude], source: 'device', accuracy_m: coords.accuracy };
  } catch {
    tell(t('locate.denied'));
    return null;
  }
}

/** @returns {Promise<GeolocationPosition>} */
const devicePosition = () =>
  new Promise((resolve, reject) => {
    if (!navigator.geolocation || !window.isSecureContext) reject(new Error('unavailable'));
    else navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 10000, maximumAge: 15000 });
  });

/** Moves the map to this device. */
export async function locate() {
  const place = await devicePlace();
  if (!place) return;
  theCamera()?.look(place.at, { zoom: 14 });
  tell(t('locate.accuracy', { m: Math.round(place.accuracy_m ?? 0) }));
}

/** The next click on the map is the place. */
export function pickOnMap() {
  store.set({ picking: true, sheet: 'peek' });
  tell(t('place.pick.hint'));
}
