// 这里能打井吗: the actions of the pre-check of a place.
import { amend, problemOf, push, tell, theCamera } from './actions.js';
import { api } from './api.js';
import { bodyOf, fieldsOf } from './application.js';
import { destination } from './geo.js';
import { say } from './i18n.js';
import { isPhone } from './screen.js';
import { store, viewOf } from './store.js';

/** @typedef {import('./store.js').PrecheckView} PrecheckView */

/** What was answered last, until the page is left. @type {import('./application.js').Answers} */
let kept = { kind: 'new' };

/** Opens the panel, with a place or without; what was answered before is kept. @param {Partial<PrecheckView>} [start] @param {{look?:boolean}} [options] */
export function openPrecheck(start = {}, { look = isPhone() || start.source !== 'map' } = {}) {
  void loadApplication();
  const { stack } = store.state;
  const below = stack.findIndex((view) => view.kind === 'precheck');
  if (below < 0) push({ kind: 'precheck', at: null, answers: kept, editing: true, ...start });
  else store.set({ stack: stack.slice(0, below + 1), picking: false });
  if (isPhone()) store.set({ sheet: 'full' });
  if (below >= 0 && start.at) setPrecheck(start);
  if (start.at && look) theCamera()?.look(start.at);
}

/** The place or an answer changes: no result may stand that belongs to another question. @param {Partial<PrecheckView>} patch */
export function setPrecheck(patch) {
  const view = viewOf(store.state);
  if (view.kind !== 'precheck') return;
  const again = Boolean(patch.at && view.result);
  amend({ ...patch, result: undefined, error: undefined, loading: false, editing: !again });
  if (store.state.picking) store.set({ picking: false });
  if (again) void askPrecheck();
}

/** @param {string} name @param {string|number|boolean|undefined} value */
export function answer(name, value) {
  const view = viewOf(store.state);
  if (view.kind !== 'precheck' || view.answers[name] === value) return;
  kept = { ...view.answers, [name]: value };
  setPrecheck({ answers: kept });
}

/** The day that the map shows, unless another is filled in. @param {import('./application.js').Answers} answers */
export const asOf = (answers) => ({ ...(store.state.on ? { on: store.state.on } : {}), ...answers });

/** Asks the service; the answer goes to the question it belongs to, should that still be open. */
export async function askPrecheck() {
  const view = viewOf(store.state);
  if (view.kind !== 'precheck' || !view.at) return;
  const { at, answers, accuracy_m } = view;
  const put = (/** @type {Partial<PrecheckView>} */ patch) =>
    store.set({ stack: store.state.stack.map((v) => (v.kind === 'precheck' && v.at === at && v.answers === answers ? { ...v, ...patch } : v)) });
  put({ loading: true, error: undefined });
  try {
    const result = await api.precheck(bodyOf(at, asOf(answers), accuracy_m));
    put({ result, editing: false, loading: false });
    if (isPhone() && viewOf(store.state).kind === 'precheck') store.set({ sheet: 'half' });
    tell(say(result.outcome), 'quiet');
  } catch (error) {
    put({ error: problemOf(error), editing: true, loading: false });
  }
}

/** The words and vocabularies of the form, once. */
export async function loadApplication() {
  if (store.state.application) return;
  store.set({ applicationError: null });
  try {
    store.set({ application: { fields: fieldsOf(await api.schema('application')) } });
  } catch (error) {
    store.set({ applicationError: problemOf(error) });
  }
}

/** @param {{layer:string, zone_id:number}} limit */
export const limitKey = (limit) => `${limit.layer}-${limit.zone_id}`;

/** Shows the place and a boundary together. @param {[number,number]} at @param {import('./api.js').Precheck['nearest'][number]} limit */
export function lookAtLimit(at, limit) {
  const [lng, lat] = destination(at, limit.distance_m, limit.bearing_deg);
  amend({ limit: limitKey(limit) });
  theCamera()?.fit([Math.min(at[0], lng), Math.min(at[1], lat), Math.max(at[0], lng), Math.max(at[1], lat)]);
}
