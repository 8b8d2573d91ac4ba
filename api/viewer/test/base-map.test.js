import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnByBase, over } from '../src/base.js';
import { styleOf } from '../src/map/style.js';

const layer = (id, order, opacity) => ({
  id, zh: id, en: id, geometry: /** @type {const} */ ('polygon'), description_zh: '', description_en: '', order, style: { color: '#B3261E', pattern: 'solid', opacity },
  grades: {}, basis: [], fields: [], count: 1, has_data: true, tiles: `/collections/${id}/tiles`, bounds: [113, 37, 114, 38],
});

test('a base map lies over the wash of the ground and under every line and zone', () => {
  const style = styleOf(/** @type {any} */ ([layer('district', 1, 0), layer('zone', 20, 0.2)]), { visible: {}, opacity: {}, flags: [] }, (p) => `http://test${p}`);
  const ids = style.layers.map((l) => l.id);
  const at = ids.indexOf(/** @type {string} */ (over(ids)));
  assert.deepEqual(ids.slice(0, at), ['paper', 'district/fill']);
  assert.ok(at < ids.indexOf('zone/fill'));
});

test('the names of a base map are drawn after it, and the next goes under the same layer', () => {
  const base = { id: 'img', zh: '', en: '', tiles: ['/a', '/b'], max_zoom: 18, attribution: '' };
  assert.deepEqual(drawnByBase(base), ['base/img', 'base/img/1']);
  assert.equal(over(['paper', 'd/fill', 'base/img', 'd/line']), 'd/line');
});
