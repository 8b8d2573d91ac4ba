import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { copyCoords, formatCoords, fromGaussKruger, parseCoords, toGaussKruger } from '../src/coords.js';

const near = (a, b, within = 1e-6) => {
  assert.ok(a, 'understood');
  a.forEach((n, i) => assert.ok(Math.abs(n - b[i]) < within, `${a} ≠ ${b}`));
};

test('decimal degrees, longitude first unless the sizes or letters say otherwise', () => {
  for (const text of ['113.58, 37.9', '113.58 37.9', '113.58，37.9', '37.9, 113.58', '37.9N 113.58E', '北纬37.9° 东经113.58°', '113.58°E 37.9°N', '１１３.５８,３７.９']) {
    near(parseCoords(text), [113.58, 37.9]);
  }
  near(parseCoords('-70.5, -12.25'), [-70.5, -12.25]);
  near(parseCoords('12.25S 70.5W'), [-70.5, -12.25]);
});

test('degrees, minutes, seconds', () => {
  for (const text of ['113°34′48″E 37°54′00″N', `113°34'48" 37°54'00"`, '东经113°34′48″，北纬37°54′0″', '113度34分48秒 37度54分0秒', '37°54′N 113°34.8′E']) {
    near(parseCoords(text), [113.58, 37.9]);
  }
});

test('words, codes and impossible places are no coordinates', () => {
  for (const text of ['', '示例井', 'SL-1403-00001', '1403', '113.58', '113.58, 97.9', '1, 2, 3', '113°70′ 37°10′', '37.9N 38.1N', '12 号井 5']) {
    assert.equal(parseCoords(text), null, text);
  }
});

test('the list that the service reads, too', () => {
  const list = JSON.parse(readFileSync(new URL('../../../tests/intake/pasted_places.json', import.meta.url), 'utf8'));
  for (const [text, ...at] of list.places) near(parseCoords(text), at, 1e-5);
  for (const text of list.none) assert.equal(parseCoords(text), null, text);
});

// From PROJ 9 (EPSG:4490 → EPSG:4526/4525), easting with the zone number.
const PROJ = [
  [[113.58, 37.9], [38463060.2477, 4196481.6357]],
  [[114.0, 38.05], [38500000.0000, 4213047.8665]],
  [[112.6, 30.1], [38365048.1212, 3332025.6952]],
  [[110.2, 41.3], [37432997.6792, 4574199.0698]],
];

test('Gauss–Krüger agrees with PROJ to the millimetre, both ways', () => {
  for (const [at, [easting, northing]] of PROJ) {
    const found = toGaussKruger(at);
    assert.ok(Math.abs(found.easting - easting) < 1e-3 && Math.abs(found.northing - northing) < 1e-3, `${at}: ${found.easting} ${found.northing}`);
    near(fromGaussKruger(northing, easting), at, 1e-8);
  }
  const [at, [easting, northing]] = PROJ[0];
  near(parseCoords(`X ${northing} Y ${easting}`), at, 1e-6);
  near(parseCoords(`${easting}, ${northing}`), at, 1e-6);
});

test('written as read', () => {
  assert.equal(formatCoords([113.58, 37.9], 'dec'), '113.580000°E 37.900000°N');
  assert.equal(formatCoords([113.58, 37.9], 'dms'), '113°34′48.0″E 37°54′00.0″N');
  assert.equal(formatCoords([112.99999999, 37.9], 'dms'), '113°00′00.0″E 37°54′00.0″N');
  assert.equal(formatCoords([-70.5, -12.25], 'dms'), '70°30′00.0″W 12°15′00.0″S');
  assert.equal(copyCoords([113.58, 37.9]), '113.580000, 37.900000');
});

test('what is copied can be pasted back', () => {
  for (const at of [[113.576543, 37.912345], [-70.123456, -12.654321]]) near(parseCoords(copyCoords(at)), at);
});
