// Before a file is there: where it may be put, and the imports of before.
import { html, nothing } from 'lit';
import { resume, take } from '../../intake/acts.js';
import { instant, num, say, t } from '../../i18n.js';
import { store } from '../../store.js';
import { icon } from '../icons.js';

/** @typedef {import('../../intake/acts.js').IntakeView} IntakeView */

export const STATES = /** @type {const} */ ({ preview: 'intake.preview', committed: 'intake.committed', undone: 'intake.undone', discarded: 'intake.discarded' });

/** The name of a layer or register. @param {IntakeView} view @param {string} id */
export function titleOf(view, id) {
  const layer = store.state.city?.layers.find((l) => l.id === id);
  if (layer) return say(layer);
  const [zh, en] = (view.collections?.find((c) => c.id === id)?.title ?? id).split(' / ');
  return say({ zh, en: en ?? zh });
}

/** @param {Event} event */
const chosen = (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const files = [...(field.files ?? [])];
  field.value = ''; // the same file may be chosen again after it was mended
  if (files.length) void take(files);
};

const ask = (/** @type {Event} */ e) => /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (e.currentTarget).parentElement?.querySelector('input'))?.click();

export const drop = () =>
  html`<div class="intake-drop">
    ${icon('plus')}
    <p>${t('intake.dropHere')}</p>
    <input class="offscreen" type="file" multiple tabindex="-1" aria-label=${t('intake.choose')} data-key="intake-files"
      accept=".zip,.shp,.shx,.dbf,.prj,.cpg,.geojson,.json,.kml,.kmz,.gpkg,.fgb,.csv,.txt,.tsv,.xlsx,.xls,.parquet,.geoparquet" @change=${chosen} />
    <button type="button" class="button button-main" data-key="intake-choose" @click=${ask}>${t('intake.choose')}</button>
    <p class="small muted">${t('intake.formats')}</p>
  </div>`;

/** @param {IntakeView} view */
export function recent(view) {
  if (!view.recent?.length) return nothing;
  return html`<section><h3>${t('intake.recent')}</h3>
    <ul class="rows">${view.recent.map(
      (batch) => html`<li><button type="button" class="row" data-key="batch-${batch.batch_id}" @click=${() => void resume(batch.batch_id)}>
        <span class="row-text"><span class="row-name">${batch.file_name}</span>
          <span class="row-fact">${[titleOf(view, batch.layer), t('intake.rowsOf', { n: num(batch.report.rows ?? 0) }), instant(batch.created_at)].join(' · ')}</span></span>
        <span class="status status-${STATUS[batch.state]}">${t(STATES[batch.state])}</span></button></li>`,
    )}</ul></section>`;
}

/** The colours of the life of a zone say the same here. */
const STATUS = { preview: 'in_review', committed: 'approved', undone: 'withdrawn', discarded: 'draft' };
