// Raster layers in the list: shown or not, how opaque, what the colours mean, and the comparison of two.
import { html, nothing } from 'lit';
import { setOpacity, showLayer, theCamera } from '../../actions.js';
import { address } from '../../api.js';
import { day, say, t } from '../../i18n.js';
import { rastersOf, shownRasters } from '../../rasters.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { icon } from '../icons.js';
import { opacity } from '../parts.js';
import { legend } from './legend.js';

/** @typedef {import('../../rasters.js').RasterInfo} RasterInfo */

const value = (/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).value;

export class GwRasters extends View {
  static properties = { opened: { state: true } };

  constructor() {
    super();
    /** @type {string|null} */
    this.opened = null;
  }

  render() {
    const rasters = rastersOf(store.state);
    const there = rasters.filter((r) => r.has_data);
    const missing = rasters.filter((r) => !r.has_data);
    if (!rasters.length) return nothing;
    return html`<section aria-labelledby="rasters-title">
      <header class="section-head"><h2 id="rasters-title">${t('raster.title')}</h2></header>
      ${there.length ? html`<ul class="layers">${there.map((r) => this.row(r))}</ul>${this.compare(there)}` : nothing}
      ${missing.length ? html`<p class="muted small" data-raster-none>${t('raster.none', { layers: missing.map((r) => say(r)).join(store.state.lang === 'en' ? ', ' : '、') })}</p>` : nothing}
    </section>`;
  }

  /** @param {RasterInfo} raster */
  row(raster) {
    const on = Boolean(store.state.visible[raster.id]);
    const opened = this.opened === raster.id;
    return html`<li class="layer" data-raster=${raster.id}>
      <div class="layer-row">
        <label class="layer-label">
          <input type="checkbox" data-key="raster-${raster.id}" .checked=${on} @change=${(/** @type {Event} */ e) => showLayer(raster.id, /** @type {HTMLInputElement} */ (e.target).checked)} />
          <span class="layer-name">${say(raster)}</span>
        </label>
        <button type="button" class="icon-button layer-more" aria-expanded=${opened ? 'true' : 'false'} aria-label=${t('raster.more', { layer: say(raster) })} @click=${() => (this.opened = opened ? null : raster.id)}>${icon('chevron')}</button>
      </div>
      ${on || opened ? legend(raster) : nothing} ${opened ? this.about(raster) : nothing}
    </li>`;
  }

  /** @param {RasterInfo} raster */
  about(raster) {
    const { bounds } = raster;
    const statistics = address(`collections/${raster.id}/statistics?f=html${store.state.on ? `&datetime=${store.state.on}` : ''}`);
    return html`<div class="layer-about">
      ${opacity(raster, store.state.opacity[raster.id] ?? raster.opacity, (share) => setOpacity(raster.id, share))}
      <p>${say(raster, 'description')}</p>
      ${raster.rasters.map((r) => html`<p class="muted">${t('raster.since', { day: day(r.valid_from), file: r.file_name })}</p>`)}
      <p class="muted">${t('raster.source', { source: say(raster, 'source') })}</p>
      <a class="link" href=${statistics} target="_blank" rel="noopener">${t('raster.statistics')}</a>
      ${bounds ? html`<button type="button" class="link" @click=${() => theCamera()?.fit(bounds)}>${t('layers.zoom')}</button>` : nothing}
    </div>`;
  }

  /** @param {RasterInfo[]} there */
  compare(there) {
    const { swipe } = store.state;
    const start = () => {
      const shown = shownRasters(store.state);
      const right = shown.at(-1) ?? there[0];
      const left = shown.find((r) => r !== right);
      store.set({ swipe: { left: left?.id ?? '', right: right.id }, sheet: 'peek' }); // the map wants to be seen
    };
    if (!swipe) return html`<button type="button" class="chip raster-compare" data-key="swipe" aria-pressed="false" @click=${start}>${t('swipe.start')}</button>`;
    const side = (/** @type {'left'|'right'} */ name) => html`<label class="raster-side">
      <span class="muted">${t(name === 'left' ? 'swipe.left' : 'swipe.right')}</span>
      <select data-key="swipe-${name}" @change=${(/** @type {Event} */ e) => store.set({ swipe: { ...swipe, [name]: value(e) } })}>
        <option value="" .selected=${swipe[name] === ''}>${t('swipe.nothing')}</option>
        ${there.map((r) => html`<option value=${r.id} .selected=${swipe[name] === r.id}>${say(r)}</option>`)}
      </select>
    </label>`;
    return html`<div class="raster-sides" role="group" aria-label=${t('swipe.title')}>
      ${side('left')} ${side('right')}
      <button type="button" class="chip" data-key="swipe" aria-pressed="true" @click=${() => store.set({ swipe: null })}>${t('swipe.end')}</button>
    </div>`;
  }
}
customElements.define('gw-rasters', GwRasters);
