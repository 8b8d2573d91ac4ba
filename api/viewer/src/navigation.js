// Addresses that lead a navigation app to a place. Pure: tested without a page.
//
// Chinese map services take GCJ-02, which is CGCS2000 (to well under a metre: WGS 84) shifted by some hundred metres.
// The shift is made here, for those addresses, and nowhere else: everything on the page, all that is copied and all
// that is kept stays CGCS2000.

/** @typedef {[number, number]} LngLat */

// The published formula (eviltransform, github.com/googollee/eviltransform, whose test places test it): a polynomial
// with sines about 105°E 35°N, in metres, brought to degrees on the ellipsoid of Krassowsky 1940.
const A = 6378245;
const E2 = 0.00669342162296594323;
const { PI, sin, cos, sqrt, abs } = Math;

/** The rectangle beyond which the formula shifts nothing. @param {LngLat} at */
const isInChina = ([lng, lat]) => lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

/** @param {number} n @param {number} first @param {number} second half waves of two amplitudes */
const waves = (n, first, second) => first * sin(n * PI) + second * sin((n * PI) / 3);

/** CGCS2000 as GCJ-02; outside China as it is. @param {LngLat} at @returns {LngLat} */
export function gcj02(at) {
  if (!isInChina(at)) return at;
  const [lng, lat] = at;
  const x = lng - 105;
  const y = lat - 35;
  const ripple = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * (2 / 3);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    + (waves(x, 20, 40) + 150 * sin((x * PI) / 12) + 300 * sin((x * PI) / 30)) * (2 / 3);
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    + (waves(y, 20, 40) + 160 * sin((y * PI) / 12) + 320 * sin((y * PI) / 30)) * (2 / 3);
  const phi = (lat * PI) / 180;
  const w = 1 - E2 * sin(phi) ** 2;
  return [lng + (east * 180) / ((A / sqrt(w)) * cos(phi) * PI), lat + (north * 180) / (((A * (1 - E2)) / (w * sqrt(w))) * PI)];
}

/**
 * The ways to a well. Of the well they tell its code alone: name and owner are nobody's business outside.
 * @param {LngLat} at @param {string} code
 * @returns {{key:'amap'|'tencent'|'baidu'|'geo', shifted:boolean, href:string}[]}
 */
export function waysTo(at, code) {
  const [lng, lat] = gcj02(at).map((n) => n.toFixed(6));
  const shifted = isInChina(at);
  const name = encodeURIComponent(code);
  const own = `${at[1].toFixed(7)},${at[0].toFixed(7)}`;
  return [
    { key: 'amap', shifted, href: `https://uri.amap.com/navigation?to=${lng},${lat},${name}&mode=car&coordinate=gaode&callnative=1` },
    { key: 'tencent', shifted, href: `https://apis.map.qq.com/uri/v1/routeplan?type=drive&to=${name}&tocoord=${lat},${lng}` },
    { key: 'baidu', shifted, href: `https://api.map.baidu.com/marker?location=${lat},${lng}&title=${name}&content=${name}&coord_type=gcj02&output=html` },
    // RFC 5870: WGS 84
    { key: 'geo', shifted: false, href: `geo:${own}?q=${own}(${name})` },
  ];
}
