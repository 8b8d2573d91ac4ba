import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graticule, gridLabel, gridStep } from '../src/map/grid.js';
import { placeLabels } from '../src/map/labels.js';

const box = { west: 0, south: 0, east: 10, north: 10 };
const square = (w, s, e, n) => [[w, s], [e, s], [e, n], [w, n], [w, s]];

test('a name stands in the middle of its zone, once, though tiles cut the zone', () => {
  const whole = placeLabels([{ key: 'a', rings: [square(2, 2, 8, 8)] }], box);
  const cut = placeLabels([{ key: 'a', rings: [square(2, 2, 5, 8)] }, { key: 'a', rings: [square(5, 2, 8, 8)] }], box);
  assert.equal(cut.size, 1);
  assert.deepEqual(cut.get('a'), whole.get('a'));
  cut.get('a').forEach((n) => assert.ok(Math.abs(n - 5) < 0.6));
});

test('never in a hole, and only in what is visible', () => {
  const ring = placeLabels([{ key: 'r', rings: [square(0, 0, 10, 10), square(2, 2, 8, 10)] }], box).get('r');
  assert.ok(!(ring[0] > 2 && ring[0] < 8 && ring[1] > 2), `${ring}`);
  const half = placeLabels([{ key: 'h', rings: [square(5, -20, 40, 30)] }], box).get('h');
  assert.ok(half[0] > 5 && half[0] < 10 && half[1] > 0 && half[1] < 10);
});

test('a zone too thin for a name has none', () => {
  assert.equal(placeLabels([{ key: 't', rings: [square(5, 5, 5.05, 5.05)] }], box).size, 0);
});

test('the graticule takes round steps and says them plainly', () => {
  assert.equal(gridStep(360 / 512), 30);
  assert.equal(gridStep(0.0007), 10 / 60);
  assert.equal(gridLabel(113.5, 'lng'), '113°30′E');
  assert.equal(gridLabel(38, 'lat'), '38°N');
  assert.equal(gridLabel(-12.5 - 30 / 3600, 'lat'), '12°30′30″S');
  const { features } = graticule({ west: 113.2, south: 37.6, east: 113.9, north: 38.2 }, 0.0007, true);
  const texts = features.flatMap((f) => f.properties.text ?? []);
  assert.deepEqual(texts, ['113°20′E', '113°30′E', '113°40′E', '113°50′E', '37°40′N', '37°50′N', '38°N', '38°10′N']);
});
