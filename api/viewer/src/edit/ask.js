// Asks the service what the draft on the desk would do, once the hand rests.
import { problemOf } from '../actions.js';
import { api } from '../api.js';
import { store } from '../store.js';
import { sheetOf, subjectArea } from './desk.js';
import { live } from './live.js';
import { closed, geometryOf } from './rings.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./rings.js').Area} Area
 */

const REST_MS = 400;
/** What of the form the answer depends on. */
const ASKED = ['grade', 'area_code', 'boundary_accuracy_m', 'valid_from', 'name', 'code'];

/** The area that would be saved now: with the ring under the pen, or the border under the hand. @param {Desk} d @returns {Area} */
export function candidate(d) {
  const dragged = live.now.shapes?.[d.subject];
  if (dragged) return dragged;
  const area = subjectArea(d);
  const points = sheetOf(d).pen?.points ?? [];
  return d.tool === 'draw' && points.length >= 3 ? [...area, [closed(points)]] : area;
}

let timer = 0;
/** @type {AbortController|null} */
let under = null;
let absent = false;
let asked = '';
/** What the last question was made of: while none of it changes, nothing is asked. @type {unknown[]} */
let made = [];

/** The desk or the hand has changed: ask when it rests. */
export function askImpact() {
  const { desk: d } = store.state;
  if (!d || absent) return;
  const from = [d.subject, live.now.shapes?.[d.subject], subjectArea(d), sheetOf(d).pen, d.tool, d.form];
  if (from.every((part, i) => part === made[i])) return;
  made = from;
  const area = candidate(d);
  const body = bodyOf(d, area);
  const text = JSON.stringify([d.layer, d.zones[d.subject]?.id, body]);
  if (text === asked) return;
  asked = text;
  clearTimeout(timer);
  under?.abort();
  if (!area.length) return put({ state: 'none' });
  timer = window.setTimeout(() => void send(d, body), REST_MS);
}

/** @param {Desk} d @param {Area} area */
const bodyOf = (d, area) => draftOf(geometryOf(area), d.form);

/** A draft as the question about it takes one. @param {object} geometry @param {Record<string, any>} given */
export function draftOf(geometry, given) {
  const properties = Object.fromEntries(ASKED.filter((k) => given[k] != null && given[k] !== '').map((k) => [k, given[k]]));
  return { type: 'Feature', geometry, properties };
}

/** @param {Desk} d @param {object} body */
async function send(d, body) {
  const mine = new AbortController();
  under = mine;
  const { impact } = store.state.desk ?? d;
  if (impact.state !== 'told') put({ state: 'waiting' });
  try {
    const answer = await api.impact(d.layer, body, d.zones[d.subject]?.id ?? undefined, mine.signal);
    if (under === mine) put({ state: 'told', answer });
  } catch (error) {
    if (under !== mine || (error instanceof DOMException && error.name === 'AbortError')) return;
    const problem = problemOf(error);
    absent = problem.status === 404;
    put(absent ? { state: 'absent' } : { state: 'failed', problem });
  }
}

/** Asks again after a failure. */
export function askAgain() {
  asked = '';
  made = [];
  absent = false;
  askImpact();
}

/** @param {import('./impact.js').Impact} impact */
function put(impact) {
  const { desk: d } = store.state;
  if (d && d.impact !== impact) store.set({ desk: { ...d, impact } });
}

/** A new desk has no answer yet. */
export function stopAsking() {
  clearTimeout(timer);
  under?.abort();
  under = null;
  asked = '';
  made = [];
}

/** A desk that comes after an absent route says so at once. */
export const isAbsent = () => absent;
