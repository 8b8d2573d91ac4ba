// Which column goes to which field, and what is the same in all rows.
import { html, nothing } from 'lit';
import { bare } from '../../application.js';
import { ask, intake } from '../../intake/acts.js';
import { fieldsByHeader, fixed, mapped, PLACES } from '../../intake/asked.js';
import { say, t } from '../../i18n.js';
import { capital } from '../parts.js';

/**
 * @typedef {import('../../intake/acts.js').IntakeView} IntakeView
 * @typedef {import('../../edit/form.js').FormField} FormField
 */

const valueOf = (/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).value;
const PLACE_WORDS = /** @type {const} */ ({ lon: 'intake.lon', lat: 'intake.lat', easting: 'intake.easting', northing: 'intake.northing', wkt: 'intake.wkt' });
const COORDINATES = /** @type {const} */ ({ ...PLACE_WORDS, x: 'intake.x', y: 'intake.y', crs_label: 'intake.crsLabel' });

/** A field of a zone that the form of a drawn zone does not ask for. @type {FormField} */
const LAW_STATUS = { name: 'law_status', kind: 'text', zh: '法律状态', en: 'law status', required: false, unit: null };

/** @param {IntakeView} view */
const fieldsOf = (view) => [...(view.fields ?? []), ...(Object.keys(view.batch?.report.read?.law_status ?? {}).length ? [LAW_STATUS] : [])];

/** @param {FormField} field */
const named = (field) => capital(bare(say(field)));

/** @param {IntakeView} view */
export function columns(view) {
  const read = view.batch?.report.read;
  if (!read) return nothing;
  const by = fieldsByHeader(read, view.asked);
  const taken = read.headers.filter((header) => by[header]).length;
  return html`<section><h3>${t('intake.columns')}</h3>
    <p class="muted small">${t('intake.columnsTaken', { n: taken, all: read.headers.length })}</p>
    <table class="desk-table intake-columns"><thead><tr><th scope="col">${t('intake.column')}</th><th scope="col">${t('intake.field')}</th></tr></thead>
      <tbody>${read.headers.map((header, n) => column(view, header, by[header] ?? '', n))}</tbody></table>
  </section>`;
}

/** @param {IntakeView} view @param {string} header @param {string} field @param {number} n */
function column(view, header, field, n) {
  const read = /** @type {import('../../intake/asked.js').Read} */ (view.batch?.report.read);
  const told = view.asked.map[field] === header || Object.entries(view.asked.map).some(([name, value]) => !value && read.columns[name] === header);
  const places = read.coordinates && (view.shapes?.features.some((f) => f.geometry) || !view.shapes) ? PLACES : [];
  const other = field in COORDINATES && !(/** @type {readonly string[]} */ (places).includes(field)) ? [field] : [];
  return html`<tr data-column=${header}><th scope="row" id="intake-column-${n}" class="wrap">${header}${told ? html` <span class="unit">${t('intake.told')}</span>` : nothing}</th>
    <td><select aria-labelledby="intake-column-${n}" ?disabled=${!view.file} @change=${(/** @type {Event} */ e) => set(header, valueOf(e))}>
      <option value="" ?selected=${!field}>${t('intake.none')}</option>
      ${[...places, ...other].map((name) => html`<option value=${name} ?selected=${field === name}>${t(COORDINATES[/** @type {keyof typeof COORDINATES} */ (name)])}</option>`)}
      ${fieldsOf(view).map((f) => html`<option value=${f.name} ?selected=${field === f.name}>${named(f)}</option>`)}
    </select></td></tr>`;
}

/** @param {string} header @param {string} field */
function set(header, field) {
  const view = intake();
  const read = view?.batch?.report.read;
  if (view && read) ask(mapped(read, view.asked, header, field));
}

/** @param {string} field @param {string|null} value */
function fix(field, value) {
  const view = intake();
  if (view) ask(fixed(view.asked, field, value));
}

/** @param {IntakeView} view */
export function constants(view) {
  if (!view.fields) return nothing;
  const given = Object.keys(view.asked.set).filter((name) => name !== 'law_status');
  const free = view.fields.filter((f) => !given.includes(f.name));
  return html`<section><h3>${t('intake.constants')}</h3>
    ${given.map((name) => constant(view, name))}
    <div class="ask"><label for="intake-constant">${t('intake.addConstant')}</label>
      <select id="intake-constant" ?disabled=${!view.file} @change=${(/** @type {Event} */ e) => valueOf(e) && fix(valueOf(e), '')}>
        <option value="" selected>${t('intake.chooseField')}</option>
        ${free.map((f) => html`<option value=${f.name}>${named(f)}</option>`)}</select></div>
  </section>`;
}

/** @param {IntakeView} view @param {string} name */
function constant(view, name) {
  const field = view.fields?.find((f) => f.name === name);
  const id = `intake-set-${name}`;
  const take = (/** @type {Event} */ e) => fix(name, valueOf(e));
  const value = view.asked.set[name];
  const choices = field?.kind === 'boolean' ? { true: { zh: t('value.yes'), en: t('value.yes') }, false: { zh: t('value.no'), en: t('value.no') } } : field?.choices;
  return html`<div class="ask intake-constant"><label for=${id}>${field ? named(field) : name}</label>
    ${choices
      ? html`<select id=${id} ?disabled=${!view.file} @change=${take}><option value="">${t('well.blank')}</option>${Object.entries(choices).map(([key, words]) => html`<option value=${key} ?selected=${value === key}>${capital(say(words))}</option>`)}</select>`
      : html`<input id=${id} type=${field?.kind === 'date' ? 'date' : 'text'} autocomplete="off" ?disabled=${!view.file} .value=${value} @change=${take} />`}
    <button type="button" class="link" data-key="unset-${name}" ?disabled=${!view.file} @click=${() => fix(name, null)}>${t('intake.unset')}</button></div>`;
}
