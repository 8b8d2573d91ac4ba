// 附近的井: where from, how far, and the list, nearest first.
import { html, nothing } from 'lit';
import { openWell } from '../actions.js';
import { copyCoords, parseCoords } from '../coords.js';
import { num, t } from '../i18n.js';
import { locateNear, pickOnMap, RADII, searchNear, setNear } from '../near.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import { icon, mark } from './icons.js';
import { bearingAndDistance, empty, failure, metresText, roundMetres, row, skeleton, valueText } from './parts.js';

/** @typedef {import('../store.js').NearView} NearView */

export class GwNear extends View {
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
    if (at) setNear({ at, source: 'typed', accuracy_m: undefined });
    else field.focus();
  }

  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'near') return nothing;
    return html`<article class="card">
      <h2 class="card-title">${t('near.title')}</h2>
      ${this.origin(view)}
      <div class="near-how">
        <div class="segments" role="radiogroup" aria-label=${t('near.radius')}>
          ${RADII.map(
            (r) => html`<label class="segment"><input type="radio" name="radius" value=${r} .checked=${view.within_m === r} @change=${() => setNear({ within_m: r })} /><span>${roundMetres(r)}</span></label>`,
          )}
        </div>
        <label class="check"><input type="checkbox" .checked=${view.closeOnly} @change=${(/** @type {Event} */ e) => setNear({ closeOnly: /** @type {HTMLInputElement} */ (e.target).checked })} />${t('near.closeOnly')}</label>
      </div>
      ${this.list(view)}
    </article>`;
  }

  /** @param {NearView} view */
  origin(view) {
    const { picking } = store.state;
    const choices = html`<div class="near-choices" role="group" aria-label=${t('near.origin')}>
      <div class="near-buttons">
        <button type="button" class="button" aria-pressed=${view.source === 'device' ? 'true' : 'false'} @click=${locateNear}>${icon('locate')}${t('near.device')}</button>
        <button type="button" class="button" aria-pressed=${picking ? 'true' : 'false'} @click=${pickOnMap}>${icon('pick')}${t(picking ? 'near.picking' : 'near.pick')}</button>
      </div>
      <form class="near-typed" @submit=${this.typed} novalidate>
        <input
          id="near-coords"
          type="text"
          autocomplete="off"
          aria-label=${t('near.coords')}
          aria-invalid=${this.bad ? 'true' : 'false'}
          aria-describedby=${this.bad ? 'near-bad' : nothing}
          placeholder=${t('near.coordsHint')}
          .value=${view.at ? copyCoords(view.at) : ''}
        />
        <button type="submit" class="button button-main">${t('near.go')}</button>
      </form>
      ${this.bad ? html`<p id="near-bad" class="field-error" role="alert">${t('near.coordsBad')}</p>` : nothing}
    </div>`;
    // Once there is a centre the list comes first; the choices fold away behind it.
    const origin = view.at
      ? html`<details class="near-origin" .open=${this.bad || picking}>
          <summary>${icon('near')}<span class="number">${copyCoords(view.at)}</span><span class="link">${t('near.change')}</span></summary>
          ${choices}
        </details>`
      : html`<div class="near-origin">${choices}</div>`;
    return html`${origin}
      ${view.at && view.accuracy_m
        ? html`<p class=${view.accuracy_m > 50 ? 'small ink-indeterminate' : 'small muted'}>${t(view.accuracy_m > 50 ? 'near.accuracyPoor' : 'near.accuracy', { d: metresText(view.accuracy_m) })}</p>`
        : nothing}`;
  }

  /** @param {NearView} view */
  list(view) {
    if (view.error) return failure(t('near.failed'), view.error, () => void searchNear());
    if (view.loading && !view.wells) return skeleton(6, t('near.loading'));
    if (!view.at) return empty(t('near.start'), t('near.startHint'));
    const wells = view.wells ?? [];
    if (!wells.length) return empty(t(view.closeOnly ? 'near.noneClose' : 'near.none', { d: metresText(view.within_m) }), t('near.noneHint'));
    const use = store.state.city?.layers.find((l) => l.geometry === 'point')?.fields.find((f) => f.name === 'use');
    return html`<p class="muted small near-count">${t(wells.length >= 50 ? 'near.foundMax' : 'near.found', { n: num(wells.length) })}</p>
      <ol class="rows near-list" aria-busy=${view.loading ? 'true' : 'false'}>
        ${wells.map(
          (w, i) => html`<li>${row({
            key: `near-${w.code}`,
            mark: html`${mark(w.flag)}<span class="rank number">${i + 1}</span>`,
            name: w.name || w.code,
            fact: html`<span class="ink-${w.flag}">${t(`flag.${w.flag}`)}</span> · ${w.name ? w.code : valueText(w.use, use)}`,
            distance: bearingAndDistance(w.distance_m, w.bearing_deg),
            onClick: () => void openWell(w.code),
          })}</li>`,
        )}
      </ol>`;
  }
}
customElements.define('gw-near', GwNear);
