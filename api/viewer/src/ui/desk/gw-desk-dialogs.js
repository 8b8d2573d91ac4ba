// Two questions that must not be passed over: unsaved work is left, another has changed the zone.
import { html, nothing } from 'lit';
import { leaveDesk, set } from '../../edit/acts.js';
import { shapesOf } from '../../edit/desk.js';
import { measure } from '../../edit/measure.js';
import { areaOf } from '../../edit/rings.js';
import { settle } from '../../edit/save.js';
import { num, t } from '../../i18n.js';
import { store } from '../../store.js';
import { View } from '../base.js';

export class GwDeskDialogs extends View {
  static properties = { leaving: { state: true } };

  constructor() {
    super();
    this.leaving = false;
    this.ask = () => {
      this.leaving = true;
    };
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('gw-leave', this.ask);
  }

  disconnectedCallback() {
    document.removeEventListener('gw-leave', this.ask);
    super.disconnectedCallback();
  }

  updated() {
    for (const dialog of this.querySelectorAll('dialog')) if (!dialog.open) dialog.showModal();
  }

  render() {
    const { desk: d } = store.state;
    if (!d) return nothing;
    if (d.conflict) return this.conflict(d, d.conflict);
    if (!this.leaving) return nothing;
    const leave = (/** @type {'keep'|'discard'} */ how) => ((this.leaving = false), leaveDesk(how));
    return html`<dialog class="desk-dialog" aria-labelledby="leave-title" @close=${() => (this.leaving = false)}>
      <h2 id="leave-title">${t('leave.title')}</h2>
      <p>${t('leave.text')}</p>
      <div class="dialog-actions">
        <button type="button" class="button button-main" data-key="leave-stay" @click=${() => (this.leaving = false)}>${t('leave.stay')}</button>
        <button type="button" class="button" data-key="leave-keep" @click=${() => leave('keep')}>${t('leave.keep')}</button>
        <button type="button" class="button danger" data-key="leave-discard" @click=${() => leave('discard')}>${t('leave.discard')}</button>
      </div>
    </dialog>`;
  }

  /** @param {import('../../edit/desk.js').Desk} d @param {import('../../edit/desk.js').Conflict} conflict */
  conflict(d, conflict) {
    const theirs = conflict.current;
    const zone = d.zones[conflict.key];
    const own = conflict.key === d.subject ? d.form : zone.properties;
    const km2 = (/** @type {any} */ area) => `${num(measure(area).area_m2 / 1e6, { maximumFractionDigits: 4 })} km²`;
    const rows = [
      [t('conflict.version'), zone.version ?? '—', theirs.properties.version ?? '—'],
      [t('conflict.name'), own.name ?? '—', theirs.properties.name ?? '—'],
      [t('desk.area'), km2(shapesOf(d)[conflict.key]), km2(areaOf(theirs.geometry))],
      ...Object.keys(theirs.properties).filter((k) => k !== 'name' && k !== 'version' && k in own && String(own[k] ?? '') !== String(theirs.properties[k] ?? '')).map((k) => [this.label(d, k), own[k] ?? '—', theirs.properties[k] ?? '—']),
    ];
    const shut = () => set((now) => ({ ...now, conflict: null }));
    return html`<dialog class="desk-dialog" data-conflict=${conflict.key} aria-labelledby="conflict-title" @close=${shut}>
      <h2 id="conflict-title">${t('conflict.title', { name: zone.name })}</h2>
      <p>${t('conflict.text')}</p>
      <table class="desk-table"><thead><tr><th><span class="offscreen">${t('conflict.what')}</span></th><th scope="col">${t('conflict.mine')}</th><th scope="col">${t('conflict.theirs')}</th></tr></thead>
        <tbody>${rows.map(([what, mine, other]) => html`<tr><th scope="row">${what}</th><td>${mine}</td><td>${other}</td></tr>`)}</tbody></table>
      <div class="dialog-actions">
        <button type="button" class="button" data-key="conflict-mine" @click=${() => settle('mine')}>${t('conflict.useMine')}</button>
        <button type="button" class="button" data-key="conflict-theirs" @click=${() => settle('theirs')}>${t('conflict.useTheirs')}</button>
        <button type="button" class="button button-main" data-key="conflict-later" @click=${shut}>${t('conflict.later')}</button>
      </div>
    </dialog>`;
  }

  /** @param {import('../../edit/desk.js').Desk} d @param {string} name */
  label(d, name) {
    const field = store.state.city?.layers.find((l) => l.id === d.layer)?.fields.find((f) => f.name === name);
    return field ? (store.state.lang === 'en' ? field.en : field.zh) : name;
  }
}
customElements.define('gw-desk-dialogs', GwDeskDialogs);
