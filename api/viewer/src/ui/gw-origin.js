// The place a list or a form is about, and the three ways to give it: device, map, coordinates.
import { html, nothing } from 'lit';
import { amend } from '../actions.js';
import { copyCoords, parseCoords } from '../coords.js';
import { choosePlace } from '../follow.js';
import { t } from '../i18n.js';
import { locateNear, POOR_M } from '../near.js';
import { devicePlace, pickOnMap } from '../place.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import { icon } from './icons.js';
import { metresText } from './parts.js';

export class GwOrigin extends View {
  static properties = { bad: { state: true } };

  constructor() {
    super();
    this.bad = false;
  }

  /** @param {SubmitEvent} event */
  typed(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.querySelector('#near-coords'));
    const at = parseCoords(field.value);
    this.bad = !at;
    if (at) choosePlace({ at, source: 'typed' });
    else field.focus();
  }

  async device() {
    if (viewOf(store.state).kind === 'near') return locateNear();
    amend({ error: undefined });
    const place = await devicePlace();
    if (place) choosePlace(place);
  }

  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'near' && view.kind !== 'precheck') return nothing;
    const { at, accuracy_m } = view;
    // Once there is a place the list comes first; the choices fold away behind it.
    return html`${at
      ? html`<details class="near-origin" .open=${this.bad || store.state.picking}>
          <summary>${icon('near')}<span class="number">${copyCoords(at)}</span><span class="link">${t('place.change')}</span></summary>
          ${this.choices(view)}
        </details>`
      : html`<div class="near-origin">${this.choices(view)}</div>`}
    ${at && accuracy_m
      ? html`<p class=${accuracy_m > POOR_M ? 'small ink-indeterminate' : 'small muted'}>${t(accuracy_m > POOR_M ? 'place.accuracyPoor' : 'place.accuracy', { d: metresText(accuracy_m) })}</p>`
      : nothing}`;
  }

  /** @param {import('../store.js').NearView|import('../store.js').PrecheckView} view */
  choices(view) {
    const { picking } = store.state;
    return html`<div class="near-choices" role="group" aria-label=${t(view.kind === 'near' ? 'near.origin' : 'precheck.origin')}>
      <div class="near-buttons">
        <button type="button" class="button" aria-pressed=${view.source === 'device' ? 'true' : 'false'} @click=${this.device}>${icon('locate')}${t('place.device')}</button>
        <button type="button" class="button" aria-pressed=${picking ? 'true' : 'false'} @click=${pickOnMap}>${icon('pick')}${t(picking ? 'place.picking' : 'place.pick')}</button>
      </div>
      <form class="near-typed" @submit=${this.typed} novalidate>
        <input
          id="near-coords"
          type="text"
          autocomplete="off"
          aria-label=${t('place.coords')}
          aria-invalid=${this.bad ? 'true' : 'false'}
          aria-describedby=${this.bad ? 'near-bad' : nothing}
          placeholder=${t('place.coordsHint')}
          .value=${view.at ? copyCoords(view.at) : ''}
        />
        <button type="submit" class="button button-main">${t(view.kind === 'near' ? 'near.go' : 'place.use')}</button>
      </form>
      ${this.bad ? html`<p id="near-bad" class="field-error" role="alert">${t('place.coordsBad')}</p>` : nothing}
    </div>`;
  }
}
customElements.define('gw-origin', GwOrigin);
