// After saving: what was saved, what is doubtful of it, and where it goes next.
import { html, nothing } from 'lit';
import { set } from '../../edit/acts.js';
import { openVersions } from '../../edit/life.js';
import { submit } from '../../edit/save.js';
import { say, t } from '../../i18n.js';
import { store } from '../../store.js';
import { statusChip } from './life-parts.js';

/** @param {import('../../edit/desk.js').Desk} d */
export function savedOf(d) {
  const may = store.state.me?.may.includes('draft') !== false;
  return html`<section data-saved=${d.saved.length}>
    <h3 tabindex="-1">${t('desk.saved', { n: d.saved.length })}</h3>
    <ul class="rows">${d.saved.map(
      (row) => html`<li class="saved" data-saved-zone="${row.layer}/${row.id}">
        <p><b>${row.name}</b> · ${t('life.version', { n: row.version })} ${statusChip(row.status)}</p>
        ${row.warnings.length ? html`<ul class="desk-faults warn">${row.warnings.map((w) => html`<li>${say(w)}</li>`)}</ul>` : nothing}
        <div class="life-acts">
          ${row.status === 'draft' && may ? html`<button type="button" class="button" data-key="submit-${row.id}" @click=${() => void submit(row, t('life.submitReason'))}>${t('life.submit')}</button>` : nothing}
          <button type="button" class="button" data-key="versions-${row.id}" @click=${() => void openVersions(row.layer, String(row.id), row.name)}>${t('life.versions')}</button>
        </div>
      </li>`,
    )}</ul>
    <div class="life-acts">
      <button type="button" class="button" data-key="desk-on" @click=${() => set((now) => ({ ...now, stage: 'shape', saved: [] }))}>${t('desk.goOn')}</button>
      <button type="button" class="button" data-key="desk-another" @click=${() => store.set({ desk: null })}>${t('desk.another')}</button>
    </div>
  </section>`;
}
