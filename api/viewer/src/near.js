// 附近的井: the actions of the list of wells near a place.
import { amend, problemOf, push, tell, theCamera } from './actions.js';
import { api } from './api.js';
import { t } from './i18n.js';
import { devicePlace } from './place.js';
import { showsWells } from './sight.js';
import { store, viewOf } from './store.js';

/** @typedef {import('./store.js').NearView} NearView */

export const RADII = [500, 1000, 3000, 5000];
/** The service lists no wells farther than this. */
export const FARTHEST_M = 50_000;
/** A device that is less sure than this may stand somewhere else. */
export const POOR_M = 50;

/** A radius that still holds the wells around somebody who may be `accuracy_m` away from where he is said to be. @param {number} within_m @param {number|undefined} accuracy_m */
export const widened = (within_m, accuracy_m = 0) =>
  accuracy_m > POOR_M ? Math.max(within_m, RADII.find((r) => r >= within_m + accuracy_m) ?? Math.min(FARTHEST_M, Math.ceil((within_m + accuracy_m) / 1000) * 1000)) : within_m;

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
    amend({ wells: found.wells, truncated: found.truncated, loading: false });
    tell(t(found.truncated ? 'near.foundMax' : 'near.found', { n: found.wells.length }), 'quiet');
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
  const view = viewOf(store.state);
  if (view.kind !== 'near') return;
  if (place) setNear({ ...place, within_m: widened(view.within_m, place.accuracy_m) });
  else amend({ loading: false });
}
