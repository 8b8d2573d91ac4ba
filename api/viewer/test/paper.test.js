import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leg } from '../src/measure/geodesic.js';
import { barOf, fittingScale, PX, SCALES, sheetOf, zoomOf } from '../src/print/paper.js';

const SHEETS = ['A4', 'A3'].flatMap((paper) => [true, false].map((lying) => [paper, lying, sheetOf(paper, lying)]));

/** Where a pixel of a Web Mercator map lies. */
function unproject(center, zoom, dx, dy) {
  const world = 512 * 2 ** zoom;
  const y0 = Math.log(Math.tan(Math.PI / 4 + (center[1] * Math.PI) / 360));
  const y = y0 - (dy * 2 * Math.PI) / world;
  return [center[0] + (dx * 360) / world, ((2 * Math.atan(Math.exp(y)) - Math.PI / 2) * 180) / Math.PI];
}

test('a centimetre on paper is as much ground as the scale says, both ways, within half a per cent', () => {
  for (const lat of [18, 37.9, 53]) {
    for (const scale of SCALES) {
      const zoom = zoomOf(scale, lat);
      const half = 5 * PX;
      for (const [dx, dy] of [[half, 0], [0, half]]) {
        const { m } = leg(unproject([113.6, lat], zoom, -dx, -dy), unproject([113.6, lat], zoom, dx, dy));
        assert.ok(Math.abs(m / ((scale * 10) / 1000) - 1) < 0.005, `${lat} ${scale} ${m}`);
      }
    }
  }
});

test('a scale bar is a round length that fits', () => {
  for (const scale of SCALES) {
    const { metres, mm } = barOf(scale);
    assert.ok(mm >= 30 && mm <= 75, `${scale} ${mm}`);
    assert.match(String(metres), /^[1245]0+$/);
    assert.ok(Math.abs((mm / 1000) * scale - metres) < 1e-6);
  }
});

test('every sheet holds its map', () => {
  for (const [paper, lying, s] of SHEETS) {
    assert.equal(s.w > s.h, lying);
    assert.ok(s.map.w > 100 && s.map.h > 100 && s.map.w < s.w && s.map.h < s.h, `${paper} ${lying}`);
  }
});

test('the scale is the largest at which the screen still fits on the sheet', () => {
  const across = 1000;
  for (const scale of SCALES) assert.equal(fittingScale(zoomOf(scale, 38), 38, across, across / PX + 0.001), scale);
  assert.equal(fittingScale(2, 38, across, 200), 500000);
});
