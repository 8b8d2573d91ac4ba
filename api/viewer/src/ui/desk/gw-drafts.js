// 草案: drafts and versions in review that the caller may see.
import { html, nothing } from 'lit';
import { editZone } from '../../edit/acts.js';
import { loadDrafts, openVersions } from '../../edit/life.js';
import { instant, say, t } from '../../i18n.js';
import { store, viewOf } from '../../store.js';
import { View } from '../base.js';
import { swatch } from '../icons.js';
import { empty, skeleton } from '../parts.js';
import { lifeFailure, statusChip } from './life-parts.js';

/** @typedef {import('../../api.js').DraftRow} DraftRow */

export class GwDrafts extends View {
  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'drafts') return nothing;
    return html`<article class="card" data-drafts>
      <h2 class="card-title">${t('drafts.title')}</h2>
      ${view.error ? lifeFailure(view.error, () => void loadDrafts()) : !view.drafts ? skeleton(5, t('app.loading')) : view.drafts.length ? html`<ul class="rows">${view.drafts.map((row) => this.row(row))}</ul>` : empty(t('drafts.none'), t('drafts.noneHint'))}
    </article>`;
  }

  /** @param {DraftRow} row */
  row(row) {
    const layer = store.state.city?.layers.find((l) => l.id === row.layer);
    const name = row.name ?? String(row.zone_id);
    return html`<li class="saved">
      <div class="row" data-key="draft-${row.zone_id}-${row.version}">
        <span class="row-mark">${layer ? swatch(layer) : nothing}</span>
        <span class="row-text"><span class="row-name">${name}</span><span class="row-fact">${[layer ? say(layer) : row.layer, t('life.version', { n: row.version }), row.recorded_by, row.recorded_at ? instant(row.recorded_at) : ''].filter(Boolean).join(' · ')}</span></span>
        ${statusChip(row.law_status)}
      </div>
      <div class="life-acts">
        ${row.law_status === 'draft' ? html`<button type="button" class="button" data-key="edit-${row.zone_id}" @click=${() => void editZone(row.layer, row.zone_id, row.version)}>${t('desk.edit')}</button>` : nothing}
        <button type="button" class="button" data-key="versions-${row.zone_id}" @click=${() => void openVersions(row.layer, String(row.zone_id), name)}>${t('life.versions')}</button>
      </div>
    </li>`;
  }
}
customElements.define('gw-drafts', GwDrafts);
