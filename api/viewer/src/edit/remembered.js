/** @typedef {import('./rings.js').Area} Area */

/**
 * Work on areas that is done once for each: they are never changed in place, and are asked about at
 * every movement of the pointer.
 * @template T @param {(area: Area) => T} work @returns {(area: Area) => T}
 */
export function remembered(work) {
  /** @type {WeakMap<Area, {found: T}>} */
  const known = new WeakMap();
  return (area) => {
    const before = known.get(area) ?? { found: work(area) };
    known.set(area, before);
    return before.found;
  };
}
