// What of the wells the caller is shown: what is hidden must never look like what is not there. Pure.

/**
 * @typedef {import('./store.js').Me} Me
 * @typedef {'all'|'some'|'counts'|'none'} Sees
 */

/** @param {Me|null|undefined} me @returns {Sees} */
export function sees(me) {
  if (!me || me.sight.areas.includes('')) return 'all';
  if (me.sight.areas.length) return 'some';
  return me.sight.counts ? 'counts' : 'none';
}

/** Are single wells shown, anywhere? @param {Me|null|undefined} me */
export const showsWells = (me) => ['all', 'some'].includes(sees(me));

/** Is a layer on the map? Counted wells are, though none is told by itself. @param {import('./api.js').LayerInfo} layer @param {Me|null|undefined} me */
export const isDrawn = (layer, me) => layer.has_data || (layer.geometry === 'point' && Boolean(me?.sight.counts));
