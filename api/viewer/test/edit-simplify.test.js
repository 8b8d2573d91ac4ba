import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPlane } from '../src/coords.js';
import { corners } from '../src/edit/rings.js';
import { simplify } from '../src/edit/simplify.js';
import { validate } from '../src/edit/validate.js';

const none = new Set();
let seed = 11;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;

/** A border read off a scan: round, with metres of noise. */
function scanned(n, lng = 113.5, lat = 37.8, r = 0.02) {
  const ring = Array.from({ length: n }, (_, k) => {
    const angle = (k * 2 * Math.PI) / n;
    const reach = r * (1 + 0.0005 * random());
    return [Number((lng + reach * Math.cos(angle)).toFixed(8)), Number((lat + reach * Math.sin(angle)).toFixed(8))];
  });
  return [...ring, ring[0]];
}

function metresOff(p, ring) {
  const plane = ring.map((q) => toPlane(q, 113.5));
  const [x, y] = toPlane(p, 113.5);
  return Math.min(...plane.slice(1).map(([bx, by], i) => {
    const [ax, ay] = plane[i];
    const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
    return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
  }));
}

test('what is left out lies within the distance said, and much is left out', () => {
  for (const metres of [2, 10, 50]) {
    const before = [[scanned(400), scanned(90, 113.5, 37.8, 0.008)]];
    const after = simplify(before, metres, none);
    assert.deepEqual(validate(after), []);
    assert.equal(after[0].length, 2);
    after[0].forEach((ring, i) => {
      assert.ok(ring.length < before[0][i].length);
      for (const p of before[0][i]) assert.ok(metresOff(p, ring) <= metres + 1e-6);
    });
  }
});

test('corners that a neighbour has too stay, and the border between them where nothing may go', () => {
  const ring = scanned(200);
  const fixed = new Set(corners(ring).slice(40, 90).map(String));
  const after = simplify([[ring]], 100, fixed);
  const left = new Set(after[0][0].map(String));
  for (const p of fixed) assert.ok(left.has(p));
  assert.ok(after[0][0].length < 50 + 60);
});

test('two borders close together are not made to cross, whatever the distance', () => {
  for (let i = 0; i < 40; i += 1) {
    const area = [[scanned(60, 113.5, 37.8, 0.02), scanned(60, 113.5, 37.8, 0.0198)]];
    assert.deepEqual(validate(simplify(area, 20 + 400 * random(), none)), []);
  }
});

test('a border without a corner to spare is the same object', () => {
  const area = [[[[113.5, 37.8], [113.6, 37.8], [113.6, 37.9], [113.5, 37.9], [113.5, 37.8]]]];
  assert.equal(simplify(area, 100, none), area);
  assert.equal(simplify(area, 0.1, new Set(area[0][0].map(String))), area);
});
