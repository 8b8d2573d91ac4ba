// What the reader says of a file, and what of it the columns become. Pure: tested without a page.

/**
 * @typedef {object} Asked
 * @property {string} layer      '': to be guessed
 * @property {string} source_layer
 * @property {string} crs
 * @property {string} encoding
 * @property {Record<string, string>} map   field → header; '' takes none
 * @property {Record<string, string>} set   field → value for all rows
 * @property {boolean} repair
 * @property {boolean} anywhere
 * @property {boolean} update
 *
 * @typedef {{columns:Record<string,string>, coordinates:Record<string,string>, headers:string[], layer_guessed:boolean, format:string,
 *   source_layer:string, other_layers:string[], encoding:string, encoding_by:'told'|'found', crs_by:'told'|'file'|'assumed',
 *   law_status:Record<string, number>}} Read
 */

/** Fields that tell where a row lies, beside those of the layer. */
export const PLACES = /** @type {const} */ (['lon', 'lat', 'easting', 'northing', 'wkt']);

/** @type {Asked} */
export const NOTHING = { layer: '', source_layer: '', crs: '', encoding: '', map: {}, set: {}, repair: false, anywhere: false, update: false };

/** What a batch was asked with, to go on from. @param {Record<string, any>} options @returns {Asked} */
export const askedOf = (options) => ({
  ...NOTHING,
  layer: options.layer ?? '',
  source_layer: options.source_layer ?? '',
  crs: options.crs ?? '',
  encoding: options.encoding ?? '',
  map: { ...options.mapping },
  set: { ...options.constants },
  repair: Boolean(options.repair),
  anywhere: Boolean(options.anywhere),
  update: Boolean(options.update),
});

/** The parts of the form that is sent. @param {Asked} asked @returns {[string, string][]} */
export function partsOf(asked) {
  /** @type {[string, string][]} */
  const parts = [];
  for (const name of /** @type {const} */ (['layer', 'source_layer', 'crs', 'encoding'])) {
    if (asked[name].trim()) parts.push([name, asked[name].trim()]);
  }
  for (const name of /** @type {const} */ (['map', 'set'])) {
    for (const [field, value] of Object.entries(asked[name])) {
      if (name === 'map' || value.trim()) parts.push([name, `${field}=${value.trim()}`]);
    }
  }
  if (asked.repair) parts.push(['repair', 'true']);
  if (asked.anywhere) parts.push(['anywhere', 'true']);
  if (asked.update) parts.push(['update', 'code']);
  return parts;
}

/** The field of each header, as the service took them and as has been said since. @param {Read} read @param {Asked} asked @returns {Record<string, string>} */
export function fieldsByHeader(read, asked) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const [field, header] of Object.entries({ ...read.coordinates, ...read.columns, ...asked.map })) {
    if (header && !(field in asked.set)) found[header] = field;
  }
  return found;
}

/** A header is to feed another field ('': none). @param {Read} read @param {Asked} asked @param {string} header @param {string} field @returns {Asked} */
export function mapped(read, asked, header, field) {
  const before = fieldsByHeader(read, asked)[header];
  const map = { ...asked.map };
  const set = { ...asked.set };
  if (before && before !== field) {
    if (before in read.coordinates) delete map[before];
    else map[before] = '';
  }
  if (field) {
    map[field] = header;
    delete set[field];
  }
  return { ...asked, map, set };
}

/** A field has one value in all rows, or (null) is taken from the file again. @param {Asked} asked @param {string} field @param {string|null} value @returns {Asked} */
export function fixed(asked, field, value) {
  const set = { ...asked.set };
  const map = { ...asked.map };
  delete set[field];
  if (value !== null) {
    set[field] = value;
    delete map[field];
  }
  return { ...asked, map, set };
}

/** Another layer has other fields: what was said of the old ones is dropped. @param {Asked} asked @param {string} layer @returns {Asked} */
export const forLayer = (asked, layer) => ({ ...asked, layer, map: {}, set: {} });
