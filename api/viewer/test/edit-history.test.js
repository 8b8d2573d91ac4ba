import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, canRedo, canUndo, current, jump, record, redo, undo } from '../src/edit/history.js';

const done = (...states) => states.reduce((h, s) => record(h, /** @type {any} */ (`step.${s}`), s), begin(/** @type {any} */ ('start'), 'a'));

test('undo and redo go through whole steps, there and back', () => {
  let h = done('b', 'c');
  assert.equal(current(h), 'c');
  h = undo(undo(h));
  assert.equal(current(h), 'a');
  assert.ok(!canUndo(h) && canRedo(h));
  assert.equal(current(undo(h)), 'a');
  assert.equal(current(redo(redo(redo(h)))), 'c');
});

test('a new gesture forgets what had been undone', () => {
  const h = record(undo(done('b', 'c')), /** @type {any} */ ('d'), 'd');
  assert.deepEqual(h.steps.map((s) => s.state), ['a', 'b', 'd']);
  assert.ok(!canRedo(h));
});

test('a gesture that changed nothing is no step', () => {
  const h = done('b');
  assert.equal(record(h, /** @type {any} */ ('x'), 'b'), h);
});

test('any step of the list can be returned to', () => {
  const h = jump(done('b', 'c', 'd'), 1);
  assert.equal(current(h), 'b');
  assert.equal(current(jump(h, 3)), 'd');
  assert.equal(jump(h, 9), h);
});

test('a long history keeps its start and its latest steps', () => {
  const h = done(...Array.from({ length: 900 }, (_, i) => `s${i}`));
  assert.equal(h.steps.length, 500);
  assert.equal(h.steps[0].state, 'a');
  assert.equal(current(h), 's899');
});
