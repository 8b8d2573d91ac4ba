// The small repeated things: a row, a distance, an empty state, an error, a skeleton.
import { html, nothing } from 'lit';
import { distanceParts, wind } from '../geo.js';
import { day, num, say, t } from '../i18n.js';
import { store } from '../store.js';
import { arrow, icon } from './icons.js';

/** A number with its unit smaller beside it. @param {number} metres */
export function metres(metres) {
  const { value, digits, unit } = distanceParts(metres);
  const text = num(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return html`<span class="quantity">${text}<span class="unit">${t(`unit.${unit}`)}</span></span>`;
}

/** A round length (a radius, a scale bar): no trailing zeros. @param {number} m */
export function roundMetres(m) {
  const { value, unit } = distanceParts(m);
  return html`<span class="quantity">${num(value)}<span class="unit">${t(`unit.${unit}`)}</span></span>`;
}

/** The same as plain text. @param {number} m */
export function metresText(m) {
  const { value, digits, unit } = distanceParts(m);
  return `${num(value, { maximumFractionDigits: digits })} ${t(`unit.${unit}`)}`;
}

/**
 * The one row every list is made of: mark, name, fact, distance.
 * @param {{key:string, mark:any, name:any, fact?:any, distance?:any, onClick?:() => void, label?:string}} r
 */
export const row = (r) => {
  const inside = html`<span class="row-mark">${r.mark}</span>
    <span class="row-text"><span class="row-name">${r.name}</span>${r.fact ? html`<span class="row-fact">${r.fact}</span>` : nothing}</span>
    ${r.distance ? html`<span class="row-distance">${r.distance}</span>` : nothing}`;
  return r.onClick
    ? html`<button type="button" class="row" data-key=${r.key} @click=${r.onClick}>${inside}</button>`
    : html`<div class="row" data-key=${r.key}>${inside}</div>`;
};

/** Arrow, wind and distance. @param {number} m @param {number} degrees */
export const bearingAndDistance = (m, degrees) =>
  html`${m < 1 ? nothing : html`<span class="bearing">${arrow(degrees)}<span class="wind">${t(`wind.${wind(degrees)}`)}</span></span>`}${metres(m)}`;

/** @param {string} title @param {string} [hint] */
export const empty = (title, hint) =>
  html`<div class="state">${icon('blank')}<p class="state-title">${title}</p>${hint ? html`<p class="state-hint">${hint}</p>` : nothing}</div>`;

/** What failed, why, and the way out. @param {string} title @param {import('../store.js').Problem} problem @param {() => void} retry */
export const failure = (title, problem, retry) =>
  html`<div class="state state-error" role="alert">${icon('alert')}
    <p class="state-title">${title}</p>
    <p class="state-hint">${say(problem)}</p>
    <button type="button" class="button" @click=${retry}>${t('app.retry')}</button>
  </div>`;

/** Grey lines in the shape of what is coming. @param {number} rows @param {string} label */
export const skeleton = (rows, label) =>
  html`<div class="skeleton" role="status"><span class="offscreen">${label}</span>
    ${Array.from({ length: rows }, () => html`<div class="skeleton-row"><i></i><b></b></div>`)}
  </div>`;

/** As it begins a line. @param {string} words */
export const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** A unit as it is printed. @param {string} unit */
export const unitText = (unit) => unit.replace('m3', 'm³').replace('m2', 'm²');

/** The words for a value of a field: choices and yes/no translated, a blank said. @param {any} value @param {import('../api.js').FieldInfo} [field] */
export function valueText(value, field) {
  if (value === null || value === undefined || value === '') return t('well.blank');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'object') return say(value) || JSON.stringify(value);
  if (field?.kind === 'date') return day(String(value));
  const choice = field?.choices?.[value];
  if (choice) return say(choice);
  if (typeof value === 'number') return num(value, { maximumFractionDigits: 3 }) + (field?.unit ? ` ${unitText(field.unit)}` : '');
  return String(value);
}

/** How opaque a layer is drawn. @param {{zh:string, en:string}} layer @param {number} share 0…1 @param {(share:number) => void} set */
export function opacity(layer, share, set) {
  const percent = Math.round(share * 100);
  const moved = (/** @type {Event} */ e) => set(Number(/** @type {HTMLInputElement} */ (e.target).value) / 100);
  return html`<label class="opacity">
    <span>${t('layers.opacity')}</span>
    <input type="range" min="0" max="100" step="5" aria-label=${t('layers.opacityOf', { layer: say(layer) })} .value=${String(percent)} @input=${moved} />
    <span class="number opacity-value">${percent}%</span>
  </label>`;
}

/** A list of today's wells says so while another day is shown. */
export const ofToday = () =>
  store.state.on ? html`<p class="small ink-indeterminate" data-list-today>${t('day.listToday', { day: day(store.state.on) })}</p>` : nothing;
