// The classes of findings, as gis_app/flags.py has them (a test holds the two together).

/**
 * @typedef {import('./store.js').Flag} Flag
 * @typedef {{answer:string, verdict:string}} Told
 */

/** The gravest first: the order of legend, filters, cards and drawing. @type {Flag[]} */
export const FLAGS = ['close', 'indeterminate', 'restricted', 'duty', 'exempt', 'clear', 'unassessed'];

/** @type {Record<Flag, string>} */
export const FLAG_COLOR = {
  close: '#B3261E',
  indeterminate: '#9A6700',
  restricted: '#7A4DA8',
  duty: '#0F6E84',
  exempt: '#5B6B7B',
  clear: '#2E7D5B',
  unassessed: '#6E7C8A',
};

const CLOSING = ['prohibit', 'close_by', 'seal'];
const RESTRICTING = ['deny', 'suspend', 'restrict'];
/** What decides an application (gis_app: a pre-check is refused on these). */
const REFUSING = ['prohibit', 'close_by', 'deny', 'suspend'];

/** Does a rule end the taking of water, whatever its answer? @param {{verdict:string}} f */
export const closes = (f) => CLOSING.includes(f.verdict);

/** Does a rule refuse an application, whatever its answer? @param {{verdict:string}} f */
export const refuses = (f) => REFUSING.includes(f.verdict);

/** The class of one finding. @param {Told} f @returns {Flag} */
export function flagOf({ answer, verdict }) {
  if (CLOSING.includes(verdict)) return answer === 'applies' ? 'close' : answer === 'indeterminate' ? 'indeterminate' : 'exempt';
  if (answer === 'exempt') return 'clear';
  return answer === 'applies' && RESTRICTING.includes(verdict) ? 'restricted' : 'duty';
}

const ANSWERS = ['applies', 'indeterminate', 'exempt'];

/** Gravest first, what applies before what cannot be known; the service's order among equals. @template {Told} T @param {T[]} findings @returns {T[]} */
export const byGravity = (findings) =>
  [...findings].sort((a, b) => FLAGS.indexOf(flagOf(a)) - FLAGS.indexOf(flagOf(b)) || ANSWERS.indexOf(a.answer) - ANSWERS.indexOf(b.answer));
