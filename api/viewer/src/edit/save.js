// From the desk to the register: every changed zone a draft, none overwritten unseen.
import { problemOf, tell } from '../actions.js';
import { api } from '../api.js';
import { say, t } from '../i18n.js';
import { store } from '../store.js';
import { changed, commit, shapesOf, stateText } from './desk.js';
import { zoneOf } from './ground.js';
import { forget } from './keep.js';
import { areaOf, geometryOf } from './rings.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./desk.js').Zone} Zone
 */

/** What the service finds by itself and is not sent back. */
const FOUND = new Set(['version', 'area_km2', 'number_parts']);

/** Saves one zone after the other, the one in hand first; stops at the first that fails. */
export async function save() {
  const { desk: start } = store.state;
  if (!start || start.saving) return;
  store.set({ desk: { ...start, saving: true, error: null, conflict: null, saved: [] } });
  for (const key of changed(start)) {
    const d = store.state.desk;
    if (!d) return;
    if (key !== d.subject && d.zones[key]?.base === shapesOf(d)[key]) continue;
    if (!(await saveOne(d, key))) return;
  }
  const { desk: d } = store.state;
  if (!d) return;
  const done = { ...d, saving: false, stage: /** @type {const} */ ('done') };
  store.set({ desk: { ...done, kept: stateText(done) } });
  forget(d.draft);
  tell(t('desk.saved', { n: d.saved.length }));
}

/** @param {Desk} d @param {string} key */
async function saveOne(d, key) {
  const zone = d.zones[key];
  const area = shapesOf(d)[key];
  try {
    const { feature, etag } = await written(d, key);
    const now = { ...zoneOf(feature, zone.layer, etag), base: area };
    const row = { key, layer: zone.layer, id: now.id ?? 0, version: now.version ?? 1, name: now.name, status: now.status, warnings: feature.warnings ?? [] };
    const latest = /** @type {Desk} */ (store.state.desk);
    store.set({ desk: { ...latest, zones: { ...latest.zones, [key]: now }, saved: [...latest.saved, row] } });
    return true;
  } catch (error) {
    const problem = problemOf(error);
    const conflict = problem.status === 412 ? await theirs(d, key, problem.current) : null;
    const latest = store.state.desk;
    if (latest) store.set({ desk: { ...latest, saving: false, conflict, error: conflict ? null : problem } });
    return false;
  }
}

/** @param {Desk} d @param {string} key @returns {Promise<import('../api.js').Read>} */
async function written(d, key) {
  const zone = d.zones[key];
  const own = key === d.subject ? d.form : zone.properties;
  const properties = Object.fromEntries(Object.entries({ ...own, law_status: 'draft' }).filter(([name]) => !FOUND.has(name) && !name.startsWith('_')));
  const body = { type: 'Feature', properties, geometry: geometryOf(shapesOf(d)[key]) };
  const reason = String(d.form._reason ?? '').trim() || t('desk.reasonDefault');
  if (zone.id === null) return api.create(zone.layer, body, reason);
  const etag = zone.etag ?? (await unchanged(zone));
  return api.replace(zone.layer, zone.id, body, { etag, reason });
}

/** The tag of a neighbour, if it still is what the borders were moved with. @param {Zone} zone */
async function unchanged(zone) {
  const { feature, etag } = await api.read(zone.layer, /** @type {number} */ (zone.id));
  const still = feature.properties.version === zone.version && JSON.stringify(areaOf(feature.geometry)) === JSON.stringify(zone.base);
  return still ? etag : '"changed"';
}

/** The state that somebody else has made of a zone, with its tag. @param {Desk} d @param {string} key @param {any} current @returns {Promise<import('./desk.js').Conflict|null>} */
async function theirs(d, key, current) {
  const { layer, id } = d.zones[key];
  try {
    const { feature, etag } = await api.read(layer, /** @type {number} */ (id), current?.properties?.version);
    return { key, current: feature, etag };
  } catch {
    return null;
  }
}

/** Mine is saved over theirs, which has been seen; or theirs is taken. @param {'mine'|'theirs'} which */
export function settle(which) {
  const { desk: d } = store.state;
  if (!d?.conflict) return;
  const { key, current, etag } = d.conflict;
  const zone = zoneOf(current, d.zones[key].layer, etag);
  const zones = { ...d.zones, [key]: zone };
  if (which === 'mine') {
    store.set({ desk: { ...d, zones, conflict: null } });
    return void save();
  }
  const taken = commit({ ...d, zones, conflict: null }, 'desk.step.theirs', { ...shapesOf(d), [key]: zone.base }, { fill: { name: zone.name } });
  const form = key === d.subject ? { ...current.properties, law_status: 'draft' } : d.form;
  store.set({ desk: { ...taken, form, stage: 'shape' } });
}

/** Sends a saved draft on its way. @param {import('./desk.js').Saved} row @param {string} reason */
export async function submit(row, reason) {
  try {
    const { etag } = await api.read(row.layer, row.id, row.version);
    const now = await api.step(row.layer, row.id, row.version, 'submit', { reason }, etag);
    const { desk: d } = store.state;
    const status = String(now?.properties?.law_status ?? 'in_review');
    if (d) store.set({ desk: { ...d, saved: d.saved.map((s) => (s.key === row.key ? { ...s, status } : s)) } });
    tell(t('desk.submitted', { name: row.name }));
  } catch (error) {
    const problem = problemOf(error);
    tell(problem.status === 404 ? t('life.absent') : say(problem), 'error');
  }
}
