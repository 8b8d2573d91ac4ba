// What the shown rasters hold at a place, in words and with the unit.
import { api } from '../api.js';
import { problemOf } from '../actions.js';
import { rastersOf, shownRasters } from '../rasters.js';
import { store } from '../store.js';

/**
 * @typedef {{raster:import('../rasters.js').RasterInfo, status?:string, words_zh?:string, words_en?:string, color?:string,
 *   error?:import('../store.js').Problem}} Told
 */

/** Those whose value is asked: the drawn ones, or both that are compared. @param {import('../store.js').State} s */
const askedOf = (s) => {
  const { swipe } = s;
  return swipe ? rastersOf(s).filter((r) => r.id === swipe.left || r.id === swipe.right) : shownRasters(s);
};

/** @param {[number, number]} at */
export async function ask(at) {
  const on = store.state.on ?? undefined;
  const asked = askedOf(store.state);
  const question = { at, told: /** @type {Told[]} */ (asked.map((raster) => ({ raster }))) };
  store.set({ values: question });
  const told = await Promise.all(
    asked.map(async (raster) => {
      try {
        const { points } = await api.position(raster.id, at, on);
        const { status, words_zh, words_en, class: kind } = points[0];
        return { raster, status, words_zh, words_en, color: kind?.color };
      } catch (error) {
        return { raster, error: problemOf(error) };
      }
    }),
  );
  if (store.state.values === question) store.set({ values: { at, told } });
}
