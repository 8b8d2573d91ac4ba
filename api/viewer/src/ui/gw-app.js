// The frame: the map's place, the panel over it, and the few things that float.
import { html, nothing } from 'lit';
import { hush, theCamera } from '../actions.js';
import { formatCoords } from '../coords.js';
import { scaleBar } from '../geo.js';
import { t, useLang } from '../i18n.js';
import { openMeasure } from '../measuring.js';
import { locate } from '../place.js';
import { extentOf, store } from '../store.js';
import { View } from './base.js';
import './gw-account.js';
import './gw-day.js';
import './gw-dialogs.js';
import './gw-panel.js';
import './gw-no-map.js';
import './gw-place-menu.js';
import { icon } from './icons.js';
import { roundMetres } from './parts.js';
import { sightNote } from './sight-note.js';

export class GwApp extends View {
  updated() {
    this.dataset.sheet = store.state.sheet;
  }

  render() {
    const s = store.state;
    const other = s.lang === 'en' ? 'zh-CN' : 'en';
    return html`<a class="skip" href="#map" @click=${this.skip}>${t('app.skip')}</a>
      <gw-panel></gw-panel>
      <div id="map" class="map" data-state=${s.map}></div>
      <gw-swipe></gw-swipe><gw-raster-value></gw-raster-value>
      <div class="crosshair" aria-hidden="true"></div>
      <div class="map-tip" aria-hidden="true" hidden></div>
      ${s.map === 'none' ? html`<gw-no-map></gw-no-map>` : nothing}
      <div class="corner">
        ${s.city?.synthetic ? html`<span class="synthetic">${t('app.synthetic')}</span>` : nothing}
        <button type="button" class="lang" lang=${other} aria-label=${t('lang.switch')} @click=${() => useLang(other)}>${t('lang.other')}</button>
        <gw-account></gw-account>
      </div>
      ${s.city ? html`<gw-day></gw-day>` : nothing}
      ${s.map === 'none' || !s.city ? nothing : html`<gw-controls></gw-controls><gw-readout></gw-readout><gw-credit></gw-credit>`}
      <gw-place-menu></gw-place-menu>
      <gw-dialogs></gw-dialogs>
      ${s.city ? sightNote() : nothing}
      <div class="message-place">
        <div class="message message-${s.message?.kind ?? 'info'}" ?hidden=${!s.message} role="status" aria-live="polite">
          <span>${s.message?.text ?? ''}</span>
          ${s.message?.retry ? html`<button type="button" class="link" @click=${s.message.retry}>${t('app.retry')}</button>` : nothing}
          ${s.message?.kind === 'error' ? html`<button type="button" class="link" @click=${hush}>${t('app.dismiss')}</button>` : nothing}
        </div>
      </div>`;
  }

  /** @param {Event} event */
  skip(event) {
    event.preventDefault();
    theCamera()?.focus();
  }
}
customElements.define('gw-app', GwApp);

export class GwControls extends View {
  render() {
    const bounds = extentOf(store.state.city?.layers ?? []);
    const button = (/** @type {any} */ name, /** @type {string} */ label, /** @type {() => void} */ act) =>
      html`<button type="button" class="control" aria-label=${label} title=${label} @click=${act}>${icon(name)}</button>`;
    return html`<div class="controls">
      <div class="control-group">
        ${button('plus', t('map.zoomIn'), () => theCamera()?.zoomBy(1))}
        ${button('minus', t('map.zoomOut'), () => theCamera()?.zoomBy(-1))}
      </div>
      <div class="control-group">
        ${bounds ? button('extent', t('map.extent'), () => theCamera()?.fit(bounds)) : nothing}
        ${button('locate', t('locate.button'), () => void locate())}
        <button type="button" class="control" aria-label=${t('map.globe')} title=${t('map.globe')} aria-pressed=${store.state.globe ? 'true' : 'false'} @click=${() => store.set({ globe: !store.state.globe })}>${icon('globe')}</button>
      </div>
      <div class="control-group">
        ${button('ruler', t('measure.title'), () => void openMeasure())}
        ${button('print', t('print.title'), () => store.set({ dialog: { kind: 'print' } }))}
      </div>
    </div>`;
  }
}
customElements.define('gw-controls', GwControls);

const READOUTS = /** @type {const} */ (['dec', 'dms', 'gk']);

export class GwReadout extends View {
  /** @param {import('../store.js').State} now @param {import('../store.js').State} before */
  concerns(now, before) {
    return now.cursor !== before.cursor || now.camera !== before.camera || now.lang !== before.lang || now.readout !== before.readout;
  }

  render() {
    const { camera, cursor, readout } = store.state;
    if (!camera) return nothing;
    const bar = scaleBar(camera.metresPerPixel, 110);
    const at = cursor ?? /** @type {[number, number]} */ ([camera.lng, camera.lat]);
    const zone = Math.round(at[0] / 3);
    const next = READOUTS[(READOUTS.indexOf(readout) + 1) % READOUTS.length];
    return html`<div class="readout">
      <div class="scale" role="img" aria-label=${t('map.scale')}>
        <span>${roundMetres(bar.metres)}</span>
        <svg width=${bar.pixels + 2} height="7" aria-hidden="true"><path d="M1 0V6H${bar.pixels + 1}V0" fill="none" stroke="currentColor" stroke-width="1.500" /></svg>
      </div>
      <button type="button" class="coords number" title=${t('map.readout')} @click=${() => store.set({ readout: next })}>
        <span class="coords-text">${formatCoords(at, readout)}</span><span class="crs">${t('map.crs')}${readout === 'gk' ? ` ${t('map.gk')} ${zone}` : ''}</span>
      </button>
    </div>`;
  }
}
customElements.define('gw-readout', GwReadout);
