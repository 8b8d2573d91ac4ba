// The life of a version: drafts, review, approval; and what differs between two versions.
import { amend, problemOf, push, tell, theCamera } from '../actions.js';
import { api } from '../api.js';
import { say, t } from '../i18n.js';
import { store, viewOf } from '../store.js';
import { draftOf } from './ask.js';
import { areaOf, boxOf } from './rings.js';

/** @typedef {import('../store.js').VersionsView} VersionsView */

/** A list, however it is wrapped. @param {any} told @param {string} name */
export const listOf = (told, name) => (Array.isArray(told) ? told : (told?.[name] ?? []));

export async function openDrafts() {
  push({ kind: 'drafts' });
  await loadDrafts();
}

export async function loadDrafts() {
  try {
    const drafts = listOf(await api.drafts(), 'drafts');
    if (viewOf(store.state).kind === 'drafts') amend({ drafts, error: undefined });
  } catch (error) {
    if (viewOf(store.state).kind === 'drafts') amend({ error: problemOf(error) });
  }
}

/** @param {string} layer @param {string} id @param {string} name */
export async function openVersions(layer, id, name) {
  push({ kind: 'versions', layer, id, name });
  await loadVersions(layer, id);
  const view = viewOf(store.state);
  if (isOn(layer, id) && view.kind === 'versions' && view.shape?.length) theCamera()?.fit(boxOf(view.shape));
}

/** @param {string} layer @param {string} id */
export async function loadVersions(layer, id) {
  try {
    /** @type {import('../api.js').VersionRow[]} */
    const versions = listOf(await api.versions(layer, id), 'versions').slice().sort((/** @type {any} */ a, /** @type {any} */ b) => b.version - a.version);
    if (!isOn(layer, id)) return;
    amend({ versions, error: undefined });
    if (versions.length > 1) await compare([versions[1].version, versions[0].version]);
    else if (versions.length) await show(versions[0].version);
  } catch (error) {
    if (isOn(layer, id)) amend({ error: problemOf(error) });
  }
}

/** @param {string} layer @param {string} id */
function isOn(layer, id) {
  const view = viewOf(store.state);
  return view.kind === 'versions' && view.layer === layer && view.id === id;
}

/** The ground of a version, for the map: what is decided on is looked at. @param {number} version */
async function show(version) {
  const view = viewOf(store.state);
  if (view.kind !== 'versions') return;
  const { feature } = await api.read(view.layer, view.id, version);
  if (isOn(view.layer, view.id)) amend({ shape: areaOf(feature.geometry) });
}

/** @param {[number, number]} pair the earlier, the later */
export async function compare(pair) {
  const view = viewOf(store.state);
  if (view.kind !== 'versions') return;
  amend({ pair, diff: undefined, diffError: undefined });
  try {
    const [diff] = await Promise.all([api.diff(view.layer, view.id, pair), show(pair[1])]);
    if (isOn(view.layer, view.id)) amend({ diff });
  } catch (error) {
    if (isOn(view.layer, view.id)) amend({ diffError: problemOf(error) });
  }
}

/** What a version would do were it law: who decides on it is to know. @param {number} version */
export async function foresee(version) {
  const view = viewOf(store.state);
  if (view.kind !== 'versions') return;
  const put = (/** @type {import('./impact.js').Impact} */ impact) => isOn(view.layer, view.id) && amend({ effect: { version, impact } });
  put({ state: 'waiting' });
  try {
    const { feature } = await api.read(view.layer, view.id, version);
    const answer = await api.impact(view.layer, draftOf(feature.geometry, feature.properties), Number(view.id));
    put({ state: 'told', answer });
  } catch (error) {
    put({ state: 'failed', problem: problemOf(error) });
  }
}

/** Submits, returns, approves or withdraws a version. @param {number} version @param {string} step @param {{reason:string, valid_from?:string}} body */
export async function take(version, step, body) {
  const view = viewOf(store.state);
  if (view.kind !== 'versions' || view.busy) return;
  amend({ busy: true, stepError: undefined });
  try {
    const { etag } = await api.read(view.layer, view.id, version);
    await api.step(view.layer, view.id, version, step, body, etag);
    tell(t('life.done'));
    amend({ busy: false });
    await loadVersions(view.layer, view.id);
  } catch (error) {
    const problem = problemOf(error);
    amend({ busy: false, stepError: problem });
    tell(say(problem), 'quiet');
  }
}
