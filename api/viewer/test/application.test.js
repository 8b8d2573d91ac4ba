import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange, bare, bareFields, bodyOf, fieldsOf, fits, parseAmount, queryOf } from '../src/application.js';

// as a register's declaration says it (gis_app/layer.py)
const SCHEMA = {
  properties: {
    code: { type: 'string', title: '编号', description: '编号 · code' },
    kind: { type: 'string', title: '申请类型', description: '申请类型 · kind', enum: ['new', 'increase'], 'x-labels': { new: { zh: '新建', en: 'new well' }, increase: { zh: '增加取水量', en: 'increase' } } },
    self_supply: { type: ['boolean', 'null'], title: '是否自备取水设施', description: '是否自备取水设施 · self-supplied' },
    applied_on: { type: ['string', 'null'], format: 'date', title: '申请日期', description: '申请日期 · applied on' },
    depth_m: { type: ['number', 'null'], title: '设计井深（米）', description: '设计井深（米） · planned depth', minimum: 0, maximum: 6000, 'x-unit': 'm' },
    annual_m3: { type: ['number', 'null'], title: '申请年取水量（立方米）', description: '申请年取水量（立方米） · volume applied for a year', minimum: 0, 'x-unit': 'm3' },
    held_m3: { type: ['number', 'null'], title: '现许可年取水量（立方米）', description: '现许可年取水量（立方米） · volume permitted now', 'x-unit': 'm3' },
    product: { type: ['string', 'null'], title: '产品', description: '产品 · product' },
  },
};
const names = (fields) => fields.map((f) => f.name);

test('the form follows the declaration, without what only the office enters', () => {
  const fields = fieldsOf(SCHEMA);
  assert.deepEqual(names(fields), ['kind', 'self_supply', 'depth_m', 'annual_m3', 'held_m3', 'product', 'on']);
  assert.deepEqual(fields.map((f) => f.kind), ['choice', 'boolean', 'number', 'number', 'number', 'text', 'date']);
  assert.deepEqual(fields[2], { name: 'depth_m', kind: 'number', zh: '设计井深（米）', en: 'planned depth', unit: 'm', minimum: 0, maximum: 6000 });
  assert.equal(bare(fields[2].zh), '设计井深');
  assert.deepEqual(Object.keys(fields[0].choices), ['new', 'increase']);
});

test('few fields first; a volume held is asked of whoever may hold one', () => {
  const fields = fieldsOf(SCHEMA);
  assert.deepEqual(names(arrange(fields, { kind: 'new' }).first), ['kind', 'annual_m3', 'depth_m', 'self_supply']);
  assert.deepEqual(names(arrange(fields, { kind: 'increase' }).first), ['kind', 'annual_m3', 'held_m3', 'depth_m', 'self_supply']);
  assert.deepEqual(names(arrange(fields, {}).more), ['product', 'on']);
});

test('without a declaration the basics can still be asked', () => {
  const use = { name: 'use', zh: '用途', en: 'use', kind: 'choice', unit: null, choices: { industry: { zh: '工业', en: 'industry' } } };
  assert.deepEqual(names(bareFields([use])), ['kind', 'use', 'annual_m3', 'depth_m', 'self_supply']);
  assert.deepEqual(names(bareFields([])), ['kind', 'annual_m3', 'depth_m', 'self_supply']);
});

test('amounts are read as people write them, and nonsense is no amount', () => {
  for (const text of ['12000', '12,000', '1.2万', '１２，０００', ' 12 000 ', '0.00012亿']) assert.equal(parseAmount(text), 12000, text);
  assert.equal(parseAmount('0'), 0);
  assert.equal(parseAmount('.5'), 0.5);
  for (const text of ['', '很多', '1e9', '12.', '1-2', '12 吨', '1.2.3']) assert.equal(parseAmount(text), null, text);
  assert.ok(fits(6000, { minimum: 0, maximum: 6000 }) && !fits(6001, { minimum: 0, maximum: 6000 }) && !fits(-1, { minimum: 0 }));
});

test('a blank is left out, a no is not', () => {
  const body = bodyOf([113.5799179123, 37.9], { kind: 'increase', annual_m3: 0, self_supply: false, use: undefined, product: '' });
  assert.deepEqual(body, { geometry: { type: 'Point', coordinates: [113.5799179, 37.9] }, kind: 'increase', annual_m3: 0, self_supply: false });
  assert.deepEqual(queryOf(body), { lon: '113.5799179', lat: '37.9', kind: 'increase', annual_m3: '0', self_supply: 'false' });
});

test('how well the device knows its place is said, unless the reader says better', () => {
  assert.equal(bodyOf([1, 2], { kind: 'new' }, 12.3).position_accuracy_m, 13);
  assert.equal(bodyOf([1, 2], { kind: 'new', position_accuracy_m: 2 }, 12.3).position_accuracy_m, 2);
});
