// The one panel: beside the map on a desk, a sheet below it on a phone. One view at a time.
import { html, nothing } from 'lit';
import { back, loadCity } from '../actions.js';
import { openIntake } from '../bring.js';
import { openDesk, openDrafts } from '../draw.js';
import { day, instant, say, t } from '../i18n.js';
import { may } from '../me.js';
import { openNear } from '../near.js';
import { parseLink } from '../permalink.js';
import { openPrecheck } from '../precheck.js';
import { sees } from '../sight.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import './gw-home.js';
import './gw-near.js';
import './gw-precheck.js';
import { icon } from './icons.js';
import './gw-search.js';
import './gw-well-card.js';
import './gw-zone-card.js';
import { failure, skeleton } from './parts.js';

/** @typedef {'peek'|'half'|'full'} Sheet */

export class GwPanel extends View {
  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const view = viewOf(store.state);
    const key = view.kind === 'well' ? `well/${view.code}` : view.kind === 'zone' ? `zone/${view.id}` : view.kind;
    if (key === this.shownKey) return;
    this.shownKey = key;
    this.querySelector('.panel-body')?.scrollTo(0, 0);
    // Keyboard and screen readers land on the way back of the new view, not on a vanished button.
    const led = document.activeElement && document.activeElement !== document.body; // not when a link opened it
    if (led && view.kind !== 'home') /** @type {HTMLElement|null} */ (this.querySelector('.panel-back'))?.focus({ preventScroll: true });
  }

  /** @type {string|undefined} */
  shownKey;

  render() {
    const s = store.state;
    const view = viewOf(s);
    const home = view.kind === 'home';
    return html`<main class="panel" data-sheet=${s.sheet} data-view=${view.kind} aria-label=${t('app.panel')} @keydown=${this.key}>
      <button
        type="button"
        class="sheet-handle"
        aria-label=${t(s.sheet === 'full' ? 'app.panelDown' : 'app.panelUp')}
        aria-expanded=${s.sheet === 'peek' ? 'false' : 'true'}
        @click=${this.step}
        @pointerdown=${this.grab}
      ></button>
      <header class="panel-head">
        <div class="title-row">
          <h1 tabindex="-1">${s.city ? say(s.city, 'title') : s.cityError ? t('app.title') : html`<span class="ghost-title"></span><span class="offscreen">${t('app.loading')}</span>`}</h1>
          ${s.city?.synthetic ? html`<span class="synthetic" title=${t('app.synthetic.why')}>${t('app.synthetic')}</span>` : nothing}
        </div>
        ${s.city ? html`<p class="dates">${dates(s.city)}</p>` : nothing}
        <gw-search></gw-search>
        <div class="ways">
          <button type="button" class="button button-main" data-key="near" ?disabled=${!s.city} @click=${() => openNear()}>${icon('near')}${t('near.button')}</button>
          <button type="button" class="button" data-key="precheck" ?disabled=${!s.city} @click=${() => openPrecheck()}>${icon('drill')}${t('precheck.button')}</button>
          ${may('draft') ? html`<button type="button" class="button" data-key="desk" ?disabled=${!s.city || s.map === 'none'} @click=${() => void openDesk()}>${icon('draw')}${t('desk.button')}</button>` : nothing}
          ${may('read_drafts') ? html`<button type="button" class="button" data-key="drafts" ?disabled=${!s.city} @click=${() => void openDrafts()}>${icon('drafts')}${t('drafts.button')}</button>` : nothing}
          ${may('draft') || may('approve') || may('edit_registers') ? html`<button type="button" class="button" data-key="intake" ?disabled=${!s.city} @click=${() => void openIntake()}>${icon('bring')}${t('intake.button')}</button>` : nothing}
        </div>
      </header>
      ${home ? nothing : html`<div class="back-row"><button type="button" class="panel-back" @click=${back}>${icon('back')}${t('app.back')}</button></div>`}
      <div class="panel-body">${this.body(view)}</div>
    </main>`;
  }

  /** @param {import('../store.js').View} view */
  body(view) {
    const s = store.state;
    if (s.cityError) return failure(t('app.loadFailed'), s.cityError, () => void loadCity(parseLink(location.hash)));
    if (!s.city) return skeleton(10, t('app.loading'));
    if (view.kind === 'well') return html`<gw-well-card></gw-well-card>`;
    if (view.kind === 'zone') return html`<gw-zone-card></gw-zone-card>`;
    if (view.kind === 'near') return html`<gw-near></gw-near>`;
    if (view.kind === 'precheck') return html`<gw-precheck></gw-precheck>`;
    if (view.kind === 'measure') return html`<gw-measure></gw-measure>`;
    if (view.kind === 'desk') return html`<gw-desk></gw-desk>`;
    if (view.kind === 'drafts') return html`<gw-drafts></gw-drafts>`;
    if (view.kind === 'versions') return html`<gw-versions></gw-versions>`;
    if (view.kind === 'intake') return html`<gw-intake></gw-intake>`;
    return html`<gw-findings></gw-findings><gw-layers></gw-layers>
      <footer class="panel-foot"><a href="./LICENSES.txt" target="_blank" rel="noopener">${t('app.licences')}</a></footer>`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'Escape' && !event.defaultPrevented && viewOf(store.state).kind !== 'home') back();
  }

  /** A tap on the handle: up, and down again from the top. */
  step() {
    if (this.dragged) return;
    const { sheet } = store.state;
    store.set({ sheet: sheet === 'peek' ? 'half' : sheet === 'half' ? 'full' : 'peek' });
  }

  dragged = false;

  /** The sheet follows the finger and rests at the nearest of its three heights. @param {PointerEvent} down */
  grab(down) {
    const panel = /** @type {HTMLElement} */ (this.querySelector('.panel'));
    const handle = /** @type {HTMLElement} */ (down.currentTarget);
    const start = panel.getBoundingClientRect().height;
    this.dragged = false;
    handle.setPointerCapture(down.pointerId);
    const move = (/** @type {PointerEvent} */ e) => {
      const dy = down.clientY - e.clientY;
      if (Math.abs(dy) > 6) this.dragged = true;
      if (!this.dragged) return;
      panel.classList.add('dragging');
      panel.style.height = `${Math.max(96, start + dy)}px`;
    };
    const up = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', up);
      handle.removeEventListener('pointercancel', up);
      const share = panel.getBoundingClientRect().height / window.innerHeight;
      panel.classList.remove('dragging');
      panel.style.height = '';
      if (!this.dragged) return;
      /** @type {Sheet} */
      const sheet = share > 0.68 ? 'full' : share > 0.32 ? 'half' : 'peek';
      store.set({ sheet });
      setTimeout(() => (this.dragged = false));
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', up);
    handle.addEventListener('pointercancel', up);
  }
}
customElements.define('gw-panel', GwPanel);

/** @param {import('../api.js').City} city */
const dates = (city) =>
  html`<span>${t('app.legalDay', { day: day(city.legal_day) })}</span><span>${city.last_audit
      ? t('app.lastAudit', { at: instant(city.last_audit.finished_at) })
      : sees(store.state.me) === 'all' ? t('app.noAudit') : nothing}</span>`;
