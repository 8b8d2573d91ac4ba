// 量测: distance, bearing and area of points clicked on the map or typed.
import { html, nothing } from 'lit';
import { amend, copy } from '../actions.js';
import { copyCoords, parseCoords } from '../coords.js';
import { num, t } from '../i18n.js';
import { areaOf, crosses, leg, legsOf, lengthOf, mu } from '../measure/geodesic.js';
import { degrees, metresExact, squareMetres } from '../measure/words.js';
import { addPoint, measuring, setPoints } from '../measuring.js';
import { pickOnMap } from '../place.js';
import { store } from '../store.js';
import { View } from './base.js';
import { icon } from './icons.js';
import { empty } from './parts.js';

/** @typedef {import('../store.js').MeasureView} MeasureView */

const long = (/** @type {number} */ m) => metresExact(m, num, t);

export class GwMeasure extends View {
  static properties = { bad: { state: true } };

  constructor() {
    super();
    this.bad = false;
  }

  /** @param {import('../store.js').State} now @param {import('../store.js').State} before */
  concerns(now, before) {
    return now.cursor !== before.cursor || super.concerns(now, before);
  }

  /** @param {SubmitEvent} event */
  typed(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.querySelector('#measure-coords'));
    const at = parseCoords(field.value);
    this.bad = !at;
    field.focus();
    if (!at) return;
    field.value = '';
    void addPoint(at);
  }

  render() {
    const view = measuring();
    if (!view) return nothing;
    const { points, shape } = view;
    const choice = (/** @type {'line'|'area'} */ key, /** @type {string} */ label) =>
      html`<label class="segment"><input type="radio" name="shape" value=${key} .checked=${shape === key} @change=${() => amend({ shape: key })} /><span>${label}</span></label>`;
    return html`<article class="card measure">
      <h2 class="card-title">${t('measure.title')}</h2>
      ${points.length ? this.sums(view) : nothing}
      <div class="segments" role="radiogroup" aria-label=${t('measure.what')}>${choice('line', t('measure.line'))}${choice('area', t('measure.area'))}</div>
      <label class="check"><input type="checkbox" .checked=${view.snap} @change=${(/** @type {Event} */ e) => amend({ snap: /** @type {HTMLInputElement} */ (e.target).checked })} />${t('measure.snap')}</label>
      <form class="near-typed" @submit=${this.typed} novalidate>
        <input id="measure-coords" type="text" autocomplete="off" aria-label=${t('place.coords')} placeholder=${t('place.coordsHint')} aria-invalid=${this.bad ? 'true' : 'false'} aria-describedby=${this.bad ? 'measure-bad' : nothing} />
        <button type="submit" class="button">${t('measure.add')}</button>
      </form>
      ${this.bad ? html`<p id="measure-bad" class="field-error" role="alert">${t('place.coordsBad')}</p>` : nothing}
      ${points.length ? this.told(view) : empty(t('measure.start'), t('measure.startHint'))}
      ${store.state.picking ? nothing : html`<button type="button" class="button" @click=${pickOnMap}>${icon('pick')}${t('measure.goOn')}</button>`}
    </article>`;
  }

  /** @param {MeasureView} view */
  sums({ points, shape }) {
    return html`<div role="status"><dl class="measure-sum" data-measured>${sums(points, shape).map(([name, value]) => html`<div><dt>${name}</dt><dd class="number">${value}</dd></div>`)}</dl></div>
      ${shape === 'area' && crosses(points) ? html`<p class="field-error" role="alert">${t('measure.crosses')}</p>` : nothing}`;
  }

  /** @param {MeasureView} view */
  told(view) {
    const { points, shape } = view;
    const legs = legsOf(points);
    const { cursor } = store.state;
    const next = cursor && store.state.picking ? leg(points[points.length - 1], cursor) : null;
    return html`<p class="muted small number measure-next" aria-hidden="true">${next ? t('measure.next', { d: long(next.m), deg: degrees(next.deg, num) }) : ''}</p>
      <ol class="measure-points">${points.map(
        (p, i) => html`<li>
          <span class="rank number">${i + 1}</span>
          <span class="row-text"><span class="row-name number">${copyCoords(p)}</span>${i ? html`<span class="row-fact number">${t('measure.leg', { d: long(legs[i - 1].m), deg: degrees(legs[i - 1].deg, num) })}</span>` : nothing}</span>
          <button type="button" class="icon-button" aria-label=${t('measure.remove', { n: i + 1 })} @click=${() => setPoints(points.filter((_, k) => k !== i))}>${icon('close')}</button>
        </li>`,
      )}</ol>
      <div class="form-ends">
        <button type="button" class="button" data-copy-measure @click=${() => void copy(textOf(points, shape), t('measure.copied'))}>${icon('copy')}${t('measure.copy')}</button>
        <button type="button" class="button" @click=${() => setPoints(points.slice(0, -1))}>${t('measure.undo')}</button>
        <button type="button" class="button" @click=${() => setPoints([])}>${t('measure.clear')}</button>
      </div>
      <p class="field-hint">${t('measure.how')}</p>`;
  }
}
customElements.define('gw-measure', GwMeasure);

/** @param {[number, number][]} points @param {'line'|'area'} shape @returns {[string, string][]} */
function sums(points, shape) {
  if (shape === 'line') return [[t('measure.length'), long(lengthOf(points))]];
  if (points.length < 3) return [[t('measure.area'), t('measure.three')]];
  if (crosses(points)) return [[t('measure.area'), '–']];
  const { area_m2, perimeter_m } = areaOf(points);
  return [
    [t('measure.area'), squareMetres(area_m2, num)],
    [t('measure.mu'), `${num(mu(area_m2), { maximumFractionDigits: 1 })} ${t('unit.mu')}`],
    [t('measure.perimeter'), long(perimeter_m)],
  ];
}

/** For a letter or a sheet: the sums, then the points, with tabs between. @param {[number, number][]} points @param {'line'|'area'} shape */
function textOf(points, shape) {
  const legs = legsOf(points);
  const rows = points.map((p, i) => [i + 1, copyCoords(p), ...(i ? [long(legs[i - 1].m), degrees(legs[i - 1].deg, num)] : [])].join('\t'));
  return [...sums(points, shape).map((pair) => pair.join('\t')), ...rows].join('\n');
}
