// Area, perimeter and corners of what is drawn, as it is drawn; and its faults.
import { html, nothing } from 'lit';
import { candidate } from '../../edit/ask.js';
import { sheetOf } from '../../edit/desk.js';
import { live } from '../../edit/live.js';
import { measure, mu } from '../../edit/measure.js';
import { corners } from '../../edit/rings.js';
import { validate } from '../../edit/validate.js';
import { num, t } from '../../i18n.js';
import { store } from '../../store.js';
import { View } from '../base.js';

export class GwDeskMeasure extends View {
  /** @type {(() => void)|null} */
  #stop = null;

  connectedCallback() {
    super.connectedCallback();
    this.#stop = live.subscribe(() => this.requestUpdate());
  }

  disconnectedCallback() {
    this.#stop?.();
    super.disconnectedCallback();
  }

  /** @param {import('../../store.js').State} now @param {import('../../store.js').State} before */
  concerns(now, before) {
    return now.desk !== before.desk || now.lang !== before.lang;
  }

  render() {
    const { desk: d } = store.state;
    if (!d) return nothing;
    const area = candidate(d);
    const { area_m2, perimeter_m } = measure(area);
    const points = area.flat().reduce((n, ring) => n + corners(ring).length, 0) || (sheetOf(d).pen?.points.length ?? 0);
    const fact = (/** @type {string} */ name, /** @type {number} */ value, /** @type {string} */ unit, /** @type {number} */ digits, /** @type {string} */ key) =>
      html`<div><dt>${name}</dt><dd data-measure=${key}><span class="quantity">${num(value, { maximumFractionDigits: digits })}<span class="unit">${unit}</span></span></dd></div>`;
    const faults = (live.now.shapes ? [] : validate(area)).filter((f) => f.code !== 'empty');
    return html`<dl class="desk-measure">
        ${fact(t('desk.area'), area_m2 / 1e6, 'km²', 4, 'km2')} ${fact(t('desk.areaMu'), mu(area_m2), t('unit.mu'), 1, 'mu')}
        ${fact(t('desk.perimeter'), perimeter_m / 1000, 'km', 3, 'km')} ${fact(t('desk.corners'), points, '', 0, 'corners')}
      </dl>
      ${faults.length ? html`<ul class="desk-faults" role="alert">${faults.map((f) => html`<li data-fault=${f.code}>${t(`fault.${f.code}`)}</li>`)}</ul>` : nothing}`;
  }
}
customElements.define('gw-desk-measure', GwDeskMeasure);
