// The slider of days: which day a position is, and where the marks of change stand. Pure.

const DAY_MS = 86400000;

/** Days since 1970. @param {string} iso */
export const toNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);

/** @param {number} n */
export const toDay = (n) => new Date(n * DAY_MS).toISOString().slice(0, 10);

/**
 * @typedef {{on:string, begins:number, ends:number}} Turning
 * @typedef {{from:number, to:number}} Span  in days since 1970
 */

/**
 * From the year before the first change to the end of next year, or to the last change when that is later: what is
 * decided for the future is looked at too.
 * @param {Turning[]} turning @param {string} today @returns {Span}
 */
export function spanOf(turning, today) {
  const days = turning.map((each) => toNumber(each.on));
  const now = toNumber(today);
  const first = Math.min(now, ...days);
  const last = Math.max(now, ...days);
  const year = (/** @type {number} */ n) => Number(toDay(n).slice(0, 4));
  return { from: toNumber(`${year(first) - 1}-01-01`), to: Math.max(toNumber(`${year(now) + 1}-12-31`), last + 1) };
}

/** A share of the slider's length, 0…1. @param {number} n @param {Span} span */
export const shareOf = (n, { from, to }) => Math.min(1, Math.max(0, (n - from) / (to - from)));

/** The change before a day, or after it. @param {Turning[]} turning @param {string} day @param {-1|1} way @returns {string|null} */
export function nextTurning(turning, day, way) {
  const days = turning.map((each) => each.on).sort();
  return (way > 0 ? days.find((on) => on > day) : days.reverse().find((on) => on < day)) ?? null;
}

/** Years to write below the slider, some `count` of them. @param {Span} span */
export function yearTicks({ from, to }, count = 6) {
  const [first, last] = [Number(toDay(from).slice(0, 4)), Number(toDay(to).slice(0, 4))];
  const step = Math.max(1, Math.ceil((last - first) / count));
  const ticks = [];
  for (let year = first + 1; year <= last; year += step) ticks.push({ year, at: toNumber(`${year}-01-01`) });
  return ticks;
}
