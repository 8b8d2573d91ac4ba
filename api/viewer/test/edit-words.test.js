import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formOf, valueOf, wrongs } from '../src/edit/form.js';
import { alsoUnknown, amounts, marksOf } from '../src/edit/impact.js';

test('what the registers cannot say is never a nought', () => {
  const told = amounts({ on: '2026-11-30', permits: 0, permitted_m3: null, reported_m3: 12, people: 0, unknown: ['people', 'price'] });
  const by = Object.fromEntries(told.map((a) => [a.name, a.value]));
  assert.deepEqual(by, { permits: 0, permitted_m3: null, reported_m3: 12, people: null, without_replacement: null });
  assert.deepEqual(alsoUnknown({ on: '', unknown: ['people', 'price'] }), ['price']);
});

test('overlaps that are not allowed, gaps, slivers and faults are drawn where they are', () => {
  const geometry = { type: 'Polygon', coordinates: [] };
  const remedy = { zh: '', en: '' };
  const marks = marksOf({
    on: '',
    overlaps: [{ layer: 'b', zone_id: 2, version: 1, name: '', policy: 'allowed', area_m2: 1, geometry }, { layer: 'a', zone_id: 1, version: 1, name: '', policy: 'forbidden', area_m2: 1, geometry }],
    gaps: [{ area_m2: 1, geometry, remedy }],
    slivers: [{ area_m2: 1, geometry: null, remedy }],
    problems: [{ code: 'x', zh: '', en: '', place: [1, 2] }, { code: 'y', zh: '', en: '', place: null }],
  });
  assert.deepEqual(marks.map((m) => m.properties?.role), ['overlap', 'gap', 'fault']);
  assert.deepEqual(marksOf(undefined), []);
});

const schema = {
  required: ['name'],
  properties: {
    code: { type: ['string', 'null'], title: '编号', description: '编号 · code' },
    grade: { type: ['string', 'null'], title: '级别', description: '级别 · grade', 'x-labels': { level_1: { zh: '一级', en: 'level 1' } } },
    name: { type: 'string', title: '名称', description: '名称 · name' },
    law_status: { type: 'string' },
    boundary_accuracy_m: { type: ['number', 'null'], minimum: 0, maximum: 10000, 'x-unit': 'm', title: '边界精度（米）', description: '边界精度（米） · boundary accuracy' },
    valid_from: { type: ['string', 'null'], format: 'date', title: '生效日期', description: '生效日期 · in force from' },
    version: { type: 'integer', readOnly: true },
    geometry: { format: 'geometry-polygon-or-multipolygon' },
  },
};

test('the form asks what the layer declares, the name first, and nothing the service finds', () => {
  const fields = formOf(schema);
  assert.deepEqual(fields.map((f) => [f.name, f.kind]), [['name', 'text'], ['grade', 'choice'], ['code', 'text'], ['valid_from', 'date'], ['boundary_accuracy_m', 'number']]);
  assert.equal(fields[1].en, 'grade');
  assert.equal(fields[4].unit, 'm');
});

test('what would be refused is said before it is sent', () => {
  const fields = formOf(schema);
  assert.deepEqual(wrongs(fields, {}), [{ name: 'name', code: 'required' }]);
  assert.deepEqual(wrongs(fields, { name: '甲', boundary_accuracy_m: 20000, valid_from: '2026' }).map((w) => w.code), ['date', 'range']);
  assert.deepEqual(wrongs(fields, { name: '甲', boundary_accuracy_m: '十' }).map((w) => w.code), ['number']);
  assert.deepEqual(wrongs(fields, { name: '甲', boundary_accuracy_m: 10, valid_from: '2026-12-01' }), []);
});

test('a blank is null, a number is a number, full-width or grouped', () => {
  const number = formOf(schema)[4];
  assert.equal(valueOf(number, ' '), null);
  assert.equal(valueOf(number, '１,０００'), 1000);
  assert.equal(valueOf(number, '十'), '十');
});
