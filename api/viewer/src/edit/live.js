// What changes with every movement of the pointer: too often for the store.

/**
 * @typedef {object} Live
 * @property {import('./rings.js').LngLat|null} at          where the pen would put down
 * @property {import('./snap.js').Snap|null} snap
 * @property {import('./rings.js').LngLat[]} path           the border that would be followed
 * @property {import('./rings.js').Shapes|null} shapes      zones as they are being dragged
 */

/** @type {Live} */
const NOTHING = { at: null, snap: null, path: [], shapes: null };

/** @type {Live} */
let now = NOTHING;
/** @type {Set<() => void>} */
const listeners = new Set();

export const live = {
  get now() {
    return now;
  },
  /** @param {Partial<Live>} patch */
  set(patch) {
    now = { ...now, ...patch };
    for (const listener of listeners) listener();
  },
  clear() {
    this.set(NOTHING);
  },
  /** @param {() => void} listener @returns {() => void} */
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
