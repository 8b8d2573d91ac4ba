// The graticule: degrees, minutes or seconds, whichever leaves lines about a hand's breadth apart.

const STEPS = [30, 20, 10, 5, 2, 1, 30 / 60, 20 / 60, 10 / 60, 5 / 60, 2 / 60, 1 / 60, 30 / 3600, 10 / 3600, 5 / 3600, 1 / 3600];

/** The widest step that still fits often enough. @param {number} degreesPerPixel @param {number} pixels wanted between lines */
export function gridStep(degreesPerPixel, pixels = 130) {
  const wanted = degreesPerPixel * pixels;
  return [...STEPS].reverse().find((s) => s >= wanted) ?? STEPS[0];
}

/** 113°30′E, without parts that are zero. @param {number} degrees @param {'lng'|'lat'} axis */
export function gridLabel(degrees, axis) {
  const seconds = Math.round(Math.abs(degrees) * 3600);
  const [d, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const letter = axis === 'lng' ? (degrees < 0 ? 'W' : 'E') : degrees < 0 ? 'S' : 'N';
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${d}°${m || s ? `${two(m)}′` : ''}${s ? `${two(s)}″` : ''}${letter}`;
}

/**
 * Lines over the box, and their labels along its top and left edges.
 * @param {import('./labels.js').Box} box @param {number} degreesPerPixel @param {boolean} labelled
 * @returns {GeoJSON.FeatureCollection}
 */
export function graticule(box, degreesPerPixel, labelled) {
  const step = gridStep(degreesPerPixel);
  /** @type {GeoJSON.Feature[]} */
  const features = [];
  const [w, s, e, n] = [box.west, Math.max(-85, box.south), box.east, Math.min(85, box.north)];
  const margin = [(e - w) / 2, (n - s) / 2]; // so that a pan does not show their ends
  const line = (/** @type {number[][]} */ coordinates) =>
    features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } });
  const label = (/** @type {number[]} */ coordinates, /** @type {string} */ text, /** @type {string} */ anchor) =>
    labelled && features.push({ type: 'Feature', properties: { text, anchor }, geometry: { type: 'Point', coordinates } });
  for (let k = Math.ceil((w - margin[0]) / step); k * step <= e + margin[0]; k += 1) {
    line([[k * step, s - margin[1]], [k * step, n + margin[1]]]);
    if (k * step > w && k * step < e) label([k * step, n], gridLabel(k * step, 'lng'), 'top-left');
  }
  for (let k = Math.ceil((s - margin[1]) / step); k * step <= n + margin[1]; k += 1) {
    line([[w - margin[0], k * step], [e + margin[0], k * step]]);
    if (k * step > s && k * step < n) label([w, k * step], gridLabel(k * step, 'lat'), 'top-left');
  }
  return { type: 'FeatureCollection', features };
}
