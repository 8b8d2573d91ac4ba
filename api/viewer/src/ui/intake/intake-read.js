// How the file was read: layer, coordinate system, encoding, sheet. Each guess is named as one and can be changed.
import { html, nothing } from 'lit';
import { ask, chooseLayer, intake } from '../../intake/acts.js';
import { t } from '../../i18n.js';
import { titleOf } from './intake-start.js';

/** @typedef {import('../../intake/acts.js').IntakeView} IntakeView */

/** CGCS2000: degrees, and the 3° zones of Shanxi, Shaanxi and Inner Mongolia, with and without their number in the easting. */
const SYSTEMS = ['EPSG:4490', 'EPSG:4326', ...[36, 37, 38].flatMap((zone) => [`EPSG:${4513 + zone - 25}`, `EPSG:${4534 + zone - 25}`]), 'EPSG:3857'];
const ENCODINGS = ['utf-8', 'gb18030', 'big5'];
const CRS_BY = /** @type {const} */ ({ told: 'intake.byYou', file: 'intake.byFile', assumed: 'intake.assumed' });

const valueOf = (/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).value;
const ticked = (/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).checked;

/** @param {IntakeView} view */
export function readForm(view) {
  const { asked, batch } = view;
  const found = batch?.report.read;
  const shut = !view.file;
  return html`<section><h3>${t('intake.how')}</h3>
    ${shut && batch ? html`<p class="muted small">${t('intake.noFile')}</p>` : nothing}
    <div class="asks intake-asks">
      ${layer(view, shut)}
      <div class="ask"><label for="intake-crs">${t('intake.crs')}</label>
        <input id="intake-crs" list="intake-systems" autocomplete="off" ?disabled=${shut} placeholder=${batch?.report.crs ?? t('intake.crsAsFile')} .value=${asked.crs} @change=${(/** @type {Event} */ e) => ask({ crs: valueOf(e) })} />
        <datalist id="intake-systems">${SYSTEMS.map((each) => html`<option value=${each}></option>`)}</datalist>
        ${found && batch ? html`<p class="small muted" data-told="crs">${batch.report.crs ? t(CRS_BY[found.crs_by], { what: batch.report.crs }) : t('intake.noCrs')}</p>` : nothing}</div>
      <div class="ask"><label for="intake-encoding">${t('intake.encoding')}</label>
        <select id="intake-encoding" ?disabled=${shut} @change=${(/** @type {Event} */ e) => ask({ encoding: valueOf(e) })}>
          ${['', ...ENCODINGS].map((each) => html`<option value=${each} ?selected=${asked.encoding === each}>${each || t('intake.auto')}</option>`)}</select>
        ${found ? html`<p class="small muted" data-told="encoding">${t(found.encoding_by === 'told' ? 'intake.byYou' : 'intake.readAs', { what: found.encoding })}</p>` : nothing}</div>
      ${sheet(view, shut)}
    </div>
    <details class="intake-more"><summary>${t('intake.more')}</summary>
      ${/** @type {const} */ (['update', 'repair', 'anywhere']).map((name) => html`<label class="check"><input type="checkbox" ?disabled=${shut} .checked=${asked[name]} @change=${(/** @type {Event} */ e) => ask({ [name]: ticked(e) })} />${t(MORE[name])}</label>`)}
    </details>
  </section>`;
}

const MORE = /** @type {const} */ ({ update: 'intake.update', repair: 'intake.repair', anywhere: 'intake.anywhere' });

/** @param {IntakeView} view @param {boolean} shut */
function layer(view, shut) {
  const { batch, asked } = view;
  const chosen = asked.layer || batch?.layer || '';
  const guessed = batch?.report.read?.layer_guessed && !asked.layer;
  return html`<div class="ask intake-wide"><label for="intake-layer">${t('intake.layer')}</label>
    <select id="intake-layer" ?disabled=${shut || Boolean(view.busy)} @change=${(/** @type {Event} */ e) => chooseLayer(valueOf(e))}>
      ${chosen ? nothing : html`<option value="" selected>${t('intake.chooseLayer')}</option>`}
      ${(view.collections ?? []).map(({ id }) => html`<option value=${id} ?selected=${id === chosen}>${titleOf(view, id)}</option>`)}
    </select>
    ${guessed ? html`<p class="small intake-guess" data-told="layer">${t('intake.guessed')}</p>` : nothing}</div>`;
}

/** @param {IntakeView} view @param {boolean} shut */
function sheet(view, shut) {
  const found = view.batch?.report.read;
  if (found && !found.other_layers.length && !view.asked.source_layer) return nothing;
  const all = found ? [found.source_layer, ...found.other_layers] : [];
  return html`<div class="ask"><label for="intake-sheet">${t('intake.sheet')}</label>
    ${all.length
      ? html`<select id="intake-sheet" ?disabled=${shut} @change=${(/** @type {Event} */ e) => ask({ source_layer: valueOf(e) })}>${all.map((each) => html`<option ?selected=${each === (view.asked.source_layer || found?.source_layer)}>${each}</option>`)}</select>`
      : html`<input id="intake-sheet" autocomplete="off" ?disabled=${shut} .value=${intake()?.asked.source_layer ?? ''} @change=${(/** @type {Event} */ e) => ask({ source_layer: valueOf(e) })} />`}</div>`;
}
