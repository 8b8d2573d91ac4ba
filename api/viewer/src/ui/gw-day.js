// The map as of any day: a slider, a date and the way back to today. Open only when wanted; the day is plain to see while
// it is not today.
import { html, nothing, svg } from 'lit';
import { problemOf } from '../actions.js';
import { api } from '../api.js';
import { showDay } from '../day.js';
import { nextTurning, shareOf, spanOf, toDay, toNumber, yearTicks } from '../day-scale.js';
import { day, num, say, t } from '../i18n.js';
import { isDay } from '../permalink.js';
import { store } from '../store.js';
import { View } from './base.js';
import { icon } from './icons.js';

/** @typedef {import('../day-scale.js').Turning} Turning */

const WIDTH = 1000; // of the drawing; it is stretched to the slider's

export class GwDay extends View {
  static properties = { open: { state: true }, turning: { state: true }, dragged: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.open = false;
    /** @type {Turning[]|null} */
    this.turning = null;
    /** The day under the thumb while it moves. @type {string|null} */
    this.dragged = null;
    /** @type {import('../store.js').Problem|null} */
    this.problem = null;
    this.timer = 0;
  }

  /** @param {import('../store.js').State} now @param {import('../store.js').State} before */
  concerns(now, before) {
    return now.on !== before.on || now.city !== before.city || now.lang !== before.lang;
  }

  async toggle() {
    this.open = !this.open;
    if (!this.open || this.turning) return;
    try {
      this.problem = null;
      this.turning = (await api.days()).days;
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** The map follows once the thumb rests. @param {string} on */
  slide(on) {
    this.dragged = on;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.go(on), 250);
  }

  /** @param {string|null} on */
  go(on) {
    clearTimeout(this.timer);
    this.dragged = null;
    void showDay(on);
  }

  /** @param {Event} event */
  typed(event) {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    if (isDay(value)) this.go(value);
  }

  render() {
    const { city, on } = store.state;
    if (!city) return nothing;
    const shown = this.dragged ?? on ?? city.legal_day;
    return html`<section class="day ${on ? 'day-past' : ''}" aria-label=${t('day.title')} data-day=${shown}>
      <button type="button" class="day-now" aria-expanded=${this.open ? 'true' : 'false'} @click=${this.toggle}>
        ${icon('clock')}<span>${on || this.dragged ? t('day.asOf', { day: day(shown) }) : t('day.today')}</span>${icon('chevron')}
      </button>
      ${on && !this.open ? html`<button type="button" class="button day-back" @click=${() => this.go(null)}>${t('day.toToday')}</button>` : nothing}
      ${this.open ? this.slider(city.legal_day, shown) : nothing}
    </section>`;
  }

  /** @param {string} today @param {string} shown */
  slider(today, shown) {
    const turning = this.turning ?? [];
    const span = spanOf(turning, today);
    const n = Math.min(span.to, Math.max(span.from, toNumber(shown)));
    const before = nextTurning(turning, shown, -1);
    const after = nextTurning(turning, shown, 1);
    const step = (/** @type {string|null} */ to, /** @type {string} */ label, /** @type {string} */ turn) =>
      html`<button type="button" class="icon-button day-step ${turn}" ?disabled=${!to} aria-label=${label} title=${label} @click=${() => this.go(to)}>${icon('chevron')}</button>`;
    return html`<div class="day-open">
      <div class="day-line">
        ${step(before, t('day.before'), 'day-left')}
        <div class="day-track">
          ${marks(turning, span, today)}
          <input type="range" min=${span.from} max=${span.to} step="1" .value=${String(n)} aria-label=${t('day.slider')} aria-valuetext=${day(shown)}
            @input=${(/** @type {Event} */ e) => this.slide(toDay(Number(/** @type {HTMLInputElement} */ (e.target).value)))} />
        </div>
        ${step(after, t('day.after'), 'day-right')}
      </div>
      <div class="day-line">
        <input type="date" class="day-date" aria-label=${t('day.date')} .value=${shown} @change=${this.typed} />
        <button type="button" class="button" ?disabled=${!store.state.on} @click=${() => this.go(null)}>${t('day.toToday')}</button>
      </div>
      ${this.said(turning, shown)}
      <p class="field-hint">${t('day.wells')}</p>
    </div>`;
  }

  /** What begins and ends on the day. @param {Turning[]} turning @param {string} shown */
  said(turning, shown) {
    if (this.problem) return html`<p class="field-error" role="alert">${say(this.problem)}</p>`;
    const here = turning.find((each) => each.on === shown);
    return here ? html`<p class="day-said" role="status">${t('day.change', { begins: num(here.begins), ends: num(here.ends) })}</p>` : nothing;
  }
}
customElements.define('gw-day', GwDay);

/** Where zones begin (up) and end (down), and today. @param {Turning[]} turning @param {import('../day-scale.js').Span} span @param {string} today */
function marks(turning, span, today) {
  const x = (/** @type {number} */ n) => shareOf(n, span) * WIDTH;
  const line = (/** @type {number} */ at, /** @type {string} */ d, /** @type {string} */ kind) => svg`<path class=${kind} d="M${at} ${d}" vector-effect="non-scaling-stroke" />`;
  return html`<svg class="day-marks" viewBox="0 0 ${WIDTH} 30" preserveAspectRatio="none" aria-hidden="true">
      ${turning.map((each) => {
        const at = x(toNumber(each.on));
        return svg`${each.begins ? line(at, '15V3', 'day-begin') : nothing}${each.ends ? line(at, '15V27', 'day-end') : nothing}`;
      })}
      ${line(x(toNumber(today)), '0V30', 'day-is')}
    </svg>
    <div class="day-years" aria-hidden="true">${yearTicks(span).map(
      ({ year, at }) => html`<svg class="day-year" width="100%" height="14"><text x="${shareOf(at, span) * 100}%" y="11" text-anchor="middle">${year}</text></svg>`,
    )}</div>`;
}
