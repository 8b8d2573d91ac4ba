// Everything a planner can do at the desk. Views and the map call these.
import { back, guardBack, problemOf, push, tell, theCamera } from '../actions.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { isPhone } from '../screen.js';
import { store, viewOf } from '../store.js';
import { cancelPen, desk, keyOf, subjectArea, unsaved } from './desk.js';
import { forgetGround, zoneOf } from './ground.js';
import { jump, redo, undo } from './history.js';
import { forget, keep, restored } from './keep.js';
import { live } from './live.js';
import { boxOf } from './rings.js';

/** @typedef {import('./desk.js').Desk} Desk */

/** The desk with something done to it. @param {(d: Desk) => Desk} change */
export function set(change) {
  const { desk: now } = store.state;
  if (now) store.set({ desk: change(now) });
}

/** A tool's work; what it refuses is said. @param {(d: Desk) => import('./reshape.js').Done} tool */
export function work(tool) {
  const { desk: now } = store.state;
  if (!now) return;
  const { desk: next, refused } = tool(now);
  if (next !== now) store.set({ desk: next });
  if (refused) tell(t(refused));
}

export const undoStep = () => set((d) => ({ ...d, history: undo(d.history), spot: null }));
export const redoStep = () => set((d) => ({ ...d, history: redo(d.history), spot: null }));
/** @param {number} step */
export const toStep = (step) => set((d) => ({ ...d, history: jump(d.history, step), spot: null }));

/** @param {import('./desk.js').Tool} tool */
export function useTool(tool) {
  live.clear();
  set((d) => ({ ...cancelPen(d), tool, spot: null }));
}

/** @param {import('./snap.js').SnapKind} kind */
export function toggleKind(kind) {
  set((d) => {
    const kinds = new Set(d.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    return { ...d, kinds };
  });
}

// ---- opening and leaving ------------------------------------------------------------------

const draftName = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;

/** Opens the desk: what is being drawn, or the choice of what to draw. */
export function openDesk() {
  const { stack } = store.state;
  const below = stack.findIndex((view) => view.kind === 'desk');
  if (below >= 0) store.set({ stack: stack.slice(0, below + 1) });
  else push({ kind: 'desk' });
  if (isPhone()) store.set({ sheet: 'half' });
}

/** Draws a new zone of a layer. @param {string} layer @param {string|undefined} grade */
export function drawNew(layer, grade) {
  const properties = { law_status: 'draft', ...(grade ? { grade } : {}) };
  /** @type {import('./desk.js').Zone} */
  const zone = { layer, id: null, version: null, status: 'draft', name: '', base: [], properties };
  begin(desk({ draft: draftName(), layer, subject: 'new/1', zone, form: { ...properties }, tool: 'draw' }));
}

/** Takes a zone of the register in hand. @param {string} layer @param {number|string} id @param {number} [version] */
export async function editZone(layer, id, version) {
  if (!(await mayReplace())) return;
  openDesk();
  try {
    const { feature, etag } = await api.read(layer, id, version);
    const zone = zoneOf(feature, layer, etag);
    const form = { ...feature.properties, law_status: 'draft' };
    begin(desk({ draft: draftName(), layer, subject: keyOf(layer, id), zone, form, tool: 'edit' }));
    theCamera()?.fit(boxOf(zone.base));
  } catch (error) {
    const problem = problemOf(error);
    tell(store.state.lang === 'en' ? problem.en : problem.zh, 'error');
  }
}

/** Goes on with what was kept on this machine. @param {import('./keep.js').Kept} kept */
export function resume(kept) {
  begin(restored(kept));
  const area = subjectArea(/** @type {Desk} */ (store.state.desk));
  if (area.length) theCamera()?.fit(boxOf(area));
}

/** @param {Desk} d */
function begin(d) {
  forgetGround();
  live.clear();
  store.set({ desk: d });
}

/** Unsaved work is kept on this machine before another zone is taken in hand. */
async function mayReplace() {
  const { desk: now } = store.state;
  if (!now || !unsaved(now) || keep(now)) return true;
  tell(t('desk.keepFailed'), 'error');
  return false;
}

/** Puts the desk away. @param {'keep'|'discard'} how */
export function leaveDesk(how) {
  const { desk: now } = store.state;
  if (now && how === 'keep' && !keep(now)) return tell(t('desk.keepFailed'), 'error');
  if (now && how === 'discard') forget(now.draft);
  store.set({ desk: null });
  live.clear();
  back();
}

guardBack(() => {
  const { desk: now } = store.state;
  if (viewOf(store.state).kind !== 'desk' || !now) return false;
  if (!unsaved(now)) {
    forget(now.draft);
    store.set({ desk: null });
    live.clear();
    return false;
  }
  document.dispatchEvent(new CustomEvent('gw-leave'));
  return true;
});
