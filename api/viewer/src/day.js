// The map as of any day: which day is shown, and what follows it.
import { refreshCity } from './actions.js';
import { reopen } from './follow.js';
import { setPrecheck } from './precheck.js';
import { store, viewOf } from './store.js';

/** Shows the map, the lists and the card as of a day. @param {string|null} on null: today */
export async function showDay(on) {
  const day = on === store.state.city?.legal_day ? null : on;
  if (day === store.state.on) return;
  store.set({ on: day });
  await refreshCity();
  const view = viewOf(store.state);
  if (view.kind === 'precheck' && view.result) setPrecheck({ at: view.at });
  else reopen();
}
