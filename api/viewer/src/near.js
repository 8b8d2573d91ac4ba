// 附近的井: the actions of the list of wells near a place.
import { amend, problemOf, push, tell, theCamera } from './actions.js';
import { api } from './api.js';
import { t } from './i18n.js';
import { store, viewOf } from './store.js';

/** @typedef {import('./store.js').NearView} NearView */

export const RADII = [500, 1000, 3000, 5000];

/** Opens the list; asks the device where it is unless a place is given. @param {Partial<NearView>} [start] */
export function openNear(start = {}) {
  const view = viewOf(store.state);
  if (view.kind === 'near') amend({ ...start });
  else push({ kind: 'near', at: null, within_m: 1000, closeOnly: false, ...start });
  if (start.at) void searchNear();
  else void locateNear();
}

/** @param {Partial<NearView>} patch */
export function setNear(patch) {
  if (viewOf(store.state).kind !== 'near') return;
  amend(patch);
  store.set({ picking: false });
  void searchNear();
}

export async function searchNear() {
  const view = viewOf(store.state);
  if (view.kind !== 'near' || !view.at) return;
  const { at, within_m, closeOnly } = view;
  amend({ loading: true, error: undefined });
  const same = () => {
    const now = viewOf(store.state);
    return now.kind === 'near' && now.at === at && now.within_m === within_m && now.closeOnly === closeOnly;
  };
  try {
    const found = await api.near({ lon: at[0], lat: at[1], within_m, limit: 50, finding: closeOnly ? 'close' : undefined });
    if (!same()) return;
    amend({ wells: found.wells, loading: false });
    tell(t('near.found', { n: found.wells.length }), 'quiet');
    const d = within_m / 111195;
    const e = d / Math.cos((at[1] * Math.PI) / 180);
    theCamera()?.fit([at[0] - e, at[1] - d, at[0] + e, at[1] + d]);
  } catch (error) {
    if (same()) amend({ error: problemOf(error), loading: false, wells: undefined });
  }
}

/** @returns {Promise<GeolocationPosition>} */
const devicePosition = () =>
  new Promise((resolve, reject) => {
    if (!navigator.geolocation || !window.isSecureContext) reject(new Error('unavailable'));
    else navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 10000, maximumAge: 15000 });
  });

/** Where this device is, for the list on screen. */
export async function locateNear() {
  amend({ loading: true, error: undefined });
  try {
    const { coords } = await devicePosition();
    setNear({ at: [coords.longitude, coords.latitude], source: 'device', accuracy_m: coords.accuracy });
  } catch {
    const view = viewOf(store.state);
    if (view.kind === 'near') amend({ loading: false });
    tell(t('locate.denied'));
  }
}

/** Moves the map to this device. */
export async function locate() {
  try {
    const { coords } = await devicePosition();
    const at = /** @type {[number, number]} */ ([coords.longitude, coords.latitude]);
    theCamera()?.look(at, { zoom: 14 });
    tell(t('locate.accuracy', { m: Math.round(coords.accuracy) }));
  } catch {
    tell(t('locate.denied'));
  }
}

export function pickOnMap() {
  store.set({ picking: true, sheet: 'peek' });
  tell(t('near.pick.hint'));
}
