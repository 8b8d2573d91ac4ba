import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyCoords } from '../src/coords.js';
import { gcj02, waysTo } from '../src/navigation.js';

const metres = ([a, b], [c, d]) => Math.hypot((a - c) * 111_320 * Math.cos((b * Math.PI) / 180), (b - d) * 110_950);

test('the places that test the published formula come out within a metre', () => {
  // github.com/googollee/eviltransform: Shanghai, Shenzhen, Beijing
  for (const [from, to] of [
    [[121.5272106, 31.1774276], [121.531541859215, 31.17530398364597]],
    [[113.912316, 22.543847], [113.9171764808363, 22.540796131694766]],
    [[116.377817, 39.911954], [116.38404722455657, 39.91334545536069]],
  ]) {
    assert.ok(metres(gcj02(from), to) < 1, `${gcj02(from)} ≠ ${to}`);
  }
});

test('in Shanxi a place moves by some hundreds of metres, outside China by none', () => {
  const moved = metres(gcj02([113.58, 37.86]), [113.58, 37.86]);
  assert.ok(moved > 100 && moved < 1000, String(moved));
  for (const at of [[2.35, 48.85], [-98.5, 38.5], [151.2, -33.9], [139.7, 35.7]]) assert.deepEqual(gcj02(at), at);
});

test('what goes to a Chinese map is shifted and says so; the geo address and what is copied are not', () => {
  const at = [113.58, 37.86];
  const ways = Object.fromEntries(waysTo(at, 'SL D/1').map((way) => [way.key, way]));
  const [lng, lat] = gcj02(at).map((n) => n.toFixed(6));
  assert.ok(ways.amap.href.includes(`to=${lng},${lat},SL%20D%2F1&`));
  assert.ok(ways.tencent.href.includes(`tocoord=${lat},${lng}`));
  assert.ok(ways.baidu.href.includes(`location=${lat},${lng}&`) && ways.baidu.href.includes('coord_type=gcj02'));
  assert.deepEqual(Object.values(ways).map((way) => way.shifted), [true, true, true, false]);
  assert.equal(ways.geo.href, 'geo:37.8600000,113.5800000?q=37.8600000,113.5800000(SL%20D%2F1)');
  assert.ok(copyCoords(at).includes('113.58') && copyCoords(at).includes('37.86'));
  assert.deepEqual(waysTo([2.35, 48.85], 'W').map((way) => way.shifted), [false, false, false, false]);
});
