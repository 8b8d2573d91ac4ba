// The bar between two rasters: dragged by mouse or finger, or moved by the keys of a slider.
import { html, nothing } from 'lit';
import { say, t } from '../../i18n.js';
import { mapBeside } from '../../raster/beside.js';
import { rastersOf } from '../../rasters.js';
import { store } from '../../store.js';
import { View } from '../base.js';

const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10 });

export class GwSwipe extends View {
  static properties = { at: { state: true } };
  /** @type {(() => void)|null} */
  #away = null;
  #asked = 0;

  constructor() {
    super();
    /** Per cent of the map's width. */
    this.at = 60;
  }

  render() {
    const { swipe } = store.state;
    if (!swipe) return nothing;
    const named = (/** @type {string} */ id) => say(rastersOf(store.state).find((r) => r.id === id)) || t('swipe.nothing');
    const words = t('swipe.at', { left: named(swipe.left), right: named(swipe.right), at: Math.round(this.at) });
    return html`<div class="swipe-map"></div>
      <div class="swipe-bar">
        <span class="swipe-line"></span>
        <div class="swipe-handle" role="slider" tabindex="0" aria-label=${t('swipe.title')} aria-orientation="horizontal" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(this.at)} aria-valuetext=${words} data-key="swipe-handle" @pointerdown=${this.grip} @pointermove=${this.drag} @keydown=${this.key}>
          <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M9 6L3.500 12L9 18M15 6L20.500 12L15 18" /></svg>
        </div>
      </div>`;
  }

  updated() {
    const place = /** @type {HTMLElement|null} */ (this.querySelector('.swipe-map'));
    if (place) {
      place.style.clipPath = `inset(0 0 0 ${this.at}%)`;
      /** @type {HTMLElement} */ (this.querySelector('.swipe-bar')).style.left = `${this.at}%`;
      if (!place.dataset.begun) void this.begin(place);
    } else this.end();
  }

  /** @param {HTMLElement} place */
  async begin(place) {
    place.dataset.begun = 'yes';
    const asked = ++this.#asked;
    const away = await mapBeside(place);
    if (asked !== this.#asked) away();
    else this.#away = away;
  }

  end() {
    this.#asked += 1;
    this.#away?.();
    this.#away = null;
  }

  disconnectedCallback() {
    this.end();
    super.disconnectedCallback();
  }

  /** @param {PointerEvent} event */
  grip(event) {
    event.preventDefault();
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    handle.focus();
    handle.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.getBoundingClientRect();
    this.move(((event.clientX - left) / width) * 100);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? 100 : event.key in STEPS ? this.at + STEPS[event.key] : null;
    if (to === null) return;
    event.preventDefault();
    this.move(to);
  }

  /** @param {number} to per cent */
  move(to) {
    this.at = Math.min(100, Math.max(0, to));
  }
}
customElements.define('gw-swipe', GwSwipe);
