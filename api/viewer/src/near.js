// 附近的井: the actions of the list of wells near a place.
import { amend, problemOf, push, tell, theCamera } from './actions.js';
import { api } from './api.js';
import { t } from './i18n.js';
import { devicePlace } from './place.js';
import { showsWells } from './sight.js';
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
  if (!showsWells(store.state.me)) return amend({ loading: false, error: undefined, wells: undefined }); // said in words instead
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

/** Where this device is, for the list on screen. */
export async function locateNear() {
  amend({ loading: true, error: undefined });
  const place = await devicePlace();
  if (place) setNear(place);
  else if (viewOf(store.state).kind === 'near') amend({ loading: false });
}
