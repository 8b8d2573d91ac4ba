// 打印: a sheet at a fixed scale, with all that makes a map a document; PDF by the browser's own print.
import { html, nothing } from 'lit';
import { permalink, problemOf } from '../actions.js';
import { api } from '../api.js';
import { day, num, say, t } from '../i18n.js';
import { store } from '../store.js';
import { View } from '../ui/base.js';
import { icon } from '../ui/icons.js';
import { failure } from '../ui/parts.js';
import { fittingScale, PX, SCALES, sheetOf } from './paper.js';
import { sheet } from './sheet.js';
import { picture } from './sheet-map.js';

/** @typedef {import('./sheet-map.js').Picture} Picture */

export class GwPrint extends View {
  static properties = { paper: { state: true }, lying: { state: true }, scale: { state: true }, heading: { state: true }, shown: { state: true }, problem: { state: true }, instruments: { state: true } };

  constructor() {
    super();
    /** @type {import('./paper.js').Paper} */
    this.paper = 'A4';
    this.lying = true;
    this.scale = 0;
    this.heading = '';
    /** @type {Picture|null} */
    this.shown = null;
    /** @type {import('../store.js').Problem|null} */
    this.problem = null;
    /** @type {import('../api.js').Instrument[]} */
    this.instruments = [];
    this.center = { lng: 0, lat: 0 };
    this.link = '';
    /** How large the page is printed: rules of a page cannot be written into elements. */
    this.rule = new CSSStyleSheet();
    /** @type {AbortController|null} */
    this.drawing = null;
  }

  connectedCallback() {
    super.connectedCallback();
    const { camera, city } = store.state;
    if (!camera || !city) return;
    this.center = { lng: camera.lng, lat: camera.lat };
    const panel = matchMedia('(max-width: 720px)').matches ? 0 : 376;
    this.scale = fittingScale(camera.zoom, camera.lat, window.innerWidth - panel, sheetOf('A4', true).map.w);
    this.heading = say(city, 'title');
    this.link = permalink();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.rule];
    void this.draw();
  }

  disconnectedCallback() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== this.rule);
    this.drawing?.abort();
    if (this.shown) URL.revokeObjectURL(this.shown.url);
    super.disconnectedCallback();
  }

  /** @param {Partial<Pick<GwPrint, 'paper'|'lying'|'scale'>>} patch */
  choose(patch) {
    Object.assign(this, patch);
    void this.draw();
  }

  async draw() {
    const drawing = new AbortController();
    this.drawing?.abort();
    this.drawing = drawing;
    if (this.shown) URL.revokeObjectURL(this.shown.url);
    this.shown = null;
    this.problem = null;
    const { w, h, map } = sheetOf(this.paper, this.lying);
    this.rule.replaceSync(`@page { size: ${w}mm ${h}mm; margin: 0; }`);
    try {
      const [law, shown] = await Promise.all([api.law(store.state.on), picture(map, this.scale, this.center, drawing.signal)]);
      if (this.drawing !== drawing) return URL.revokeObjectURL(shown.url);
      this.instruments = law.instruments;
      this.shown = shown;
    } catch (error) {
      if (this.drawing === drawing) this.problem = drawing.signal.aborted ? null : { zh: t('print.failedWhy'), en: t('print.failedWhy'), ...(error instanceof Error && 'problem' in error ? problemOf(error) : {}) };
    }
  }

  /** Millimetres become the sheet's, and the sheet as small as the screen needs. */
  updated() {
    const paper = /** @type {HTMLElement|null} */ (this.querySelector('.sheet'));
    if (!paper) return;
    const { w, h, map } = sheetOf(this.paper, this.lying);
    const sizes = { '--sheet-w': `${w}mm`, '--sheet-h': `${h}mm`, '--map-w': `${map.w}mm`, '--map-h': `${map.h}mm` };
    for (const [name, value] of Object.entries(sizes)) paper.style.setProperty(name, value);
    const frame = /** @type {HTMLElement} */ (this.querySelector('.sheet-preview'));
    const shrink = Math.min(1, frame.clientWidth / (w * PX));
    paper.style.setProperty('--shrink', String(shrink));
    frame.style.setProperty('height', `${h * PX * shrink}px`);
  }

  render() {
    const { city } = store.state;
    if (!city) return nothing;
    const chosen = (/** @type {Event} */ e) => /** @type {HTMLSelectElement} */ (e.target).value;
    return html`<form class="print-form" @submit=${(/** @type {Event} */ e) => e.preventDefault()}>
        <div class="field print-title"><label for="print-heading">${t('print.heading')}</label><input id="print-heading" type="text" maxlength="80" .value=${this.heading} @input=${(/** @type {Event} */ e) => (this.heading = chosen(e))} /></div>
        <div class="field"><label for="print-scale">${t('print.scale')}</label>
          <select id="print-scale" @change=${(/** @type {Event} */ e) => this.choose({ scale: Number(chosen(e)) })}>${SCALES.map((s) => html`<option value=${s} ?selected=${s === this.scale}>1:${num(s)}</option>`)}</select></div>
        <div class="field"><label for="print-paper">${t('print.paper')}</label>
          <select id="print-paper" @change=${(/** @type {Event} */ e) => this.choose({ paper: /** @type {any} */ (chosen(e)) })}><option>A4</option><option>A3</option></select></div>
        <div class="field"><label for="print-way">${t('print.way')}</label>
          <select id="print-way" @change=${(/** @type {Event} */ e) => this.choose({ lying: chosen(e) === 'lying' })}><option value="lying">${t('print.lying')}</option><option value="upright">${t('print.upright')}</option></select></div>
        <button type="button" class="button button-main" data-print ?disabled=${!this.shown} @click=${() => window.print()}>${icon('print')}${t('print.go')}</button>
      </form>
      <p class="field-hint print-hint">${t('print.hint')}</p>
      ${this.problem ? failure(t('print.failed'), this.problem, () => void this.draw()) : nothing}
      <p class="muted print-wait" role="status" ?hidden=${Boolean(this.shown || this.problem)}>${t('print.drawing')}</p>
      <div class="sheet-preview" ?hidden=${!this.shown} data-center=${this.shown ? JSON.stringify(this.shown) : nothing}>${this.shown
        ? sheet({ city, on: store.state.on, scale: this.scale, lying: this.lying, heading: this.heading, url: this.shown.url, instruments: this.instruments, link: this.link, printed: day(today()) })
        : nothing}</div>`;
  }
}
customElements.define('gw-print', GwPrint);

/** By this machine's clock. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}
