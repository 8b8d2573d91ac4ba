import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDrawn, sees } from '../src/sight.js';
import { styleOf } from '../src/map/style.js';

const me = (areas, counts) => ({ sight: { areas, counts } });
const well = { id: 'well', geometry: 'point', has_data: false, order: 9, style: { color: '#000000', pattern: 'solid', opacity: 1 }, tiles: 'well/{z}' };
const styled = (choices) => styleOf([well], { visible: {}, opacity: {}, flags: [], ...choices }, (path) => path);

test('what is seen of wells: all, some, counts or none', () => {
  assert.equal(sees(me([''], true)), 'all');
  assert.equal(sees(me(['140302'], true)), 'some');
  assert.equal(sees(me([], true)), 'counts');
  assert.equal(sees(me([], false)), 'none');
});

test('counted wells are drawn though none is told by itself', () => {
  assert.ok(isDrawn(well, me([], true)));
  assert.ok(!isDrawn(well, me([], false)));
});

test('counts are stretched from zoom 9 up to whatever zoom; single wells take over from zoom 10 where they are seen', () => {
  const counted = styled({ me: me([], true) });
  assert.equal(counted.sources.well.maxzoom, 9);
  assert.equal(counted.layers.find((l) => l.id === 'well/count').maxzoom, undefined);
  const seen = styled({ me: me(['1403'], true) });
  assert.equal(seen.sources.well.maxzoom, 16);
  assert.equal(seen.layers.find((l) => l.id === 'well/count').maxzoom, 10);
});

test('the day is asked of every tile', () => {
  const on = styled({ me: me([''], true), on: '2024-06-30' });
  assert.deepEqual(on.sources.well.tiles, ['well/{z}?datetime=2024-06-30']);
});
