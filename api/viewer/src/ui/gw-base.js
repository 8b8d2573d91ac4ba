// The choice of the base map, in the layer list; and whose map it is, on the map.
import { html, nothing } from 'lit';
import { basemapsOf, chooseBase, chosenBase } from '../base.js';
import { say, t } from '../i18n.js';
import { store } from '../store.js';
import { View } from './base.js';

export class GwBase extends View {
  render() {
    const offered = basemapsOf(store.state);
    if (!offered.length) return nothing;
    const chosen = chosenBase(store.state)?.id ?? '';
    const chip = (/** @type {string} */ id, /** @type {string} */ name) =>
      html`<button type="button" class="chip" data-key="base-${id || 'none'}" aria-pressed=${id === chosen ? 'true' : 'false'} @click=${() => chooseBase(id)}>${name}</button>`;
    return html`<div class="base-choice" role="group" aria-label=${t('base.title')}>
      <span class="muted small" aria-hidden="true">${t('base.title')}</span>
      ${chip('', t('base.none'))} ${offered.map((base) => chip(base.id, say(base)))}
    </div>`;
  }
}
customElements.define('gw-base', GwBase);

export class GwCredit extends View {
  render() {
    const approval = store.state.city?.map_approval ?? '';
    const words = [chosenBase(store.state)?.attribution, approval && t('base.approval', { number: approval })].filter(Boolean);
    return words.length ? html`<p class="credit" data-credit>${words.join(' · ')}</p>` : nothing;
  }
}
customElements.define('gw-credit', GwCredit);
