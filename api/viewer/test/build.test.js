import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../../static/viewer', import.meta.url));
const skip = existsSync(join(out, 'precache.json')) ? false : 'not built';
const read = (name) => readFileSync(join(out, name), 'utf8');

test('the first load is at most 650 KB gzipped', { skip }, () => {
  const precache = JSON.parse(read('precache.json'));
  assert.ok(precache.first_load_gzip <= 650 * 1024, `${precache.first_load_gzip}`);
});

test('the page is safe under a strict policy: no inline script, no inline style, nothing from elsewhere', { skip }, () => {
  const html = read('index.html');
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)/);
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
  assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//);
});

test('every file the page names is there, and so are the licences', { skip }, () => {
  const names = [...read('index.html').matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((m) => m[1]);
  assert.ok(names.length >= 4);
  for (const name of names) assert.ok(existsSync(join(out, name)), name);
  assert.match(read('LICENSES.txt'), /maplibre-gl 6/);
  assert.match(read('LICENSES.txt'), /^lit 3/m);
});
