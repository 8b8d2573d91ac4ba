import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPoints, around, cancelPen, changed, desk, dropPoint, movable, shapesOf, sheetOf, subjectArea, unsaved } from '../src/edit/desk.js';
import { undo } from '../src/edit/history.js';
import { keptOf, restored } from '../src/edit/keep.js';
import { absorb, addTraced, clipOff, clipTo, deleteSpot, districtsOf, finish, fromTable, insertAfter, meeting, moveSpot } from '../src/edit/reshape.js';

const box = (w, s, e, n) => [[[[w, s], [e, s], [e, n], [w, n], [w, s]]]];
const zone = (layer, id, base, name = String(id)) => ({ layer, id, version: 1, status: 'approved', name, base, properties: { name } });
const WEST = box(113.5, 37.8, 113.6, 37.9);
const EAST = box(113.6, 37.8, 113.7, 37.9);

/** A zone in hand, its neighbour to the east, and the district round both. */
function given() {
  const d = desk({ draft: 'x', layer: 'unit', subject: 'unit/1', zone: zone('unit', 1, WEST, '西区'), form: { name: '西区' }, tool: 'edit' });
  return around(d, { 'unit/2': zone('unit', 2, EAST, '东区'), 'district/9': zone('district', 9, box(113.5, 37.8, 113.7, 37.9), '县') });
}
const fresh = () => desk({ draft: 'y', layer: 'unit', subject: 'new/1', zone: { ...zone('unit', 0, []), id: null, version: null, status: 'draft' }, form: {}, tool: 'draw' });

test('a ring is drawn corner by corner, taken back, cancelled, finished', () => {
  let d = addPoints(addPoints(fresh(), [[113.5, 37.8]]), [[113.6, 37.8]]);
  assert.equal(finish(d).refused, 'desk.refused.ring');
  d = dropPoint(d);
  assert.equal(sheetOf(d).pen?.points.length, 1);
  assert.equal(sheetOf(cancelPen(d)).pen, null);
  d = addPoints(addPoints(d, [[113.6, 37.8]]), [[113.6, 37.9]]);
  const done = finish(d).desk;
  assert.equal(subjectArea(done)[0][0].length, 4);
  assert.equal(sheetOf(done).pen, null);
  assert.equal(sheetOf({ ...done, history: undo(done.history) }).pen?.points.length, 3);
});

test('moving a shared corner is one step that changes both zones and never the district', () => {
  const d = given();
  const moved = moveSpot(d, { key: 'unit/1', polygon: 0, ring: 0, index: 1 }, [113.61, 37.81]);
  assert.equal(moved.history.steps.length, d.history.steps.length + 1);
  assert.deepEqual(changed(moved), ['unit/1', 'unit/2']);
  assert.equal(shapesOf(moved)['district/9'], d.zones['district/9'].base);
  const back = { ...moved, history: undo(moved.history) };
  assert.equal(shapesOf(back)['unit/1'], WEST);
  assert.equal(shapesOf(back)['unit/2'], EAST);
  assert.deepEqual(changed(back), ['unit/1']);
});

test('unlinked, a corner is inserted, moved and removed in the zone in hand alone', () => {
  const d = { ...given(), linked: false };
  const spot = { key: 'unit/1', polygon: 0, ring: 0, index: 1 };
  const more = insertAfter(d, spot, [113.6, 37.85]);
  assert.equal(shapesOf(more)['unit/1'][0][0].length, 6);
  assert.equal(shapesOf(more)['unit/2'], EAST);
  assert.deepEqual(more.spot, { ...spot, index: 2 });
  const less = deleteSpot(more, { ...spot, index: 2 }).desk;
  assert.deepEqual(shapesOf(less)['unit/1'], WEST);
});

test('a split gives new drafts and corners to the neighbour on the cut border', () => {
  let d = { ...given(), tool: /** @type {const} */ ('split') };
  d = addPoints(d, [[113.49, 37.84], [113.65, 37.84]]);
  const { desk: cut } = finish(d);
  assert.deepEqual(changed(cut).sort(), ['new/1', 'unit/1', 'unit/2']);
  assert.equal(cut.zones['new/1'].id, null);
  assert.equal(cut.zones['new/1'].properties.code, null);
  assert.ok(shapesOf(cut)['unit/2'][0][0].some((p) => String(p) === '113.6,37.84'));
  assert.equal(finish(addPoints({ ...given(), tool: 'split' }, [[113.51, 37.84], [113.52, 37.84]])).refused, 'desk.refused.notCrossing');
});

test('a neighbour merged in is gone from the desk until it is undone', () => {
  const { desk: d } = absorb(given(), 'unit/2');
  assert.deepEqual(sheetOf(d).gone, ['unit/2']);
  assert.ok(!('unit/2' in shapesOf(d)));
  assert.ok(!movable(d).includes('unit/2'));
  assert.ok('unit/2' in shapesOf({ ...d, history: undo(d.history) }));
  assert.equal(absorb(given(), 'district/9').refused, 'desk.refused.otherLayer');
});

test('overlaps are found and clipped off, or all but them', () => {
  const d = fromTable(given(), [[[113.55, 37.8], [113.65, 37.8], [113.65, 37.9], [113.55, 37.9]]]);
  assert.deepEqual(meeting(d).map((m) => [m.key, m.fixed]).sort(), [['district/9', true], ['unit/2', false]]);
  assert.deepEqual(meeting(clipOff(d, 'unit/2').desk).map((m) => m.key), ['district/9']);
  const kept = clipTo(d, 'unit/2').desk;
  assert.ok(subjectArea(kept).flat(2).every(([x]) => x >= 113.6));
  assert.equal(clipOff(fromTable(d, [[[113.61, 37.81], [113.62, 37.81], [113.62, 37.82]]]), 'unit/2').refused, 'desk.refused.nothingLeft');
});

test('tracing puts the border between down, and says when there is none', () => {
  let d = addPoints(fresh(), [[113.6, 37.85]]);
  d = addTraced(d, [113.7, 37.88], EAST[0][0], false).desk;
  assert.deepEqual(sheetOf(d).pen?.points.length, 4);
  assert.equal(addTraced(d, [113.9, 38], EAST[0][0], false).refused, 'desk.refused.trace');
});

test('what is kept on this machine restores the desk as it stood, unsaved', () => {
  const d = moveSpot(given(), { key: 'unit/1', polygon: 0, ring: 0, index: 1 }, [113.61, 37.81]);
  const kept = JSON.parse(JSON.stringify(keptOf(d, '2026-11-30T00:00:00Z')));
  assert.ok(!('district/9' in kept.zones));
  const back = restored(kept);
  assert.deepEqual(shapesOf(back)['unit/1'], shapesOf(d)['unit/1']);
  assert.deepEqual(changed(back), ['unit/1', 'unit/2']);
  assert.ok(unsaved(back));
  assert.ok(!unsaved(given()));
  assert.ok(unsaved({ ...given(), form: { name: '改名' } }));
});

test('zones read later never undo what is being done', () => {
  const d = moveSpot(given(), { key: 'unit/1', polygon: 0, ring: 0, index: 1 }, [113.61, 37.81]);
  const more = around(d, { 'unit/2': zone('unit', 2, box(0, 0, 1, 1)), 'unit/3': zone('unit', 3, box(0, 0, 1, 1)) });
  assert.equal(shapesOf(more)['unit/2'], shapesOf(d)['unit/2']);
  assert.ok('unit/3' in shapesOf(more));
});

test('a zone lies in the districts that have a code', () => {
  const d = given();
  assert.deepEqual(districtsOf(d), []);
  const district = { ...d.zones['district/9'], properties: { area_code: '140302' } };
  assert.deepEqual(districtsOf({ ...d, zones: { ...d.zones, 'district/9': district } }), [{ code: '140302', name: '县' }]);
});
