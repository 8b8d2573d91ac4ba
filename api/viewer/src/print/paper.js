// The sheet: its sizes in millimetres, the scale of the map on it, its scale bar. Pure.

export const SCALES = [10000, 25000, 50000, 100000, 250000, 500000];
const SHORT = { A4: 210, A3: 297 };
const LONG = { A4: 297, A3: 420 };
const MARGIN = 10;
const LEGEND = 58;
const HEAD = 14;
const FOOT = 38;
const GAP = 4;

const A = 6378137; // CGCS2000
const E2 = (2 - 1 / 298.257222101) / 298.257222101;

/** CSS pixels in a millimetre of paper. */
export const PX = 96 / 25.4;

/** @typedef {'A4'|'A3'} Paper */

/** Sheet and map in millimetres. Lying, the legend stands beside the map; upright, below it. @param {Paper} paper @param {boolean} lying */
export function sheetOf(paper, lying) {
  const [w, h] = lying ? [LONG[paper], SHORT[paper]] : [SHORT[paper], LONG[paper]];
  const inner = { w: w - 2 * MARGIN, h: h - 2 * MARGIN - HEAD - FOOT };
  const map = lying ? { w: inner.w - LEGEND - GAP, h: inner.h } : { w: inner.w, h: inner.h - LEGEND - GAP };
  return { w, h, map };
}

/**
 * Metres of ground to a metre of Web Mercator at a latitude: the mean of both ways, which differ by 0.4 % because Web
 * Mercator takes the ellipsoid for a sphere.
 * @param {number} lat
 */
export function groundPerMercator(lat) {
  const s = Math.sin((lat * Math.PI) / 180);
  const root = 1 - E2 * s * s;
  const east = A / Math.sqrt(root);
  const north = (A * (1 - E2)) / root ** 1.5;
  return (Math.cos((lat * Math.PI) / 180) * Math.sqrt(east * north)) / A;
}

/** The engine's zoom at which the middle of the map has a scale. @param {number} scale as 1:scale @param {number} lat */
export function zoomOf(scale, lat) {
  const metresPerPixel = scale / 1000 / PX;
  return Math.log2((2 * Math.PI * A * groundPerMercator(lat)) / (512 * metresPerPixel));
}

/** The smallest scale number at which as much is seen as on the screen. @param {number} zoom @param {number} lat @param {number} pixels across on the screen @param {number} mm across on paper */
export function fittingScale(zoom, lat, pixels, mm) {
  const metres = (pixels * 2 * Math.PI * A * groundPerMercator(lat)) / (512 * 2 ** zoom);
  return SCALES.find((scale) => (scale * mm) / 1000 >= metres) ?? SCALES[SCALES.length - 1];
}

/** A round length of 30 to 75 mm on the sheet, in four parts. @param {number} scale */
export function barOf(scale) {
  const most = (scale * 75) / 1000;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 4, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  return { metres, mm: (metres / scale) * 1000, parts: 4 };
}
