import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLAG_COLOR, FLAGS } from '../src/flags.js';
import { DESK, deskLayers } from '../src/map/desk-layers.js';
import { drawnBy, opacitiesOf, styleOf } from '../src/map/style.js';
import { MARKS, PATTERNS } from '../src/map/symbols.js';

const DECLARED = ['hatch', 'wide_hatch', 'cross_hatch', 'dots', 'cross_dots', 'wave', 'dashed', 'solid', 'thick', 'hairline'];

const layer = (id, geometry, pattern, order, extra = {}) => ({
  id, zh: id, en: id, geometry, description_zh: '', description_en: '', order, style: { color: '#B3261E', pattern, opacity: 0.18 },
  grades: {}, basis: [], fields: [], count: 1, has_data: true, tiles: `/collections/${id}/tiles/WebMercatorQuad/{z}/{y}/{x}`,
  bounds: [113, 37, 114, 38], ...extra,
});
const layers = [
  layer('well', 'point', 'solid', 200),
  ...DECLARED.map((p, i) => layer(`zone_${p}`, 'polygon', p, 20 + DECLARED.length - i)),
  layer('district', 'polygon', 'hairline', 1, { style: { color: '#5B6B7B', pattern: 'hairline', opacity: 0 } }),
  layer('empty', 'polygon', 'dots', 50, { has_data: false, bounds: null }),
];
const address = (path) => `http://test${path}`;
const all = { visible: {}, opacity: {}, flags: [] };

test('the style is valid by the MapLibre specification, for every pattern', () => {
  for (const choices of [all, { visible: { well: false }, opacity: { zone_hatch: 0.4 }, flags: ['close', 'clear'] }]) {
    assert.deepEqual(validateStyleMin(styleOf(layers, choices, address)), []);
  }
});

test('so are the layers of the drawing desk', () => {
  const desk = { version: /** @type {const} */ (8), sources: { [DESK]: { type: /** @type {const} */ ('geojson'), data: { type: 'FeatureCollection', features: [] } } }, layers: deskLayers() };
  assert.deepEqual(validateStyleMin(/** @type {any} */ (desk)), []);
});

test('nothing comes from elsewhere', () => {
  const style = styleOf(layers, all, address);
  assert.equal(style.glyphs, undefined);
  assert.equal(style.sprite, undefined);
  const urls = JSON.stringify(style).match(/https?:\/\/[^"]+/g);
  assert.ok(urls.every((u) => u.startsWith('http://test/collections/')));
});

test('zones lie in their declared order, wells above them, a layer without data is not drawn', () => {
  const ids = styleOf(layers, all, address).layers.map((l) => l.id);
  const zones = layers.filter((l) => l.geometry === 'polygon' && l.has_data).sort((a, b) => a.order - b.order);
  const at = zones.map((l) => ids.indexOf(`${l.id}/line`));
  assert.deepEqual(at, [...at].sort((a, b) => a - b));
  assert.ok(ids.indexOf('well/mark') > Math.max(...at));
  assert.ok(!ids.some((id) => id.startsWith('empty/')));
});

test('hidden, faint and filtered layers are so from the first frame', () => {
  const style = styleOf(layers, { visible: { zone_dots: false }, opacity: { zone_solid: 0 }, flags: ['close'] }, address);
  const of = (id) => style.layers.find((l) => l.id === id);
  assert.equal(of('zone_dots/fill').layout.visibility, 'none');
  assert.equal(of('zone_solid/line').paint['line-opacity'], 0);
  assert.deepEqual(of('well/mark').filter, ['in', ['get', 'flag'], ['literal', ['close']]]);
  // counts too: of the chosen finding only, in its colour
  const chosen = ['coalesce', ['get', 'close'], 0];
  assert.deepEqual(of('well/count').filter, ['>', ['+', chosen], 0]);
  assert.deepEqual(of('well/count').paint['circle-color'].slice(0, 3), ['case', ['>', chosen, 0], FLAG_COLOR.close]);
});

test('every source layer of the service has its style layer, at the zooms it is served for', () => {
  const style = styleOf(layers, all, address);
  const drawn = (id) => style.layers.filter((l) => l['source-layer'] === id).map((l) => [l.type, l.minzoom ?? 0, l.maxzoom ?? 24]);
  assert.deepEqual(drawn('well_count'), [['circle', 0, 10]]);
  assert.ok(drawn('well').every(([, low]) => low >= 10));
  assert.ok(drawn('zone_solid').some(([type, low, high]) => type === 'line' && low === 0 && high === 12));
  assert.ok(drawn('zone_solid_outline').every(([type, low]) => type === 'line' && low === 12));
  assert.deepEqual(drawn('zone_solid_point'), [['circle', 0, 24]]);
});

test('every style layer of a layer has an opacity, and no other', () => {
  for (const l of layers) assert.deepEqual(opacitiesOf(l, 0.5).map(([id]) => id).sort(), drawnBy(l).sort());
});

test('every finding has a mark of its own shape and colour; every pattern is known', () => {
  assert.equal(new Set(FLAGS.map((f) => JSON.stringify(MARKS[f]))).size, FLAGS.length);
  assert.equal(new Set(FLAGS.map((f) => FLAG_COLOR[f])).size, FLAGS.length);
  const inOutline = ['dashed', 'solid', 'thick', 'hairline'];
  for (const p of DECLARED) assert.ok(p in PATTERNS || inOutline.includes(p), p);
});
