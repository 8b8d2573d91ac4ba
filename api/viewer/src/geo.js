// Geodesy for the screen only: what is legally decisive is measured in PostGIS.

const R = 6371008.8;
const rad = Math.PI / 180;

/** Metres between two points (sphere; within 0.5 %). @param {[number,number]} a @param {[number,number]} b */
export function distance(a, b) {
  const [x1, y1, x2, y2] = [a[0] * rad, a[1] * rad, b[0] * rad, b[1] * rad];
  const h = Math.sin((y2 - y1) / 2) ** 2 + Math.cos(y1) * Math.cos(y2) * Math.sin((x2 - x1) / 2) ** 2;
  return 2 * R * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Degrees clockwise from north, 0…360. @param {[number,number]} a @param {[number,number]} b */
export function bearing(a, b) {
  const [x1, y1, x2, y2] = [a[0] * rad, a[1] * rad, b[0] * rad, b[1] * rad];
  const y = Math.sin(x2 - x1) * Math.cos(y2);
  const x = Math.cos(y1) * Math.sin(y2) - Math.sin(y1) * Math.cos(y2) * Math.cos(x2 - x1);
  return (Math.atan2(y, x) / rad + 360) % 360;
}

/** The point reached from a start. @param {[number,number]} from @param {number} metres @param {number} degrees @returns {[number,number]} */
export function destination(from, metres, degrees) {
  const d = metres / R;
  const b = degrees * rad;
  const [x, y] = [from[0] * rad, from[1] * rad];
  const lat = Math.asin(Math.sin(y) * Math.cos(d) + Math.cos(y) * Math.sin(d) * Math.cos(b));
  const lng = x + Math.atan2(Math.sin(b) * Math.sin(d) * Math.cos(y), Math.cos(d) - Math.sin(y) * Math.sin(lat));
  return [lng / rad, lat / rad];
}

/** A closed ring round a point. @param {[number,number]} at @param {number} metres */
export function circle(at, metres, steps = 72) {
  const ring = Array.from({ length: steps }, (_, i) => destination(at, metres, (i * 360) / steps));
  return [...ring, ring[0]];
}

/** One of eight winds, as a dictionary key. @param {number} degrees */
export function wind(degrees) {
  const winds = /** @type {const} */ (['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw']);
  return winds[Math.round((((degrees % 360) + 360) % 360) / 45) % 8];
}

/**
 * A distance as number and unit, so that the unit may be set smaller: 8.4 m, 312 m, 1.25 km, 12.3 km.
 * @param {number} metres
 * @returns {{value:number, digits:number, unit:'m'|'km'}}
 */
export function distanceParts(metres) {
  const m = Math.abs(metres);
  if (m < 0.05) return { value: 0, digits: 0, unit: 'm' };
  if (m < 9.95) return { value: Math.round(m * 10) / 10, digits: 1, unit: 'm' };
  if (m < 999.5) return { value: Math.round(m), digits: 0, unit: 'm' };
  if (m < 9995) return { value: Math.round(m / 10) / 100, digits: 2, unit: 'km' };
  return { value: Math.round(m / 100) / 10, digits: 1, unit: 'km' };
}

/** The longest round length that fits. @param {number} metresPerPixel @param {number} maxPixels */
export function scaleBar(metresPerPixel, maxPixels) {
  const most = metresPerPixel * maxPixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  return { metres, pixels: metres / metresPerPixel };
}
