// Measuring on the map: its points. What they come to is worked out where it is drawn (measure/), fetched on first use.
import { amend, push, tell } from './actions.js';
import { t } from './i18n.js';
import { store, viewOf } from './store.js';

/** @typedef {[number, number]} LngLat */

/** @type {Promise<typeof import('./measure/main.js')>|undefined} */
let code;

/** The view of measuring, where it is on screen. */
export function measuring() {
  const view = viewOf(store.state);
  return view.kind === 'measure' ? view : null;
}

export async function openMeasure() {
  code ??= import('./measure/main.js');
  try {
    await code;
  } catch {
    code = undefined;
    return tell(t('dialog.notLoaded'), 'error', () => void openMeasure());
  }
  if (!measuring()) push({ kind: 'measure', shape: 'line', points: [], snap: true });
  store.set({ picking: true, sheet: 'peek' });
}

/** @param {LngLat} at @param {boolean} [pointed] by hand: it may be meant for what lies beside it */
export async function addPoint(at, pointed = false) {
  const view = measuring();
  const snapped = pointed && view?.snap && code ? (await code).snap(at) : null;
  const now = measuring();
  if (now) setPoints([...now.points, snapped ?? at]);
  if (pointed) store.set({ sheet: 'peek' }); // the next point wants to be seen
}

/** @param {LngLat[]} points */
export function setPoints(points) {
  amend({ points });
  store.set({ picking: true });
}
