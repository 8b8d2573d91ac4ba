// Builds the viewer into ../static/viewer.
//
//   node build.mjs                build (writes precache.json last, so a half build never counts)
//   node build.mjs --if-changed   build only when precache.json was made of other sources
//   node build.mjs --watch        rebuild on change, with source maps
//
// The worker is bundled apart: MapLibre 6 starts it from a real URL, so that `worker-src 'self'`
// is enough. The map is a chunk of its own: the panel stands before the map has loaded.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static', 'viewer');
const target = ['chrome86'];

/** All files below a folder, as posix paths relative to `here`, sorted. @param {string} dir */
async function filesUnder(dir) {
  const entries = await readdir(join(here, dir), { withFileTypes: true, recursive: true });
  return entries
    .filter((e) => e.isFile())
    .map((e) => relative(here, join(e.parentPath, e.name)).split(sep).join('/'))
    .sort();
}

/** SHA-256 over `path NUL bytes NUL` of every source, paths sorted (bytewise, posix). */
export async function sourceHash() {
  const paths = ['build.mjs', 'package.json', 'package-lock.json', ...(await filesUnder('src'))];
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    hash.update(path + '\0');
    hash.update(await readFile(join(here, path)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

async function builtHash() {
  try {
    return JSON.parse(await readFile(join(out, 'precache.json'), 'utf8')).sources;
  } catch {
    return '';
  }
}

/** Licence texts of every package that ended up in the bundle. @param {string[]} inputs */
async function licences(inputs) {
  const packages = new Set(
    inputs.flatMap((path) => {
      const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
      return found ? [found[1]] : [];
    }),
  );
  const parts = [];
  for (const name of [...packages].sort()) {
    const dir = join(here, 'node_modules', name);
    const about = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
    const file = (await readdir(dir)).find((f) => /^(licen[cs]e|copying)/i.test(f));
    const text = file ? await readFile(join(dir, file), 'utf8') : `(${about.license})`;
    parts.push(`${name} ${about.version} · ${about.license}\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * The scripts a page needs before it can be used: those of the entries and what they import. What is
 * fetched on demand (the drawing desk) is not among them.
 * @param {import('esbuild').Metafile} metafile @param {string[]} entries
 */
function firstLoad(metafile, entries) {
  const waiting = Object.keys(metafile.outputs).filter((path) => entries.includes(metafile.outputs[path].entryPoint ?? ''));
  const found = new Set(waiting);
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    for (const { path: next, kind } of metafile.outputs[path].imports) {
      if (kind !== 'import-statement' || found.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return new Set([...found].map((path) => basename(path)));
}

async function build({ watch = false } = {}) {
  const { build: bundle } = await import('esbuild');
  const sources = await sourceHash();
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });

  const shared = /** @type {import('esbuild').BuildOptions} */ ({
    bundle: true,
    format: 'esm',
    target,
    minify: !watch,
    sourcemap: watch ? 'linked' : false,
    metafile: true,
    absWorkingDir: here,
    outdir: fresh,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const worker = await bundle({
    ...shared,
    inject: ['src/polyfill.js'],
    entryPoints: { 'maplibre-worker': 'maplibre-gl/dist/maplibre-gl-worker.mjs' },
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
  });
  const workerFile = Object.keys(worker.metafile.outputs).map((p) => basename(p)).find((f) => f.endsWith('.mjs'));
  const app = await bundle({
    ...shared,
    splitting: true,
    inject: ['src/polyfill.js'],
    entryPoints: { app: 'src/app.js', style: 'src/style.css' },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    define: { __WORKER__: JSON.stringify(`./${workerFile}`) },
    // The element checks of Lit and the development build of nothing else: production only.
    conditions: watch ? ['development'] : ['production'],
  });

  // no module and nothing injected: an old browser would stop at the first word of either
  const old = await bundle({ ...shared, format: 'iife', target: 'es5', entryPoints: { old: 'src/old.js' }, entryNames: '[name]-[hash]' });

  const outputs = { ...app.metafile.outputs, ...old.metafile.outputs };
  /** @param {string} entry */
  const made = (entry) => {
    const found = Object.entries(outputs).find(([, o]) => o.entryPoint === entry);
    if (!found) throw new Error(`no output for ${entry}`);
    return basename(found[0]);
  };
  const names = { app: made('src/app.js'), style: made('src/style.css'), old: made('src/old.js') };
  const mapEntry = Object.entries(app.metafile.outputs).find(([, o]) => o.entryPoint === 'src/map/map.js');
  let html = await readFile(join(here, 'src', 'index.html'), 'utf8');
  html = html
    .replaceAll('%APP%', names.app)
    .replaceAll('%STYLE%', names.style)
    .replaceAll('%OLD%', names.old)
    .replaceAll('%MAP%', mapEntry ? basename(mapEntry[0]) : names.app);
  await writeFile(join(fresh, 'index.html'), html);
  await cp(join(here, 'src', 'icon.svg'), join(fresh, 'icon.svg'));
  await writeFile(
    join(fresh, 'LICENSES.txt'),
    await licences([...Object.keys(worker.metafile.inputs), ...Object.keys(app.metafile.inputs)]),
  );

  const files = [];
  for (const name of (await readdir(fresh)).sort()) {
    if (name.endsWith('.map')) continue;
    const bytes = await readFile(join(fresh, name));
    files.push({ name, bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });
  }
  const early = firstLoad(app.metafile, ['src/app.js', 'src/map/map.js']);
  const first = files.filter((f) => f.name === workerFile || f.name === names.style || f.name === names.old || f.name === 'index.html' || early.has(f.name));
  const precache = { sources, entry: names, first_load_gzip: first.reduce((n, f) => n + f.gzip, 0), files };
  await writeFile(join(fresh, 'precache.json'), JSON.stringify(precache, null, 1) + '\n');

  await rm(out, { recursive: true, force: true });
  await mkdir(dirname(out), { recursive: true });
  await rename(fresh, out);
  const kb = (/** @type {number} */ n) => `${(n / 1024).toFixed(0)} KB`;
  for (const f of files) console.log(`${f.name.padEnd(34)} ${kb(f.bytes).padStart(8)} ${kb(f.gzip).padStart(8)} gz`);
  console.log(`first load ${kb(precache.first_load_gzip)} gzipped → ${relative(process.cwd(), out) || '.'}`);
}

async function main() {
  const argument = process.argv[2];
  if (argument === '--if-changed' && (await builtHash()) === (await sourceHash())) {
    console.log('viewer: up to date');
    return;
  }
  if (!existsSync(join(here, 'node_modules', 'esbuild'))) {
    console.error('viewer: run `npm ci --ignore-scripts` in api/viewer first');
    process.exit(1);
  }
  await build({ watch: argument === '--watch' });
  if (argument !== '--watch') return;
  const { watch } = await import('node:fs/promises');
  let timer = /** @type {NodeJS.Timeout | undefined} */ (undefined);
  for await (const _ of watch(join(here, 'src'), { recursive: true })) {
    clearTimeout(timer);
    timer = setTimeout(() => build({ watch: true }).catch((e) => console.error(e.message)), 80);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
