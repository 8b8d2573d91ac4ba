import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTurning, shareOf, spanOf, toDay, toNumber, yearTicks } from '../src/day-scale.js';
import { formatLink, isDay, parseLink } from '../src/permalink.js';

const turning = [
  { on: '2015-05-01', begins: 2, ends: 0 },
  { on: '2023-03-01', begins: 0, ends: 1 },
  { on: '2030-01-01', begins: 1, ends: 0 },
];

test('a day is the same number in every time zone, across leap days', () => {
  for (const day of ['1970-01-01', '2000-02-29', '2024-12-31', '2100-03-01']) assert.equal(toDay(toNumber(day)), day);
  assert.equal(toNumber('2024-03-01') - toNumber('2024-02-28'), 2);
});

test('the slider holds every change, today, and what is decided for the future', () => {
  const span = spanOf(turning, '2026-11-30');
  assert.equal(toDay(span.from), '2014-01-01');
  assert.equal(toDay(span.to), '2030-01-02');
  assert.equal(toDay(spanOf([], '2026-11-30').to), '2027-12-31');
  for (const { on } of turning) assert.ok(shareOf(toNumber(on), span) > 0 && shareOf(toNumber(on), span) < 1);
});

test('from change to change', () => {
  assert.equal(nextTurning(turning, '2023-03-01', -1), '2015-05-01');
  assert.equal(nextTurning(turning, '2023-03-01', 1), '2030-01-01');
  assert.equal(nextTurning(turning, '2015-05-01', -1), null);
});

test('years are written a handful at a time', () => {
  const ticks = yearTicks(spanOf(turning, '2026-11-30'));
  assert.ok(ticks.length >= 4 && ticks.length <= 8);
});

test('a link carries the day, and only a day of the calendar', () => {
  assert.match(formatLink({ day: '2024-06-30' }), /d=2024-06-30/);
  assert.equal(parseLink('#d=2024-02-29').day, '2024-02-29');
  for (const bad of ['2023-02-29', '2024-13-01', '2024-6-30', 'soon']) assert.equal(parseLink(`#d=${bad}`).day, undefined);
  assert.ok(!isDay(''));
});
