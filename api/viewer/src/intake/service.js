// The imports of the service, as the page uses them.
import { address, api, get, request } from '../api.js';
import { partsOf } from './asked.js';

/**
 * @typedef {import('./asked.js').Read} Read
 * @typedef {{code:string, level:'refuse'|'warn'|'info', zh:string, en:string, row:number|null, column:string|null, value:string|null, label:string|null}} Fault
 * @typedef {{code:string, level:Fault['level'], times:number, rows:number, column:string|null, zh:string, en:string, examples:string[]}} FaultGroup
 * @typedef {{rows:number, refused:number, known:number, new:number, warned:number, file_refused:number, crs?:string,
 *   problems:FaultGroup[], read?:Read, inserted?:number, changed?:number, deleted?:number, restored?:number, withdrawn?:number, kept?:number}} Report
 * @typedef {{batch_id:number, layer:string, file_name:string, state:'preview'|'committed'|'undone'|'discarded', options:Record<string, any>,
 *   report:Report, actor:string, created_at:string, committed_at:string|null}} Batch
 * @typedef {{type:'FeatureCollection', bbox?:[number,number,number,number], features:any[], numberMatched:number, numberReturned:number}} Shapes
 */

/** @param {number} id @param {string} step @param {object} body @returns {Promise<Batch>} */
const step = (id, step, body) =>
  request(address(`imports/${id}/${step}`), { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });

export const imports = {
  /** @param {File} file @param {import('./asked.js').Asked} asked @returns {Promise<Batch>} */
  preview(file, asked) {
    const form = new FormData();
    form.append('file', file, file.name);
    for (const [name, value] of partsOf(asked)) form.append(name, value);
    return request(address('imports'), { method: 'POST', body: form });
  },
  /** @returns {Promise<{imports: Batch[]}>} */
  recent: () => get('imports', { limit: 10 }),
  /** @param {number} id @returns {Promise<Batch>} */
  one: (id) => get(`imports/${id}`),
  /** @param {number} id @param {number} limit @returns {Promise<{problems: Fault[]}>} */
  faults: (id, limit) => get(`imports/${id}/problems`, { limit }),
  /** @param {number} id @returns {Promise<Shapes>} */
  shapes: (id) => get(`imports/${id}/shapes`),
  /** @param {number} id @param {{skip_refused:boolean, reason?:string}} body */
  commit: (id, body) => step(id, 'commit', body),
  /** @param {number} id @param {boolean} keep_changed  what others have changed since stays */
  undo: (id, keep_changed) => step(id, 'undo', { keep_changed }),
  /** @param {number} id */
  discard: (id) => step(id, 'discard', {}),
  /** Where a layer's or register's fields are told. @param {string} id */
  schema: (id) => api.schema(id),
  /** @returns {Promise<{collections: {id:string, title:string}[]}>} */
  collections: () => get('collections'),
  /** @param {number} id @param {string} suffix */
  refusedRows: (id, suffix) => address(`imports/${id}/refused.${suffix}`),
};
