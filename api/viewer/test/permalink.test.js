import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLink, parseLink } from '../src/permalink.js';

const there = (link) => assert.deepEqual(parseLink(formatLink(link)), link);

test('a link survives the round trip', () => {
  there({
    camera: { zoom: 11.5, lat: 37.9, lng: 113.6 },
    layers: { well: 1, prohibited_zone: 0.6 },
    flags: ['close', 'indeterminate'],
    sel: { kind: 'well', code: '示例/井 1号:A&B=C#%' },
  });
  there({ sel: { kind: 'zone', layer: 'spring_domain', id: '42' } });
  there({ sel: { kind: 'precheck', lng: 113.58, lat: 37.9 } });
  there({ camera: { zoom: 3, lat: -12.34567, lng: -70.5 }, sel: { kind: 'near', lng: 113.58, lat: 37.9, within_m: 3000 } });
});

test('it reads as announced', () => {
  const link = { camera: { zoom: 11.5, lat: 37.9, lng: 113.6 }, layers: { well: 1, prohibited_zone: 0.6 }, sel: { kind: 'well', code: 'SL-1' } };
  assert.equal(formatLink(link), '#11.50/37.90000/113.60000&l=well,prohibited_zone:60&sel=well:SL-1');
});

test('no layers drawn is not the same as nothing said', () => {
  assert.deepEqual(parseLink('#l='), { layers: {} });
  assert.deepEqual(parseLink(''), {});
});

test('nonsense is left out, never thrown', () => {
  assert.deepEqual(parseLink('#99/95/200&sel=well:&x=1'), { sel: undefined });
  assert.deepEqual(parseLink('#sel=near:113.5:abc:1000'), { sel: undefined });
  assert.deepEqual(parseLink('#sel=precheck::37.9'), { sel: undefined });
  assert.deepEqual(parseLink('#sel=precheck:113.5:97'), { sel: undefined });
  assert.deepEqual(parseLink('#f=%E0%A4%A'), { flags: ['%E0%A4%A'] });
});
