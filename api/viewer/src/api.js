// The service, as the viewer uses it. Same origin; errors are RFC 9457 problems in two languages.

/**
 * @typedef {{title:string, clause:string, quote:string}} Basis
 * @typedef {{name:string, zh:string, en:string, kind:string, unit:string|null, tile?:boolean,
 *   choices?:Record<string,{zh:string,en:string}>}} FieldInfo
 * @typedef {object} LayerInfo
 * @property {string} id
 * @property {string} zh
 * @property {string} en
 * @property {'polygon'|'point'} geometry
 * @property {string} description_zh
 * @property {string} description_en
 * @property {number} order
 * @property {{color:string, pattern:string, opacity:number}} style
 * @property {Record<string,{zh:string,en:string}>} grades
 * @property {Basis[]} basis
 * @property {FieldInfo[]} fields
 * @property {number} count
 * @property {boolean} has_data
 * @property {string} tiles
 * @property {[number,number,number,number]|null} bounds
 *
 * @typedef {object} City
 * @property {LayerInfo[]} layers
 * @property {import('./rasters.js').RasterInfo[]} [rasters]
 * @property {string} title_zh
 * @property {string} title_en
 * @property {boolean} synthetic
 * @property {import('./base.js').Basemap[]} basemaps  beside the blank one
 * @property {string} map_approval  审图号
 * @property {string} legal_day
 * @property {{run_id:number, on:string, finished_at:string}|null} last_audit
 * @property {Record<string, number>|null} flags  null: no wells are shown
 *
 * @typedef {object} Finding
 * @property {string} rule
 * @property {string} instrument
 * @property {string} instrument_zh
 * @property {string} instrument_en
 * @property {string} number
 * @property {string} tier_zh
 * @property {string} tier
 * @property {string} clause
 * @property {string} quote
 * @property {'applies'|'indeterminate'|'exempt'} answer
 * @property {string} answer_zh
 * @property {string} answer_en
 * @property {string} verdict
 * @property {string} verdict_zh
 * @property {string} verdict_en
 * @property {string|null} layer
 * @property {string|null} layer_zh
 * @property {string} [layer_en]
 * @property {number|string|null} zone_id
 * @property {number|null} zone_version
 * @property {string|null} zone_name
 * @property {number|null} edge_m
 * @property {number|null} tolerance_m
 * @property {{name:string, zh:string, en:string}[]} missing
 * @property {any} exemption
 * @property {{id:string, zh:string, en:string, clause:string, holds:boolean|null, answer_zh:string, answer_en:string, because_zh:string, because_en:string}[]} [examined]
 * @property {Record<string, any>} inputs
 * @property {{name:string, zh:string, en:string, value_zh:string, value_en:string, decides:boolean}[]} [facts]
 * @property {string|null} since
 * @property {string} sentence_zh
 * @property {string} sentence_en
 * @property {string} [text_as_of]
 *
 * @typedef {object} WellVerdict
 * @property {Record<string, any> & {code:string, name:string|null, lon:number, lat:number}} well
 * @property {string} on
 * @property {Finding[]} findings
 * @property {{layer:string, layer_zh:string, layer_en?:string, zone_id:number|string, name:string,
 *   inside:boolean|null, edge_m:number|null, tolerance_m:number|null}[]} zones
 * @property {{layer:string, zh:string, en:string}[]} not_concerned
 * @property {{layer:string, zh:string, en:string}[]} not_assessed
 *
 * @typedef {object} NearWell
 * @property {string} code
 * @property {string|null} name
 * @property {number} lon
 * @property {number} lat
 * @property {number} distance_m
 * @property {number} bearing_deg
 * @property {import('./store.js').Flag} flag
 * @property {string|null} status
 * @property {string|null} use
 * @property {{rule:string, answer:string, verdict:string, sentence_zh:string, sentence_en:string}|null} gravest
 *
 * @typedef {object} Precheck
 * @property {string} on
 * @property {{lon:number, lat:number, area_code:string|null, district:string|null, area_m2:number|null}} place
 * @property {{key:'refused'|'suspended'|'conditions'|'unknown'|'no_ground', zh:string, en:string}} outcome
 * @property {{key:'needed'|'not_needed'|'unknown', zh:string, en:string, sentence_zh:string, sentence_en:string}|null} permit
 * @property {Finding[]} grounds
 * @property {Finding[]} conditions
 * @property {Finding[]} unknown
 * @property {Finding[]} exempt
 * @property {{name:string, zh:string, en:string}[]} bring
 * @property {{layer:string, layer_zh:string, layer_en:string, zone_id:number, name:string, grade:string|null,
 *   inside:boolean|null, edge_m:number|null, tolerance_m:number|null}[]} zones
 * @property {{layer:string, layer_zh:string, layer_en:string, zone_id:number, name:string, inside:boolean,
 *   distance_m:number, bearing_deg:number}[]} nearest
 * @property {{layer:string, zh:string, en:string}[]} not_assessed
 * @property {{code:string, name:string|null, year:number|null, quota_m3:number|null, cap_m3:number|null,
 *   permitted_m3:number|null, taken_m3:number|null, remaining_m3:number|null, level_m:number|null,
 *   control_level_m:number|null}|null} unit
 * @property {string[]} hidden  what is told only to who reads the registers there
 *
 * @typedef {{id:string, zh:string, en:string, number:string, area:string, tier_zh:string, since:string, until:string|null}} Instrument
 *
 * @typedef {{layer:string, zone_id:number, version:number, name:string|null, law_status:string,
 *   recorded_by:string|null, recorded_at:string|null}} DraftRow
 * @typedef {{version:number, law_status:string, valid_from:string|null, valid_to:string|null, recorded_at:string|null,
 *   recorded_by:string|null, submitted_by:string|null, approved_by:string|null, reason:string|null,
 *   area_m2:number|null, may?:string[]}} VersionRow
 * @typedef {Record<string, any> & {added?:any, removed?:any}} VersionDiff
 * @typedef {{feature:any, etag:string}} Read  a feature and the state it was read in
 *
 * @typedef {{kind:'place'|'well'|'zone', code:string, name:string|null, owner?:string|null, layer:string, id?:number|string,
 *   lon:number, lat:number, flag:import('./store.js').Flag|null}} SearchHit
 */

const root = new URL(
  document.querySelector('meta[name="gw-api"]')?.getAttribute('content') ?? '/',
  document.baseURI,
);

/** An address of the service, whole. Braces of a tile template survive. @param {string} path */
export const address = (path) =>
  new URL(path.replace(/^\//, ''), root).href.replace(/%7B/gi, '{').replace(/%7D/gi, '}');

/** A failed request, said in both languages. */
export class ServiceError extends Error {
  /** @param {import('./store.js').Problem} problem */
  constructor(problem) {
    super(problem.en);
    this.problem = problem;
  }
}

/** A token of the session, sent with every write (`/me`). */
let csrf = /** @type {string|null} */ (null);
export const useCsrf = (/** @type {string|null} */ token) => (csrf = token);

/** What to do when the session has ended: true once somebody has signed in again. @type {(problem: import('./store.js').Problem, writing: boolean) => Promise<boolean>} */
let renew = async () => false;
export const onEnded = (/** @type {typeof renew} */ how) => (renew = how);

/** How many requests are under way; the tests wait for none. */
export let pending = 0;

/**
 * @param {string} path
 * @param {Record<string, string|number|undefined>} [query]
 * @param {AbortSignal} [signal]
 */
export const get = (path, query = {}, signal) => request(pageAt(path, query), { signal });

/** @param {string} path @param {object} body */
const post = (path, body) => write('POST', path, body);

/** A change. @param {string} method @param {string} path @param {object} [body] */
export const write = (method, path, body) => request(address(path), written(method, body));

/** @param {string} method @param {object} [body] @param {Record<string, string>} [headers] @returns {RequestInit} */
const written = (method, body, headers) => ({
  method,
  ...(body ? { body: JSON.stringify(body) } : {}),
  headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
});

/** A feature, with the tag of its state. @param {string} url @param {RequestInit} init @returns {Promise<Read>} */
async function feature(url, init) {
  let etag = '';
  const found = await request(url, init, (response) => (etag = response.headers.get('ETag') ?? ''));
  return { feature: found, etag };
}

/** @param {string} layer @param {number|string} [id] */
const items = (layer, id) => `collections/${encodeURIComponent(layer)}/items${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

/** An address with a query. @param {string} path @param {Record<string, string|number|undefined>} query */
export function pageAt(path, query) {
  const url = new URL(address(path));
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url.href;
}

/** A request as it is sent: a change with the session's token, as it is now. @param {string} url @param {RequestInit} init */
const send = (url, init) => {
  const headers = new Headers({ Accept: 'application/json', ...init.headers });
  if (init.method && csrf) headers.set('X-CSRF-Token', csrf);
  return fetch(url, { ...init, headers });
};

/** @param {string} url @param {RequestInit} init @param {(response: Response) => void} [look] */
export async function request(url, init, look) {
  pending += 1;
  try {
    let response = await send(url, init);
    if (ended(response, url)) {
      const problem = await problemOf(response);
      pending -= 1; // a person is asked, and takes his time
      const again = await renew(problem, Boolean(init.method)).finally(() => (pending += 1));
      if (!again) throw new ServiceError(problem);
      response = await send(url, init);
    }
    if (!response.ok) throw new ServiceError(await problemOf(response));
    look?.(response);
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    if (error instanceof ServiceError || (error instanceof DOMException && error.name === 'AbortError')) throw error;
    throw new ServiceError({
      zh: '连接不上服务。请检查网络，然后重试。',
      en: 'The service cannot be reached. Check the network, then try again.',
    });
  } finally {
    pending -= 1;
  }
}

/** Does an answer say that nobody has signed in, or as another? @param {Response} response @param {string} url */
const ended = ({ status }, url) => (status === 401 || status === 403) && !/\/(session|me\/password)$/.test(new URL(url).pathname);

/** @param {Response} response @returns {Promise<import('./store.js').Problem>} */
async function problemOf(response) {
  /** @type {any} */
  let body = {};
  try {
    body = await response.json();
  } catch {
    // not JSON (a proxy's page): the status alone has to do
  }
  const detail = typeof body.detail === 'string' ? body.detail : body.title;
  return {
    status: response.status,
    ...(response.status === 429 ? { wait_s: Number(response.headers.get('Retry-After')) || 60 } : {}),
    ...(body.current ? { current: body.current } : {}),
    ...(Array.isArray(body.problems) ? { problems: body.problems } : {}),
    zh: body.detail_zh ?? detail ?? `服务返回错误（${response.status}）。`,
    en: body.detail_en ?? detail ?? `The service answered with an error (${response.status}).`,
  };
}

export const api = {
  /** As of a day (none: today). @param {string} [on] @returns {Promise<City>} */
  city: (on) => get('layers', { datetime: on }),
  /** Who asks, and what he may do. @returns {Promise<import('./store.js').Me>} */
  me: () => get('me'),
  /** What binds here on a day. @param {string|null} on @returns {Promise<{on:string, instruments:Instrument[]}>} */
  law: (on) => get('law', { on: on ?? undefined }),
  /** The days on which zones begin or end. @returns {Promise<{today:string, days:import('./day-scale.js').Turning[]}>} */
  days: () => get('days'),
  /** @param {string} code @param {string|null} [on] @returns {Promise<WellVerdict>} */
  verdict: (code, on) => get(`wells/${encodeURIComponent(code)}/verdict`, { on: on ?? undefined }),
  /** @param {string} layer @param {string} id @param {string|null} [on] */
  zone: (layer, id, on) => get(items(layer, id), { datetime: on ?? undefined }),
  /** @param {string} q @param {AbortSignal} [signal] @returns {Promise<{results: SearchHit[]}>} */
  search: (q, signal) => get('search', { q, limit: 10 }, signal),
  /**
   * @param {{lon:number, lat:number, within_m:number, limit:number, finding?:string}} query
   * @returns {Promise<{at:[number,number], within_m:number, truncated:boolean, wells:NearWell[]}>}  truncated: there are more than these nearest
   */
  near: (query) => get('wells/near', query),
  /** The value of a raster at a place, in words and with its unit. @param {string} raster @param {[number, number]} at @param {string} [on] @returns {Promise<{points:{status:string, words_zh:string, words_en:string, class:{color:string}|null}[]}>} */
  position: (raster, at, on) => get(`collections/${encodeURIComponent(raster)}/position`, { coords: `POINT(${at[0].toFixed(7)} ${at[1].toFixed(7)})`, datetime: on }),
  /** JSON Schema of a register's fields, with its vocabularies. @param {string} collection */
  schema: (collection) => get(`collections/${collection}/schema`),
  /** @param {import('./application.js').Body} body @returns {Promise<Precheck>} */
  precheck: (body) => post('precheck', body),

  /** Features in a box. @param {string} layer @param {readonly number[]} bbox @param {number} limit @returns {Promise<{features:any[]}>} */
  within: (layer, bbox, limit) => get(items(layer), { bbox: bbox.join(','), limit }),
  /** A zone as it is, or one of its versions, with its tag. @param {string} layer @param {number|string} id @param {number} [version] */
  read: (layer, id, version) => feature(pageAt(items(layer, id), { version }), { cache: 'no-store' }),
  /** @param {string} layer @param {object} body @param {string} reason */
  create: (layer, body, reason) => feature(pageAt(items(layer), { reason }), written('POST', body)),
  /** @param {string} layer @param {number} id @param {object} body @param {{etag:string, reason:string, version?:number}} how */
  replace: (layer, id, body, { etag, reason, version }) => feature(pageAt(items(layer, id), { reason, version }), written('PUT', body, { 'If-Match': etag })),
  /** What a draft would do; writes nothing. @param {string} layer @param {object} body @param {number|undefined} amends @param {AbortSignal} [signal] @returns {Promise<import('./edit/impact.js').Answer>} */
  impact: (layer, body, amends, signal) =>
    request(pageAt(`collections/${encodeURIComponent(layer)}/impact`, { amends }), { ...written('POST', body), signal }),
  /** @returns {Promise<DraftRow[]|{drafts:DraftRow[]}>} */
  drafts: () => get('drafts'),
  /** @param {string} layer @param {number|string} id @returns {Promise<VersionRow[]|{versions:VersionRow[]}>} */
  versions: (layer, id) => get(`${items(layer, id)}/versions`),
  /** @param {string} layer @param {number|string} id @param {readonly [number, number]} pair @returns {Promise<VersionDiff>} */
  diff: (layer, id, [a, b]) => get(`${items(layer, id)}/versions/${a}/diff/${b}`),
  /** @param {string} layer @param {number|string} id @param {number} version @param {string} step @param {{reason:string, valid_from?:string}} body @param {string} etag */
  step: (layer, id, version, step, body, etag) =>
    request(pageAt(`${items(layer, id)}/versions/${version}/${step}`, { reason: body.reason }), written('POST', body, { 'If-Match': etag })),
};
