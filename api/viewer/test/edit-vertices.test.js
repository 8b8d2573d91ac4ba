import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, cornerOf, meridianOf, parseTable, zoneOf } from '../src/edit/vertices.js';

const AT = /** @type {[number, number]} */ ([113.57, 37.85]);
const close = (a, b) => assert.ok(a && Math.abs(a[0] - b[0]) < 2e-8 && Math.abs(a[1] - b[1]) < 2e-8, `${a} ≉ ${b}`);

test('each notation is read back as the place it was written from', () => {
  for (const system of /** @type {const} */ (['dec', 'dms', 'gk3', 'gk6'])) {
    for (const prefix of [true, false]) {
      const meridian = system === 'gk6' ? meridianOf(AT[0], 'gk6') : meridianOf(AT[0], 'gk3');
      const [first, second] = cellsOf(AT, { system, prefix, meridian });
      close(cornerOf(first, second, meridian), AT);
    }
  }
});

test('northings and eastings are those of PROJ (EPSG:4526, 4497, 4547)', () => {
  const of = (/** @type {any} */ how) => cellsOf(AT, how).map(Number);
  assert.deepEqual(of({ system: 'gk3', prefix: true, meridian: 114 }), [4190935.899, 38462155.154]);
  assert.deepEqual(of({ system: 'gk6', prefix: true, meridian: 111 }), [4193962.878, 19726207.347]);
  assert.deepEqual(of({ system: 'gk3', prefix: false, meridian: 114 }), [4190935.899, 462155.154]);
});

test('zones and meridians are those of the standard', () => {
  assert.deepEqual([meridianOf(113.57, 'gk3'), zoneOf(114, 'gk3')], [114, 38]);
  assert.deepEqual([meridianOf(113.57, 'gk6'), zoneOf(111, 'gk6')], [111, 19]);
  assert.deepEqual([meridianOf(112.4, 'gk3'), zoneOf(111, 'gk3')], [111, 37]);
});

test('a table from Excel: heading, point numbers, X before Y, with zone number', () => {
  const lines = ['点号\tX坐标(m)\tY坐标(m)'];
  const ring = /** @type {[number, number][]} */ ([[113.5, 37.8], [113.6, 37.8], [113.6, 37.9]]);
  ring.forEach((p, i) => lines.push(`J${i + 1}\t${cellsOf(p, { system: 'gk3', prefix: true, meridian: 114 }).join('\t')}`));
  const read = parseTable(lines.join('\r\n'), null);
  assert.deepEqual(read.unread, []);
  assert.equal(read.system, 'gk3');
  assert.ok(read.prefix);
  assert.equal(read.meridian, 114);
  ring.forEach((p, i) => close(read.rings[0][i], p));
});

test('6-degree zones are told by their number; plain eastings need a meridian', () => {
  const [x, y] = cellsOf(AT, { system: 'gk6', prefix: true, meridian: 111 });
  assert.match(y, /^19\d{6}\./);
  const read = parseTable(`1,${x},${y}`, null);
  assert.equal(read.system, 'gk6');
  close(read.rings[0][0], AT);
  const plain = cellsOf(AT, { system: 'gk3', prefix: false, meridian: 114 }).join(' ');
  assert.equal(parseTable(plain, null).unread.length, 1);
  close(parseTable(plain, 114).rings[0][0], AT);
});

test('degrees, minutes and seconds in every hand', () => {
  for (const line of ['113°34′12.0″\t37°51′00″', '113°34\'12"E, 37°51\'0"N', '37°51′00″N,113°34′12″E', '东经113度34分12秒，北纬37度51分0秒', '1\t113 34 12\t37 51 0', '113.57 37.85', '37.85，113.57', '１１３.５７，３７.８５']) {
    const read = parseTable(line, null);
    close(read.rings[0]?.[0], AT);
  }
});

test('the ring number of a land table makes holes, and a closing line is dropped', () => {
  const read = parseTable('[地块坐标]\nJ1,1,0,10\nJ2,1,9,10\nJ3,1,9,20\nJ1,1,0,10\nJ4,2,1,11\nJ5,2,2,11\nJ6,2,2,12', null);
  assert.deepEqual(read.rings.map((r) => r.length), [3, 3]);
});

test('a line that names no place is told with its number', () => {
  const read = parseTable('113.5,37.8\n共计 3 点\n113.6,37.8\n113°75′00″ 37°00′00″', null);
  assert.deepEqual(read.unread.map((u) => u.line), [2, 4]);
  assert.equal(read.rings[0].length, 2);
});
