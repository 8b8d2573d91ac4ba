// What the rasters hold at the place that was asked: said beside it, with the unit; no data is no 0.
import { html, nothing } from 'lit';
import { formatCoords } from '../../coords.js';
import { say, t } from '../../i18n.js';
import { theMap } from '../../map/engine.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { icon } from '../icons.js';

export class GwRasterValue extends View {
  /** @type {(() => void)|null} */
  #follow = null;

  render() {
    const { values } = store.state;
    if (!values) return nothing;
    const line = (/** @type {import('../../raster/values.js').Told} */ told) => html`<div class="raster-told" data-told=${told.raster.id} data-status=${told.error ? 'error' : (told.status ?? 'wait')}>
      <dt>${say(told.raster)}</dt>
      <dd>${told.color ? html`<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill=${told.color} /></svg>` : nothing}${told.error ? say(told.error) : told.status ? say(told, 'words') : t('raster.asking')}</dd>
    </div>`;
    return html`<div class="raster-value">
      <span class="raster-dot" aria-hidden="true"></span>
      <div class="raster-words" role="status">
        <p class="muted small number">${formatCoords(values.at, store.state.readout)}</p>
        <dl>${values.told.map(line)}</dl>
        <button type="button" class="icon-button" aria-label=${t('raster.close')} @click=${() => store.set({ values: null })}>${icon('close')}</button>
      </div>
    </div>`;
  }

  updated() {
    const map = theMap();
    const box = /** @type {HTMLElement|null} */ (this.querySelector('.raster-value'));
    if (this.#follow && map) map.off('move', this.#follow);
    this.#follow = null;
    const { values } = store.state;
    if (!map || !box || !values) return;
    this.#follow = () => {
      const { x, y } = map.project(values.at);
      box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      // towards the middle, so that it stays on the screen
      box.classList.toggle('leftwards', x > map.getContainer().clientWidth - 300);
    };
    map.on('move', this.#follow);
    this.#follow();
  }
}
customElements.define('gw-raster-value', GwRasterValue);
