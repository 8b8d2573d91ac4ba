// What the service answers about accounts and tokens.
import { get, write } from '../api.js';

/**
 * @typedef {import('../store.js').Grant} Grant
 * @typedef {{token_id:number, label:string, roles:string[], area:string, created_at:string, ends_at:string|null,
 *   used_at:string|null, revoked_at:string|null}} Token
 * @typedef {{name:string, full_name:string|null, must_change:boolean, created_at:string, created_by:string,
 *   disabled:boolean, grants:Grant[]}} Account
 */

const one = (/** @type {string} */ name) => `accounts/${encodeURIComponent(name)}`;

export const routes = {
  /** @returns {Promise<Token[]>} */
  tokens: async () => (await get('me/tokens')).tokens,
  /** @param {{label:string, roles:string[], area:string, days:number|null}} wanted @returns {Promise<{token:string}>} */
  makeToken: (wanted) => write('POST', 'me/tokens', wanted),
  /** @param {number} id */
  takeToken: (id) => write('DELETE', `me/tokens/${id}`),
  /** @returns {Promise<Account[]>} */
  accounts: async () => (await get('accounts')).accounts,
  /** @param {{name:string, full_name:string|null, grants:Grant[]}} wanted @returns {Promise<{name:string, password:string}>} */
  create: (wanted) => write('POST', 'accounts', wanted),
  /** @param {string} name @param {Grant} given */
  grant: (name, given) => write('PUT', `${one(name)}/grants`, given),
  /** @param {string} name @param {Grant} taken */
  revoke: (name, { role, area }) => write('DELETE', `${one(name)}/grants/${role}?area=${encodeURIComponent(area)}`),
  /** @param {string} name @param {boolean} disabled */
  disable: (name, disabled) => write('PATCH', one(name), { disabled }),
  /** @param {string} name @returns {Promise<{name:string, password:string}>} */
  reset: (name) => write('POST', `${one(name)}/password`),
  /** Divisions with a code. @returns {Promise<{code:string, name:string}[]>} */
  districts: async () => {
    const found = await get('collections/district/items', { limit: 1000, properties: 'name,area_code', skipGeometry: 'true' });
    return found.features.map((/** @type {any} */ f) => ({ code: String(f.properties.area_code ?? f.properties.code ?? ''), name: String(f.properties.name ?? '') }));
  },
};
