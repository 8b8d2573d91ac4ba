import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearing, circle, destination, distance, distanceParts, scaleBar, wind } from '../src/geo.js';

test('distance and bearing agree with the geodesic of GeographicLib', () => {
  // geod.inv(113.58, 37.9, 113.60, 37.92) on GRS80
  const d = distance([113.58, 37.9], [113.6, 37.92]);
  assert.ok(Math.abs(d / 2832.189 - 1) < 0.005, `${d}`);
  assert.ok(Math.abs(bearing([113.58, 37.9], [113.6, 37.92]) - 38.3832) < 0.3);
});

test('a circle lies at its distance and closes', () => {
  const ring = circle([113.58, 37.9], 1000);
  assert.deepEqual(ring[0], ring.at(-1));
  for (const at of ring) assert.ok(Math.abs(distance([113.58, 37.9], at) - 1000) < 0.01);
  const [lng, lat] = destination([113.58, 37.9], 500, 90);
  assert.ok(lng > 113.58 && Math.abs(lat - 37.9) < 1e-4);
});

test('winds', () => {
  assert.deepEqual([0, 44, 90, 200, 359.9, -90].map(wind), ['n', 'ne', 'e', 's', 'n', 'w']);
});

test('distances are said with sensible digits', () => {
  const said = (m) => Object.values(distanceParts(m)).join(' ');
  assert.equal(said(0), '0 0 m');
  assert.equal(said(0.4), '0.4 1 m');
  assert.equal(said(8.44), '8.4 1 m');
  assert.equal(said(9.96), '10 0 m');
  assert.equal(said(311.7), '312 0 m');
  assert.equal(said(-311.7), '312 0 m');
  assert.equal(said(999.6), '1 2 km');
  assert.equal(said(1254), '1.25 2 km');
  assert.equal(said(9996), '10 1 km');
  assert.equal(said(12345), '12.3 1 km');
});

test('a scale bar is round and fits', () => {
  for (const mpp of [0.3, 1, 7.7, 38.2, 611, 4891]) {
    const { metres, pixels } = scaleBar(mpp, 110);
    assert.ok(pixels <= 110 && pixels > 110 / 2.6, `${mpp}: ${pixels}`);
    assert.match(String(metres), /^[125]0*$/);
  }
});
