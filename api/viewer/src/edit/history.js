// What was done, step by step: one gesture is one step, undone and redone whole.

/**
 * @template S
 * @typedef {{label:import('../i18n.js').Key, fill?:Record<string, string|number>, state:S}} Step
 */
/**
 * @template S
 * @typedef {{steps:Step<S>[], now:number}} History  now: the index of the step that stands
 */

const MOST = 500; // steps share what they did not change, so many cost little

/** @template S @param {import('../i18n.js').Key} label @param {S} state @returns {History<S>} */
export const begin = (label, state) => ({ steps: [{ label, state }], now: 0 });

/** @template S @param {History<S>} history @returns {S} */
export const current = (history) => history.steps[history.now].state;

/**
 * A gesture is done: what had been undone is forgotten. A gesture that changed nothing is no step.
 * @template S @param {History<S>} history @param {import('../i18n.js').Key} label @param {S} state
 * @param {Record<string, string|number>} [fill] @returns {History<S>}
 */
export function record(history, label, state, fill) {
  if (state === current(history)) return history;
  const steps = [...history.steps.slice(0, history.now + 1), { label, fill, state }];
  const kept = steps.length > MOST ? [steps[0], ...steps.slice(steps.length - MOST + 1)] : steps;
  return { steps: kept, now: kept.length - 1 };
}

/** @template S @param {History<S>} history */
export const canUndo = (history) => history.now > 0;
/** @template S @param {History<S>} history */
export const canRedo = (history) => history.now < history.steps.length - 1;

/** @template S @param {History<S>} history @returns {History<S>} */
export const undo = (history) => (canUndo(history) ? { ...history, now: history.now - 1 } : history);
/** @template S @param {History<S>} history @returns {History<S>} */
export const redo = (history) => (canRedo(history) ? { ...history, now: history.now + 1 } : history);
/** To any step of the list. @template S @param {History<S>} history @param {number} step @returns {History<S>} */
export const jump = (history, step) => (step >= 0 && step < history.steps.length ? { ...history, now: step } : history);
