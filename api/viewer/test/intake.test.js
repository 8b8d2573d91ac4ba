import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedOf, fieldsByHeader, fixed, forLayer, mapped, NOTHING, partsOf } from '../src/intake/asked.js';
import { packed, Unpackable } from '../src/intake/pack.js';

const READ = /** @type {any} */ ({
  headers: ['编号', '名称', '备注', '经度', '纬度'],
  columns: { code: '编号', name: '名称' },
  coordinates: { lon: '经度', lat: '纬度' },
});

test('each header has the field that the service took it for', () => {
  assert.deepEqual(fieldsByHeader(READ, NOTHING), { 编号: 'code', 名称: 'name', 经度: 'lon', 纬度: 'lat' });
});

test('a header given to another field leaves its old one empty, and only what was said is sent', () => {
  const asked = mapped(READ, NOTHING, '备注', 'name');
  assert.deepEqual(asked.map, { name: '备注' });
  assert.deepEqual(fieldsByHeader(READ, asked), { 编号: 'code', 备注: 'name', 经度: 'lon', 纬度: 'lat' });
  const none = mapped(READ, NOTHING, '编号', '');
  assert.deepEqual(partsOf(none), [['map', 'code=']]);
  assert.equal(fieldsByHeader(READ, none).编号, undefined);
  const swapped = mapped(READ, NOTHING, '编号', 'name');
  assert.deepEqual(partsOf(swapped), [['map', 'code='], ['map', 'name=编号']]);
});

test('a value for all rows takes the place of a column, and gives it back', () => {
  const asked = fixed(mapped(READ, NOTHING, '备注', 'name'), 'name', '示例');
  assert.deepEqual([asked.map, asked.set], [{}, { name: '示例' }]);
  assert.equal(fieldsByHeader(READ, asked).名称, undefined);
  assert.equal(fieldsByHeader(READ, fixed(asked, 'name', null)).名称, 'name');
  assert.deepEqual(mapped(READ, asked, '名称', 'name').set, {});
  assert.deepEqual(partsOf(fixed(NOTHING, 'valid_from', ' ')), []);
});

test('what was said is told as the service takes it, and read back from a batch', () => {
  const asked = { ...NOTHING, layer: 'well', crs: ' EPSG:4526 ', encoding: 'gb18030', set: { use: 'industry' }, update: true, repair: true };
  assert.deepEqual(partsOf(asked), [['layer', 'well'], ['crs', 'EPSG:4526'], ['encoding', 'gb18030'], ['set', 'use=industry'], ['repair', 'true'], ['update', 'code']]);
  const options = { layer: 'well', source_layer: null, mapping: { name: '' }, constants: { use: 'industry' }, crs: 'EPSG:4526', encoding: null, repair: false, anywhere: true, update: 'code' };
  assert.deepEqual(partsOf(askedOf(options)), [['layer', 'well'], ['crs', 'EPSG:4526'], ['map', 'name='], ['set', 'use=industry'], ['anywhere', 'true'], ['update', 'code']]);
  assert.deepEqual(forLayer(asked, 'permit').set, {});
});

const file = (name) => new File([name], name);

test('the parts of a shapefile become one zip; anything else goes as it is, alone', async () => {
  const one = await packed([file('井.csv')]);
  assert.equal(one.name, '井.csv');
  const zip = await packed(['区.shp', '区.shx', '区.dbf', '区.prj', '区.shp.xml'].map(file));
  assert.equal(zip.name, '区.zip');
  const head = new Uint8Array(await zip.arrayBuffer()).slice(0, 4);
  assert.deepEqual([...head], [0x50, 0x4b, 3, 4]);
});

test('what cannot be one import is refused with what is missing or too much', async () => {
  const refused = (names, code, what) =>
    assert.rejects(packed(names.map(file)), (e) => e instanceof Unpackable && e.code === code && e.what === what);
  await refused(['a.csv', 'b.csv'], 'several', 'a.csv、b.csv');
  await refused(['a.shp', 'b.dbf'], 'several', 'a.shp、b.dbf');
  await refused(['a.shp', 'a.shx', 'a.dbf', 'x.csv'], 'several', 'a.shp、a.shx、a.dbf、x.csv');
  await refused(['a.shp', 'a.prj'], 'parts', '.shx .dbf');
});
