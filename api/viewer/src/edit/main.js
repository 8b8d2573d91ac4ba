// The drawing desk: a part of the page that is fetched when somebody draws.
import { tell } from '../actions.js';
import { t } from '../i18n.js';
import { takeHand } from '../map/desk-hand.js';
import { paintDesk } from '../map/desk-paint.js';
import { theMap } from '../map/engine.js';
import { store } from '../store.js';
import { askImpact, isAbsent, stopAsking } from './ask.js';
import { unsaved } from './desk.js';
import { forget, keep } from './keep.js';
import { live } from './live.js';
import '../ui/desk/gw-desk.js';
import '../ui/desk/gw-drafts.js';
import '../ui/desk/gw-versions.js';

const map = theMap();
if (map) {
  paintDesk(map);
  takeHand(map);
}

let warned = false;
store.subscribe((now, before) => {
  const { desk } = now;
  if (desk === before.desk) return;
  if (desk?.draft !== before.desk?.draft) {
    stopAsking();
    if (desk && isAbsent()) return store.set({ desk: { ...desk, impact: { state: 'absent' } } });
  }
  if (!desk) return;
  askImpact();
  const worked = desk.history !== before.desk?.history || desk.form !== before.desk?.form;
  if (worked && !unsaved(desk)) forget(desk.draft);
  if (!worked || !unsaved(desk) || keep(desk) || warned) return;
  warned = true;
  tell(t('desk.keepFailed'), 'error');
});
live.subscribe(askImpact);

// Closing the tab with unsaved work asks first; what is kept on this machine is there either way.
window.addEventListener('beforeunload', (event) => {
  const { desk } = store.state;
  if (!desk || !unsaved(desk)) return;
  event.preventDefault();
  event.returnValue = '';
});

export { editZone, openDesk } from './acts.js';
export { openDrafts, openVersions } from './life.js';
