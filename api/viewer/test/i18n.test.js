import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));
const read = (path) => readFileSync(join(src, path), 'utf8');
const zh = JSON.parse(read('i18n/zh-CN.json'));
const en = JSON.parse(read('i18n/en.json'));
const code = readdirSync(src, { recursive: true })
  .filter((f) => String(f).endsWith('.js'))
  .map((f) => read(String(f)))
  .join('\n');

test('both languages have the same keys', () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
});

test('no words are blank, and each pair takes the same blanks', () => {
  const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
  for (const key of Object.keys(zh)) {
    assert.ok(zh[key].trim() && en[key].trim(), key);
    assert.deepEqual(blanks(en[key]), blanks(zh[key]), key);
  }
});

test('every key the code names exists', () => {
  for (const [, key] of code.matchAll(/\bt\(\s*'([\w.]+)'/g)) assert.ok(key in zh, key);
});

test('every key is used', () => {
  const built = /^(flag|wind|unit|outcome|role|tool|snap|fault|wrong|policy|impact|corners)\./; // t(`flag.${flag}`)
  for (const key of Object.keys(zh)) assert.ok(built.test(key) || code.includes(`'${key}'`), key);
});
