// The form of a zone, from what the layer declares. Pure: tested without a page.

/**
 * @typedef {{name:string, zh:string, en:string, kind:'choice'|'boolean'|'date'|'number'|'text', unit:string|null, required:boolean,
 *   choices?:Record<string, {zh:string, en:string}>, minimum?:number, maximum?:number}} FormField
 * @typedef {Record<string, any>} Values
 * @typedef {{name:string, code:'required'|'number'|'range'|'date'}} Wrong
 */

/** Decided by the life of a version, not by who draws. */
const NOT_ASKED = new Set(['law_status', 'geometry']);
/** Asked first, in this order. */
const FIRST = ['name', 'grade', 'code', 'area_code', 'instrument', 'clause', 'authority', 'valid_from'];

/** @param {any} schema the collection's JSON Schema @returns {FormField[]} */
export function formOf(schema) {
  const required = new Set(schema?.required ?? []);
  const all = Object.entries(schema?.properties ?? {}).filter(([name, p]) => !NOT_ASKED.has(name) && !(/** @type {any} */ (p).readOnly));
  const rank = (/** @type {string} */ name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return all.map(([name, p]) => fieldOf(name, p, required.has(name))).sort((a, b) => rank(a.name) - rank(b.name));
}

/** @param {string} name @param {any} p @param {boolean} required @returns {FormField} */
function fieldOf(name, p, required) {
  const types = [p.type].flat();
  const number = types.includes('number') || types.includes('integer');
  const kind = p['x-labels'] ? 'choice' : types.includes('boolean') ? 'boolean' : p.format === 'date' ? 'date' : number ? 'number' : 'text';
  const [zh, en] = String(p.description ?? '').split(' · ');
  return {
    name, kind, required, zh: p.title ?? zh ?? name, en: en ?? p.title ?? name, unit: p['x-unit'] ?? null,
    ...(p['x-labels'] ? { choices: p['x-labels'] } : {}),
    ...(p.minimum === undefined ? {} : { minimum: p.minimum }),
    ...(p.maximum === undefined ? {} : { maximum: p.maximum }),
  };
}

/** A value as it was typed, as it is sent: a blank is null. @param {FormField} field @param {string} text */
export function valueOf(field, text) {
  const clean = text.trim();
  if (!clean) return null;
  if (field.kind === 'boolean') return clean === 'true';
  const n = Number(clean.normalize('NFKC').replace(/,/g, ''));
  return field.kind === 'number' && Number.isFinite(n) ? n : clean;
}

/** What would be refused. @param {FormField[]} fields @param {Values} values @returns {Wrong[]} */
export const wrongs = (fields, values) =>
  fields.flatMap((field) => {
    const code = wrong(field, values[field.name] ?? null);
    return code ? [{ name: field.name, code }] : [];
  });

/** @param {FormField} field @param {any} value @returns {Wrong['code']|null} */
function wrong({ kind, required, minimum = -Infinity, maximum = Infinity }, value) {
  if (value === null || value === '') return required ? 'required' : null;
  if (kind === 'number' && typeof value !== 'number') return 'number';
  if (kind === 'number' && (value < minimum || value > maximum)) return 'range';
  return kind === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value) ? 'date' : null;
}
