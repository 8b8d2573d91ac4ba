import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from '../src/edit/buffer.js';
import { measure, mu } from '../src/edit/measure.js';
import { clip, keepWithin, merge, pierce, shared, sharedM2 } from '../src/edit/overlay.js';
import { split } from '../src/edit/split.js';
import { validate } from '../src/edit/validate.js';

const box = (w, s, e, n) => [[[[w, s], [e, s], [e, n], [w, n], [w, s]]]];
const near = (a, b, part) => assert.ok(Math.abs(a - b) <= Math.abs(b) * part, `${a} ≉ ${b}`);

// `select st_area(g), st_perimeter(g) from (select 'SRID=4490;POLYGON((113.5 37.8,113.6 37.8,113.6 37.9,113.5 37.9,113.5 37.8))'::geography g) t`
const POSTGIS = { area_m2: 97686666.45171356, perimeter_m: 39800.93300379199 };

test('area and perimeter are those of PostGIS', () => {
  const found = measure(box(113.5, 37.8, 113.6, 37.9));
  near(found.area_m2, POSTGIS.area_m2, 1e-9);
  near(found.perimeter_m, POSTGIS.perimeter_m, 1e-9);
  near(mu(1e6), 1500, 1e-12);
});

test('a hole is no ground, but its edge is border', () => {
  const whole = box(113.5, 37.8, 113.6, 37.9);
  const pierced = pierce(whole, [[113.54, 37.84], [113.56, 37.84], [113.56, 37.86], [113.54, 37.86]]);
  assert.equal(pierced[0].length, 2);
  near(measure(pierced).area_m2, measure(whole).area_m2 - measure(box(113.54, 37.84, 113.56, 37.86)).area_m2, 1e-9);
  assert.ok(measure(pierced).perimeter_m > measure(whole).perimeter_m);
});

test('split and merge keep all the ground', () => {
  const whole = box(113.5, 37.8, 113.6, 37.9);
  const pieces = split(whole, [[113.49, 37.83], [113.55, 37.86], [113.61, 37.85]]);
  assert.equal(pieces.length, 2);
  const sum = pieces.reduce((n, p) => n + measure(p).area_m2, 0);
  near(sum, measure(whole).area_m2, 1e-7);
  near(measure(merge(pieces)).area_m2, measure(whole).area_m2, 1e-7);
  assert.equal(merge(pieces).length, 1);
  // the cut is the same corners on both sides
  const cut = new Set(pieces[1].flat(2).map(String));
  assert.ok(pieces[0].flat(2).filter((p) => cut.has(String(p))).length >= 3);
});

test('a line that does not cross splits nothing, nor into a hole', () => {
  assert.equal(split(box(0, 0, 1, 1), [[0.2, 0.2], [0.8, 0.8]]).length, 1);
  const holed = pierce(box(0, 0, 3, 3), [[1, 1], [2, 1], [2, 2], [1, 2]]);
  const pieces = split(holed, [[-1, 1.5], [4, 1.5]]);
  assert.equal(pieces.length, 2);
  near(pieces.reduce((n, p) => n + measure(p).area_m2, 0), measure(holed).area_m2, 1e-5);
});

test('a clipped zone shares no ground with its neighbour, however the borders cross', () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let i = 0; i < 60; i += 1) {
    const ring = (x, y, r) => {
      const points = Array.from({ length: 9 }, (_, k) => [x + r * (0.6 + 0.4 * random()) * Math.cos((k * 2 * Math.PI) / 9), y + r * (0.6 + 0.4 * random()) * Math.sin((k * 2 * Math.PI) / 9)]);
      const set = points.map(([a, b]) => [Number(a.toFixed(8)), Number(b.toFixed(8))]);
      return [[[...set, set[0]]]];
    };
    const [a, b] = [ring(113.5, 37.8, 0.02), ring(113.5 + 0.02 * random(), 37.8 + 0.02 * random(), 0.02)];
    const cut = clip(a, b);
    assert.equal(shared(cut, b).length, 0, `case ${i}`);
    near(measure(cut).area_m2, measure(a).area_m2 - sharedM2(a, b), 1e-4);
    assert.deepEqual(validate(cut), []);
  }
});

test('a corner on a straight border survives: the neighbour may have it too', () => {
  const one = [[[[0, 0], [1, 0], [1, 0.5], [1, 1], [0, 1], [0, 0]]]];
  const merged = merge([one, box(-1, 0, 0, 1)]);
  assert.ok(merged.flat(2).some((p) => String(p) === '1,0.5'));
  assert.ok(clip(one, box(-1, -1, 0.5, 2)).flat(2).some((p) => String(p) === '1,0.5'));
});

test('what lies outside the district is left off', () => {
  const kept = keepWithin(box(0, 0, 2, 1), box(1, -1, 3, 3));
  near(measure(kept).area_m2, measure(box(1, 0, 2, 1)).area_m2, 1e-9);
});

test('a strip along a line has its width everywhere', () => {
  const line = [[113.5, 37.8], [113.5, 37.9]];
  const strip = buffer(line, 200);
  // 11.1 km by 400 m and two round ends
  const length = measure([[[...line, line[0]]]]).perimeter_m / 2;
  near(measure(strip).area_m2, length * 400 + Math.PI * 200 ** 2, 0.002);
  assert.deepEqual(validate(strip), []);
});

test('faults are named with their place', () => {
  const bow = [[[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]];
  assert.deepEqual(validate(bow), [{ code: 'crossing', at: [0.5, 0.5] }]);
  assert.equal(validate([[[[0, 0], [1, 1], [0, 0]]]])[0].code, 'few');
  assert.equal(validate([[[[0, 0], [1, 0], [1, 0], [1, 1], [0, 0]]]])[0].code, 'doubled');
  assert.equal(validate([[[[0, 0], [1, 0], [2, 2], [1, 0], [0, 1], [0, 0]]]])[0].code, 'spike');
  assert.equal(validate([[[[0, 0], [200, 0], [1, 1], [0, 0]]]])[0].code, 'world');
  assert.equal(validate([])[0].code, 'empty');
  const outside = [[box(0, 0, 1, 1)[0][0], box(5, 5, 6, 6)[0][0]]];
  assert.equal(validate(outside)[0].code, 'hole');
  assert.deepEqual(validate(box(0, 0, 1, 1)), []);
});
