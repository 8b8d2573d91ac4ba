// What was dropped, as the one file that is sent: the parts of a shapefile go together in a zip.
import { zipSync } from 'fflate';

const PARTS = /\.(shp|shx|dbf|prj|cpg|qix|sbn|sbx)$/i;
const NEEDED = ['.shp', '.shx', '.dbf'];

/** A set of files that cannot be one import. */
export class Unpackable extends Error {
  /** @param {'several'|'parts'} code @param {string} what the names it is about */
  constructor(code, what) {
    super(code);
    this.code = code;
    this.what = what;
  }
}

/** Ends with one file; @throws {Unpackable} @param {File[]} files @returns {Promise<File>} */
export async function packed(files) {
  const parts = files.filter((f) => PARTS.test(f.name));
  if (!parts.length && files.length === 1) return files[0];
  const stems = new Set(files.map((f) => f.name.replace(/(\.shp)?\.[^.]+$/i, '').toLowerCase()));
  if (!parts.length || parts.length < files.filter((f) => !/\.xml$/i.test(f.name)).length || stems.size > 1) {
    throw new Unpackable('several', files.map((f) => f.name).join('、'));
  }
  const there = parts.map((f) => f.name.slice(-4).toLowerCase());
  const missing = NEEDED.filter((suffix) => !there.includes(suffix));
  if (missing.length) throw new Unpackable('parts', missing.join(' '));
  /** @type {Record<string, Uint8Array>} */
  const content = {};
  for (const part of parts) content[part.name] = new Uint8Array(await part.arrayBuffer());
  const name = `${parts[0].name.replace(/\.[^.]+$/, '')}.zip`;
  return new File([/** @type {BlobPart} */ (zipSync(content, { level: 1 }))], name, { type: 'application/zip' });
}
