// What a draft would do, asked of the service while it is drawn; and how its answer is read.
// What it cannot say stays unsaid: never a nought in place of an unknown.

/**
 * @typedef {{zh:string, en:string}} Words
 * @typedef {object} Answer
 * @property {string} on
 * @property {number} [area_m2]
 * @property {{inside:number, gained:number, lost:number, in_doubt:number}} [wells]
 * @property {{rule:string, clause:string, verdict:string, answer:string, gained:number, lost:number}[]} [findings]
 * @property {{gained:Record<string, number>, lost:Record<string, number>}} [flags]
 * @property {number|null} [permits]
 * @property {number|null} [permitted_m3]
 * @property {number|null} [reported_m3]
 * @property {number|null} [people]
 * @property {number|null} [without_replacement]
 * @property {{layer:string, zone_id:number, version:number, name:string, policy:string, area_m2:number, geometry:any}[]} [overlaps]
 * @property {{area_m2:number, geometry:any, remedy:Words}[]} [gaps]
 * @property {{area_m2:number, geometry:any, remedy:Words}[]} [slivers]
 * @property {{code:string, zh:string, en:string, place:[number,number]|null}[]} [problems]
 * @property {string[]} [unknown]
 *
 * @typedef {{state:'none'|'waiting'|'absent', answer?:undefined, problem?:undefined}
 *   | {state:'failed', problem:import('../store.js').Problem, answer?:undefined}
 *   | {state:'told', answer:Answer, problem?:undefined}} Impact
 */

/** Amounts in the order they are told, with their unit. @type {[keyof Answer, string][]} */
const AMOUNTS = [['permits', ''], ['permitted_m3', 'm3'], ['reported_m3', 'm3'], ['people', ''], ['without_replacement', '']];

/** Each amount, or null where the registers cannot say. @param {Answer} answer @returns {{name:string, value:number|null, unit:string}[]} */
export function amounts(answer) {
  const unknown = new Set(answer.unknown ?? []);
  return AMOUNTS.map(([name, unit]) => {
    const value = answer[name];
    return { name, unit, value: typeof value === 'number' && !unknown.has(name) ? value : null };
  });
}

/** Other things the registers cannot say, by name. @param {Answer} answer */
export const alsoUnknown = (answer) => (answer.unknown ?? []).filter((name) => !AMOUNTS.some(([known]) => known === name));

/** Overlaps that somebody must do something about; layers of different kinds mostly lie over each other. @param {Answer|undefined} answer */
export const troubling = (answer) => (answer?.overlaps ?? []).filter((o) => o.policy !== 'allowed' && o.policy !== 'nested');

/** What the map shows of an answer. @param {Answer|undefined} answer @returns {GeoJSON.Feature[]} */
export function marksOf(answer) {
  if (!answer) return [];
  const mark = (/** @type {string} */ role) => (/** @type {any} */ one) =>
    one.geometry ? [{ type: /** @type {const} */ ('Feature'), geometry: one.geometry, properties: { role, policy: one.policy ?? '' } }] : [];
  return [
    ...troubling(answer).flatMap(mark('overlap')),
    ...(answer.gaps ?? []).flatMap(mark('gap')),
    ...(answer.slivers ?? []).flatMap(mark('sliver')),
    ...(answer.problems ?? []).flatMap((p) =>
      p.place ? [{ type: /** @type {const} */ ('Feature'), geometry: { type: /** @type {const} */ ('Point'), coordinates: p.place }, properties: { role: 'fault' } }] : [],
    ),
  ];
}
