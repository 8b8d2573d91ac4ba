// What a pre-check asks, from the schema the service declares, and what is sent of the answers.
// Pure: tested without a page.

/**
 * @typedef {import('./api.js').FieldInfo & {minimum?:number, maximum?:number}} AskField
 * @typedef {Record<string, string|number|boolean|undefined>} Answers
 * @typedef {{geometry:{type:'Point', coordinates:[number,number]}, [name:string]:any}} Body
 */

/** Asked first, in this order; all else lies under “more”. */
const FIRST = ['kind', 'use', 'industry_class', 'annual_m3', 'held_m3', 'depth_m', 'self_supply'];
/** What the register keeps of an application and a pre-check does not ask. */
const KEPT = ['code', 'name', 'applicant', 'applied_on', 'decided_on', 'area_code', 'remark'];

/** @type {AskField} */
const DAY = { name: 'on', zh: '按哪一天的法律', en: 'law of the day', kind: 'date', unit: null };

/** The fields of a JSON Schema made from a register's declaration. @param {any} schema @returns {AskField[]} */
export function fieldsOf(schema) {
  const asked = Object.entries(schema?.properties ?? {}).filter(([name]) => !KEPT.includes(name));
  return [...asked.map(([name, p]) => fieldOf(name, p)), DAY];
}

/** @param {string} name @param {any} p @returns {AskField} */
function fieldOf(name, p) {
  const types = [p.type].flat();
  const kind = p['x-labels'] ? 'choice' : types.includes('boolean') ? 'boolean' : p.format === 'date' ? 'date' : types.includes('number') || types.includes('integer') ? 'number' : 'text';
  const [zh, en] = String(p.description ?? '').split(' · ');
  return {
    name, kind, zh: p.title ?? zh ?? name, en: en ?? p.title ?? name, unit: p['x-unit'] ?? null,
    ...(p['x-labels'] ? { choices: p['x-labels'] } : {}),
    ...(p.minimum === undefined ? {} : { minimum: p.minimum }),
    ...(p.maximum === undefined ? {} : { maximum: p.maximum }),
  };
}

/** What can be asked when the service does not say: no vocabulary but the wells' own. @param {import('./api.js').FieldInfo[]} wellFields @returns {AskField[]} */
export function bareFields(wellFields) {
  const use = wellFields.find((f) => f.name === 'use');
  return [
    { name: 'kind', zh: '申请类型', en: 'kind', kind: 'choice', unit: null, choices: { new: { zh: '新建', en: 'new well' } } },
    ...(use ? [{ ...use, zh: '取水用途', en: 'use' }] : []),
    { name: 'annual_m3', zh: '申请年取水量', en: 'volume applied for a year', kind: 'number', unit: 'm3', minimum: 0 },
    { name: 'depth_m', zh: '设计井深', en: 'planned depth', kind: 'number', unit: 'm', minimum: 0 },
    { name: 'self_supply', zh: '是否自备取水设施', en: 'self-supplied', kind: 'boolean', unit: null },
  ];
}

/** Few fields first; a volume held already is asked of whoever may hold one. @param {AskField[]} fields @param {Answers} answers */
export function arrange(fields, answers) {
  const held = answers.kind !== undefined && answers.kind !== 'new';
  const names = FIRST.filter((name) => name !== 'held_m3' || held);
  const first = names.flatMap((name) => fields.find((f) => f.name === name) ?? []);
  return { first, more: fields.filter((f) => !FIRST.includes(f.name)) };
}

/** What the register calls a field, without the unit in brackets. @param {string} label */
export const bare = (label) => label.replace(/（[^（）]*）$/, '');

/**
 * A number as people write it: `12,000`, `1.2万`, full-width digits. Null when it is none.
 * @param {string} text
 */
export function parseAmount(text) {
  const clean = text.normalize('NFKC').replace(/[,\s]/g, '');
  const found = /^([+-]?\d+(?:\.\d+)?|\.\d+)(万|亿)?$/.exec(clean);
  if (!found) return null;
  const scale = found[2] === '万' ? 1e4 : found[2] === '亿' ? 1e8 : 1;
  return Number((Number(found[1]) * scale).toPrecision(12));
}

/** Is a number within what a field takes? @param {number} n @param {AskField} field */
export const fits = (n, field) => n >= (field.minimum ?? -Infinity) && n <= (field.maximum ?? Infinity);

/** What is sent: a blank is left out, for a blank is *cannot be known*. @param {[number,number]} at @param {Answers} answers @param {number} [accuracy_m] of the device that found the place @returns {Body} */
export function bodyOf(at, answers, accuracy_m) {
  const said = Object.entries(answers).filter(([, value]) => value !== undefined && value !== '');
  const accuracy = accuracy_m === undefined ? {} : { position_accuracy_m: Math.ceil(accuracy_m) };
  return { geometry: { type: 'Point', coordinates: [round(at[0]), round(at[1])] }, kind: 'new', ...accuracy, ...Object.fromEntries(said) };
}

const round = (/** @type {number} */ degrees) => Number(degrees.toFixed(7));

/** The same as the query of the printable page. @param {Body} body @returns {Record<string, string>} */
export function queryOf({ geometry, ...rest }) {
  const [lon, lat] = geometry.coordinates;
  return Object.fromEntries(Object.entries({ lon, lat, ...rest }).map(([name, value]) => [name, String(value)]));
}
