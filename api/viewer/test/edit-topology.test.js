import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spotsOf } from '../src/edit/rings.js';
import { deleteCorner, insertCorner, movers, moveCorner, sharedCorners, sharers, weave } from '../src/edit/topology.js';

// two squares with a common side x = 1, and one apart
const west = [[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]];
const east = [[[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]];
const apart = [[[[5, 5], [6, 5], [6, 6], [5, 5]]]];
const shapes = { west, east, apart };
const all = Object.keys(shapes);

test('a shared corner moves in every zone that has it, to the same bits', () => {
  const moved = moveCorner(shapes, [1, 1], [1.1234567890123, 1.2], all);
  const at = String([1.12345679, 1.2]);
  assert.ok(spotsOf('west', moved.west).some((s) => String(s.at) === at));
  assert.ok(spotsOf('east', moved.east).some((s) => String(s.at) === at));
  assert.equal(moved.apart, apart);
  assert.equal(shapes.west, west);
});

test('the corner that closes a ring moves at both its ends', () => {
  const { west: moved } = moveCorner(shapes, [0, 0], [-1, -1], all);
  assert.deepEqual(moved[0][0][0], [-1, -1]);
  assert.deepEqual(moved[0][0][4], [-1, -1]);
});

test('unlinked, only the zone in hand moves', () => {
  const spot = { key: 'west', polygon: 0, ring: 0, index: 2 };
  assert.deepEqual(movers(shapes, spot, true, all), ['west', 'east']);
  assert.deepEqual(movers(shapes, spot, false, all), ['west']);
  const moved = moveCorner(shapes, [1, 1], [1, 2], movers(shapes, spot, false, all));
  assert.equal(moved.east, east);
  assert.notEqual(moved.west, west);
});

test('a corner put on a shared side is put there in the neighbour too, in his order', () => {
  const next = insertCorner(shapes, [[1, 0], [1, 1]], [1, 0.5], all);
  assert.deepEqual(next.west[0][0], [[0, 0], [1, 0], [1, 0.5], [1, 1], [0, 1], [0, 0]]);
  assert.deepEqual(next.east[0][0], [[1, 0], [2, 0], [2, 1], [1, 1], [1, 0.5], [1, 0]]);
  assert.equal(next.apart, apart);
});

test('a corner taken away is taken from all; a ring keeps at least three', () => {
  const next = deleteCorner(shapes, [1, 1], all);
  assert.deepEqual(next?.west[0][0], [[0, 0], [1, 0], [0, 1], [0, 0]]);
  assert.deepEqual(next?.east[0][0], [[1, 0], [2, 0], [2, 1], [1, 0]]);
  assert.equal(deleteCorner(/** @type {any} */ (next), [1, 0], all), null);
});

test('the first corner can be taken away and the ring stays closed', () => {
  const next = deleteCorner(shapes, [0, 0], all);
  assert.deepEqual(next?.west[0][0], [[1, 0], [1, 1], [0, 1], [1, 0]]);
});

test('shared corners are known', () => {
  assert.deepEqual([...sharedCorners(shapes, 'west')].sort(), ['1,0', '1,1']);
  assert.deepEqual(sharers(shapes, [1, 0]), ['west', 'east']);
});

test('new corners on a once shared side are woven into the neighbour', () => {
  const cut = { ...shapes, west: [[[[0, 0], [1, 0], [1, 0.25], [0, 0.25], [0, 0]]]] };
  const woven = weave(shapes, cut, 'west', all);
  assert.deepEqual(woven.east[0][0], [[1, 0], [2, 0], [2, 1], [1, 1], [1, 0.25], [1, 0]]);
  assert.equal(weave(shapes, cut, 'west', []).east, east);
});
