import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaOf, crosses, leg, legsOf, lengthOf, mu } from '../src/measure/geodesic.js';

const near = (value, wanted, share) => assert.ok(Math.abs(value - wanted) <= Math.abs(wanted) * share, `${value} ${wanted}`);
const SQUARE_M2 = 97686666.45171356;
const SQUARE = [[113.5, 37.8], [113.6, 37.8], [113.6, 37.9], [113.5, 37.9]];

test('a meridian and an equator degree are as long as geodesy says', () => {
  near(leg([113, 0], [114, 0]).m, 111319.4908, 1e-9); // a × π/180
  near(leg([113, 0], [113, 90]).m, 10001965.729, 1e-9); // GRS 80 quadrant
});

test('a bearing is clockwise from north', () => {
  near(leg([113, 37], [114, 37]).deg, 89.7, 0.001);
  assert.equal(leg([113, 37], [113, 36]).deg, 180);
  near(leg([113, 37], [112, 37]).deg, 270.3, 0.001);
});

test('legs add up, and an area is that of PostGIS for geography', () => {
  assert.equal(legsOf(SQUARE).length, 3);
  assert.equal(lengthOf(SQUARE), legsOf(SQUARE).reduce((sum, each) => sum + each.m, 0));
  // select st_area(st_geomfromtext('POLYGON((…))', 4490)::geography)
  near(areaOf(SQUARE).area_m2, SQUARE_M2, 1e-6);
  near(areaOf([...SQUARE].reverse()).area_m2, SQUARE_M2, 1e-6);
  assert.equal(mu(2000), 3);
});

test('a bow tie has no area', () => {
  assert.ok(!crosses(SQUARE));
  assert.ok(crosses([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]));
});
