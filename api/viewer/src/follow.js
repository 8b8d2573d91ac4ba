// Opening what an address asks for, and asking again for what is on screen.
import { openWell, openZone } from './actions.js';
import { addPoint } from './measuring.js';
import { openNear, searchNear, setNear } from './near.js';
import { openPrecheck, setPrecheck } from './precheck.js';
import { store, viewOf } from './store.js';

/** Asks again for the card on screen. */
export function reopen() {
  const view = viewOf(store.state);
  if (view.kind === 'well') void openWell(view.code);
  if (view.kind === 'zone') void openZone(view.layer, view.id, { others: view.others });
  if (view.kind === 'near') void searchNear();
}

/** Opens what the address asks for. @param {import('./permalink.js').Link} link */
export function follow(link) {
  const flags = /** @type {import('./store.js').Flag[]} */ (link.flags ?? []);
  store.set({ flags });
  const away = Boolean(link.camera);
  if (link.sel?.kind === 'well') void openWell(link.sel.code, { look: !away });
  else if (link.sel?.kind === 'zone') void openZone(link.sel.layer, link.sel.id, { look: !away });
  else if (link.sel?.kind === 'near') {
    const { lng, lat, within_m } = link.sel;
    openNear({ at: [lng, lat], within_m, source: 'typed' });
  } else if (link.sel?.kind === 'precheck') {
    openPrecheck({ at: [link.sel.lng, link.sel.lat], source: 'typed', accuracy_m: undefined }, { look: !away });
  }
}

/** A place for whatever on screen asks for one. @param {import('./place.js').Place} place */
export function choosePlace(place) {
  const { kind } = viewOf(store.state);
  if (kind === 'near') setNear({ accuracy_m: undefined, ...place });
  if (kind === 'precheck') setPrecheck({ accuracy_m: undefined, ...place });
  if (kind === 'measure') void addPoint(place.at, place.source === 'map');
}
