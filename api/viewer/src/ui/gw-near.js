// 附近的井: where from, how far, and the list, nearest first.
import { html, nothing } from 'lit';
import { openWell } from '../actions.js';
import { num, t } from '../i18n.js';
import { FARTHEST_M, RADII, searchNear, setNear } from '../near.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import './gw-origin.js';
import { mark } from './icons.js';
import { bearingAndDistance, empty, failure, metresText, ofToday, roundMetres, row, skeleton, valueText } from './parts.js';
import { sightState } from './sight-note.js';

/** @typedef {import('../store.js').NearView} NearView */

/** Another radius, typed in kilometres. @param {HTMLInputElement} field */
function other(field) {
  const within_m = Math.round(Number(field.value) * 1000);
  if (field.value && field.checkValidity()) setNear({ within_m });
  else field.reportValidity();
}

export class GwNear extends View {
  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'near') return nothing;
    return html`<article class="card">
      <h2 class="card-title">${t('near.title')}</h2>
      <gw-origin></gw-origin>
      <div class="near-how">
        <div class="segments" role="radiogroup" aria-label=${t('near.radius')}>
          ${RADII.map(
            (r) => html`<label class="segment"><input type="radio" name="radius" value=${r} .checked=${view.within_m === r} @change=${() => setNear({ within_m: r })} /><span>${roundMetres(r)}</span></label>`,
          )}
        </div>
        <label class="near-other small">${t('near.other')}
          <input type="number" id="near-km" min="0.1" max=${FARTHEST_M / 1000} step="0.1" inputmode="decimal" .value=${RADII.includes(view.within_m) ? '' : String(view.within_m / 1000)} @change=${(/** @type {Event} */ e) => other(/** @type {HTMLInputElement} */ (e.target))} /><span class="unit">km</span></label>
        <label class="check"><input type="checkbox" .checked=${view.closeOnly} @change=${(/** @type {Event} */ e) => setNear({ closeOnly: /** @type {HTMLInputElement} */ (e.target).checked })} />${t('near.closeOnly')}</label>
      </div>
      ${this.list(view)}
    </article>`;
  }

  /** @param {NearView} view */
  list(view) {
    const hidden = sightState();
    if (hidden) return hidden;
    if (view.error) return failure(t('near.failed'), view.error, () => void searchNear());
    if (view.loading && !view.wells) return skeleton(6, t('near.loading'));
    if (!view.at) return empty(t('near.start'), t('near.startHint'));
    const wells = view.wells ?? [];
    if (!wells.length) return empty(t(view.closeOnly ? 'near.noneClose' : 'near.none', { d: metresText(view.within_m) }), t('near.noneHint'));
    const use = store.state.city?.layers.find((l) => l.geometry === 'point')?.fields.find((f) => f.name === 'use');
    return html`${ofToday()}<p class="muted small near-count">${t(view.truncated ? 'near.foundMax' : 'near.found', { n: num(wells.length) })}</p>
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
