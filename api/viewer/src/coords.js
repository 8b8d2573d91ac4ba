// Coordinates as people type and read them: decimal, degrees-minutes-seconds, and
// CGCS2000 Gauss–Krüger (3-degree zones, northing first as Chinese papers print it).

/** @typedef {[number, number]} LngLat */

const A = 6378137; // CGCS2000
const F = 1 / 298.257222101;
const rad = Math.PI / 180;

// Krüger's series in the third flattening, to the sixth order (sub-millimetre within a zone).
const N = F / (2 - F);
const RECTIFYING = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49561 / 161280) * N ** 4,
];
const BETA = [
  N / 2 - (2 / 3) * N ** 2 + (37 / 96) * N ** 3 - (1 / 360) * N ** 4,
  (1 / 48) * N ** 2 + (1 / 15) * N ** 3 - (437 / 1440) * N ** 4,
  (17 / 480) * N ** 3 - (37 / 840) * N ** 4,
  (4397 / 161280) * N ** 4,
];
const E1 = Math.sqrt(F * (2 - F));

/** Easting from a meridian and northing, metres. @param {LngLat} at @param {number} meridian @returns {[number, number]} */
export function toPlane([lng, lat], meridian) {
  const lam = (lng - meridian) * rad;
  const s = Math.sin(lat * rad);
  const tau = Math.sinh(Math.atanh(s) - E1 * Math.atanh(E1 * s));
  const xi = Math.atan2(tau, Math.cos(lam));
  const eta = Math.asinh(Math.sin(lam) / Math.hypot(tau, Math.cos(lam)));
  let x = xi;
  let y = eta;
  ALPHA.forEach((a, i) => {
    const k = 2 * (i + 1);
    x += a * Math.sin(k * xi) * Math.cosh(k * eta);
    y += a * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  return [RECTIFYING * y, RECTIFYING * x];
}

/** @param {readonly number[]} plane easting from the meridian, northing @param {number} meridian @returns {LngLat} */
export function fromPlane([east, north], meridian) {
  const xi = north / RECTIFYING;
  const eta = east / RECTIFYING;
  let x = xi;
  let y = eta;
  BETA.forEach((b, i) => {
    const k = 2 * (i + 1);
    x -= b * Math.sin(k * xi) * Math.cosh(k * eta);
    y -= b * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  const tauPrime = Math.sin(x) / Math.hypot(Math.sinh(y), Math.cos(x));
  let tau = tauPrime;
  for (let i = 0; i < 5; i += 1) {
    // Newton, after Karney (2011), eq. 19–21
    const root = Math.hypot(1, tau);
    const sigma = Math.sinh(E1 * Math.atanh((E1 * tau) / root));
    const guess = tau * Math.hypot(1, sigma) - sigma * root;
    tau += ((tauPrime - guess) / Math.hypot(1, guess)) * ((1 + (1 - E1 * E1) * tau * tau) / ((1 - E1 * E1) * root));
  }
  return [meridian + Math.atan2(Math.sinh(y), Math.cos(x)) / rad, Math.atan(tau) / rad];
}

/** Northing, easting (500 km false, zone number in front) and 3-degree zone. @param {LngLat} at */
export function toGaussKruger(at) {
  const zone = Math.round(at[0] / 3);
  const [east, northing] = toPlane(at, zone * 3);
  return { northing, easting: zone * 1e6 + 500000 + east, zone };
}

/** @param {number} northing @param {number} easting with the 3-degree zone number in front @returns {LngLat} */
export function fromGaussKruger(northing, easting) {
  const zone = Math.floor(easting / 1e6);
  return fromPlane([easting - zone * 1e6 - 500000, northing], zone * 3);
}

/** 113°34′12.0″E @param {number} degrees @param {string} hemisphere */
function dms(degrees, hemisphere) {
  const tenths = Math.round(Math.abs(degrees) * 36000);
  const s = (tenths % 600) / 10;
  const m = Math.floor(tenths / 600) % 60;
  const d = Math.floor(tenths / 36000);
  return `${d}°${String(m).padStart(2, '0')}′${s.toFixed(1).padStart(4, '0')}″${hemisphere}`;
}

/** @param {LngLat} at @param {'dec'|'dms'|'gk'} how */
export function formatCoords([lng, lat], how) {
  if (how === 'gk') {
    const { northing, easting } = toGaussKruger([lng, lat]);
    return `X ${northing.toFixed(1)}  Y ${easting.toFixed(1)}`;
  }
  const [ew, ns] = [lng < 0 ? 'W' : 'E', lat < 0 ? 'S' : 'N'];
  if (how === 'dms') return `${dms(lng, ew)} ${dms(lat, ns)}`;
  return `${Math.abs(lng).toFixed(6)}°${ew} ${Math.abs(lat).toFixed(6)}°${ns}`;
}

/** As the office copies it: longitude first, six decimals (0.1 m). @param {LngLat} at */
export const copyCoords = ([lng, lat]) => `${lng.toFixed(6)}, ${lat.toFixed(6)}`;

const PART =
  /([东西南北NSEW])?\s*(?:经|纬)?\s*([+-]?\d+(?:\.\d+)?)\s*(?:[°度º]\s*(?:(\d+(?:\.\d+)?)\s*[′'’分]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:[″"”秒]|''|′′)\s*)?)?\s*([东西南北NSEW])?/giu;

/**
 * The place somebody typed, or null: `113.58, 37.9` · `37.9N 113.58E` · `113°34′48″ 37°54′00″`
 * · `X 4195000 Y 38551000` (Gauss–Krüger). Longitude first unless letters or sizes say otherwise.
 * @param {string} text
 * @returns {LngLat | null}
 */
export function parseCoords(text) {
  const clean = text
    .normalize('NFKC')
    .replace(/[，、;；|]/g, ',')
    .trim();
  if (!/\d/.test(clean) || /[a-z\u4e00-\u9fff]/i.test(clean.replace(/[东西南北经纬度分秒NSEWXY]/gi, ''))) return null;
  const projected = /^(?:X\s*[=:]?\s*)?(\d{6,8}(?:\.\d+)?)\s*[,\s]\s*(?:Y\s*[=:]?\s*)?(\d{6,8}(?:\.\d+)?)$/i.exec(clean);
  if (projected) return fromProjected(Number(projected[1]), Number(projected[2]));
  const parts = [...clean.matchAll(PART)].map((m) => ({
    text: m[0],
    axis: axisOf(m[1] ?? m[5]),
    negative: /[西南WS]/i.test(m[1] ?? m[5] ?? '') || m[2].startsWith('-'),
    minutes: Number(m[3] ?? 0),
    seconds: Number(m[4] ?? 0),
    degrees: Math.abs(Number(m[2])),
  }));
  const leftover = clean.replace(PART, '').replace(/[,\s]/g, '');
  if (parts.length !== 2 || leftover || parts.some((p) => p.minutes >= 60 || p.seconds >= 60)) return null;
  const [first, second] = parts.map((p) => (p.degrees + p.minutes / 60 + p.seconds / 3600) * (p.negative ? -1 : 1));
  const swapped =
    parts[0].axis === 'lat' || parts[1].axis === 'lng' || (!parts[0].axis && !parts[1].axis && isTurned(first, second));
  if (parts[0].axis && parts[0].axis === parts[1].axis) return null;
  return inWorld(swapped ? [second, first] : [first, second]);
}

/** Latitude first: by what cannot be, or as places in China are (an import tells them so). @param {number} x @param {number} y */
const isTurned = (x, y) => Math.abs(y) > 90 || (x >= 15 && x <= 55 && y >= 73 && y <= 136);

/** @param {string|undefined} letter @returns {'lng'|'lat'|undefined} */
function axisOf(letter) {
  if (!letter) return undefined;
  return /[东西EW]/i.test(letter) ? 'lng' : 'lat';
}

/** @param {LngLat} at @returns {LngLat|null} */
const inWorld = (at) => (Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90 ? at : null);

/** A pair with one zone-prefixed easting (25…45 million). @param {number} a @param {number} b @returns {LngLat|null} */
function fromProjected(a, b) {
  const easting = [a, b].find((n) => n >= 24.5e6 && n < 46e6);
  const northing = [a, b].find((n) => n >= 3e5 && n < 6.2e6);
  return easting && northing ? inWorld(fromGaussKruger(northing, easting)) : null;
}
