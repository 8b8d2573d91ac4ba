import assert from 'node:assert/strict';
import { test } from 'node:test';
import { borderOf, snap } from '../src/edit/snap.js';
import { locate, trace } from '../src/edit/trace.js';

const square = [[[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]]];
const ground = {
  borders: [borderOf('zone', square, 'zone', '甲区'), borderOf('town', [[[[20, 0], [30, 0], [30, 10], [20, 0]]]], 'district')],
  wells: [{ key: 'W1', at: /** @type {[number, number]} */ ([5.5, 0.2]) }],
};
// ten pixels a degree
const how = (...kinds) => ({ kinds: new Set(kinds), reach: 12, degrees: 1.2, project: ([x, y]) => ({ x: x * 10, y: -y * 10 }) });

test('a corner wins over the edge beside it and is given to the last bit', () => {
  const found = snap([9.6, 0.4], ground, how('vertex', 'edge'));
  assert.equal(found?.kind, 'vertex');
  assert.equal(found?.at, square[0][0][1]);
});

test('away from corners the foot on the edge is taken, with the edge named', () => {
  const found = snap([4, 0.9], ground, how('vertex', 'edge'));
  assert.equal(found?.kind, 'edge');
  assert.deepEqual(found?.at, [4, 0]);
  assert.deepEqual(found?.edge, [[0, 0], [10, 0]]);
  assert.equal(found?.name, '甲区');
});

test('what is out of reach or switched off is not snapped to', () => {
  assert.equal(snap([5, 3], ground, how('vertex', 'edge', 'district', 'well')), null);
  assert.equal(snap([4, 0.5], ground, how('vertex')), null);
  assert.equal(snap([25, 0.1], ground, how('vertex', 'edge')), null);
  assert.equal(snap([25, 0.1], ground, how('district'))?.kind, 'district');
  assert.equal(snap([5.4, 0.4], ground, how('well', 'edge'))?.kind, 'well');
});

const ring = square[0][0];

test('a border is followed the shorter way, or the other', () => {
  assert.deepEqual(trace(ring, [2, 0], [10, 3]), [[10, 0]]);
  assert.deepEqual(trace(ring, [10, 3], [2, 0]), [[10, 0]]);
  assert.deepEqual(trace(ring, [2, 0], [10, 3], { other: true }), [[0, 0], [0, 10], [10, 10]]);
});

test('from corner to corner, and on one edge', () => {
  assert.deepEqual(trace(ring, [0, 0], [10, 10])?.length, 1);
  assert.deepEqual(trace(ring, [0, 0], [10, 0]), []);
  assert.deepEqual(trace(ring, [2, 0], [7, 0]), []);
  assert.deepEqual(trace(ring, [7, 0], [2, 0]), []);
  assert.deepEqual(trace(ring, [7, 0], [2, 0], { other: true }), [[10, 0], [10, 10], [0, 10], [0, 0]]);
  assert.deepEqual(trace(ring, [0, 0], [4, 0]), []);
  assert.deepEqual(trace(ring, [4, 0], [0, 0]), []);
});

test('a place off the border is not traced', () => {
  assert.equal(locate(ring, [5, 5]), null);
  assert.equal(trace(ring, [5, 5], [10, 0]), null);
});
