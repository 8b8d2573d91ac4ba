// The start of the panel: the findings, which count and filter, and the layers, which are the legend.
import { html, nothing, svg } from 'lit';
import { clearFlags, setOpacity, showAllLayers, showLayer, theCamera, toggleFlag } from '../actions.js';
import { address } from '../api.js';
import { FLAG_COLOR, FLAGS } from '../flags.js';
import { num, say, t } from '../i18n.js';
import { WELLS_FROM } from '../map/style.js';
import { legendOf, store } from '../store.js';
import { View } from './base.js';
import './gw-base.js';
import { icon, mark, swatch } from './icons.js';
import { opacity } from './parts.js';
import { isDrawn, sees } from '../sight.js';
import { sightWords, signInLink } from './sight-note.js';

/** @typedef {import('../api.js').LayerInfo} LayerInfo */

export class GwFindings extends View {
  render() {
    const { city, flags, me } = store.state;
    if (!city) return nothing;
    const seen = sees(me);
    const words = sightWords();
    if (seen === 'none') return html`<section aria-labelledby="findings-title">
      <header class="section-head"><h2 id="findings-title">${t('flags.title')}</h2></header>
      <p class="sight-words">${words} ${signInLink()}</p>
    </section>`;
    const counting = seen === 'counts'; // how many there are is told by the map's cells only
    const wells = city.flags ?? {};
    const total = FLAGS.reduce((n, f) => n + (wells[f] ?? 0), 0);
    return html`<section aria-labelledby="findings-title">
      <header class="section-head">
        <h2 id="findings-title">${t(store.state.on ? 'flags.ofToday' : 'flags.title')}</h2>
        ${flags.length
          ? html`<button type="button" class="link" @click=${clearFlags}>${t('flags.all')}</button>`
          : html`<span class="muted">${counting ? nothing : t('flags.total', { n: num(total) })}</span>`}
      </header>
      ${words ? html`<p class="sight-words">${words} ${signInLink()}</p>` : nothing}
      ${shares(wells, total)}
      <div class="flags" role="group" aria-label=${t('flags.filter')}>
        ${FLAGS.map(
          (flag) => html`<button
            type="button"
            class="flag"
            data-flag=${flag}
            data-key="flag-${flag}"
            aria-pressed=${flags.includes(flag) ? 'true' : 'false'}
            title=${t(`flag.${flag}.why`)}
            @click=${() => toggleFlag(flag)}
          >
            <span class="flag-name">${mark(flag, 16)}${t(`flag.${flag}`)}</span>
            ${counting ? nothing : html`<span class="flag-count number">${num(wells[flag] ?? 0)}</span>`}
          </button>`,
        )}
      </div>
      ${counted(counting ? 0 : store.state.camera?.zoom)}
      ${city.last_audit ? html`<a class="link findings-list" data-key="audit" href=${address(`audits/${city.last_audit.run_id}?f=html`)} target="_blank" rel="noopener">${t('flags.audit')}</a>` : nothing}
    </section>`;
  }
}
customElements.define('gw-findings', GwFindings);

/** From afar the circles are counts: the legend says so. @param {number|undefined} zoom */
function counted(zoom) {
  if (zoom === undefined || zoom >= WELLS_FROM) return nothing;
  return html`<p class="counted" data-counted>
    <svg viewBox="0 0 54 20" width="54" height="20" aria-hidden="true">
      ${[3, 5, 8].map((r, i) => svg`<circle cx=${[5, 19, 40][i]} cy="10" r=${r} fill=${FLAG_COLOR.close} fill-opacity="0.85" />`)}
    </svg>
    <span>${t('flags.counted')}</span>
  </p>`;
}

/** How the wells divide, as one thin bar. @param {Record<string, number>} counts @param {number} total */
function shares(counts, total) {
  if (!total) return nothing;
  let x = 0;
  return html`<svg class="shares" viewBox="0 0 1000 4" preserveAspectRatio="none" width="100%" height="4" aria-hidden="true">
    ${FLAGS.map((flag) => {
      const width = ((counts[flag] ?? 0) / total) * 1000;
      const from = x;
      x += width;
      return svg`<rect x=${from} y="0" width=${Math.max(0, width - 1.5)} height="4" fill=${FLAG_COLOR[flag]} />`;
    })}
  </svg>`;
}

export class GwLayers extends View {
  static properties = { opened: { state: true } };

  constructor() {
    super();
    /** @type {string|null} */
    this.opened = null;
  }

  render() {
    const { city, visible } = store.state;
    if (!city) return nothing;
    const layers = legendOf(store.state);
    const drawn = layers.filter((l) => isDrawn(l, store.state.me));
    const missing = layers.filter((l) => !isDrawn(l, store.state.me));
    const anyHidden = drawn.some((l) => l.geometry === 'polygon' && visible[l.id] === false);
    return html`<section aria-labelledby="layers-title">
      <header class="section-head">
        <h2 id="layers-title">${t('layers.title')}</h2>
        ${drawn.length > 1
          ? html`<button type="button" class="link" @click=${() => showAllLayers(anyHidden)}>${t(anyHidden ? 'layers.show' : 'layers.hide')}</button>`
          : nothing}
      </header>
      <gw-base></gw-base>
      <ul class="layers">
        ${drawn.map((l) => this.layer(l))}
      </ul>
      ${missing.length
        ? html`<header class="section-head section-sub">
              <h3>${t('layers.noData')}</h3>
              <span class="muted">${t('layers.noDataWhy')}</span>
            </header>
            <ul class="layers">
              ${missing.map(
                (l) => html`<li class="layer layer-missing" data-layer=${l.id}>
                  <div class="layer-row">
                    <span class="layer-swatch">${swatch(l)}</span>
                    <span class="layer-words">
                      <span class="layer-name">${say(l)}</span>
                      <span class="layer-none">${l.geometry === 'point' ? (sightWords() ?? t('layers.emptyWells')) : t('layers.empty', { layer: say(l) })}</span>
                    </span>
                  </div>
                </li>`,
              )}
            </ul>`
        : nothing}
    </section>
    <gw-rasters></gw-rasters>`;
  }

  /** @param {LayerInfo} layer */
  layer(layer) {
    const on = store.state.visible[layer.id] !== false;
    const opened = this.opened === layer.id;
    const name = say(layer);
    return html`<li class="layer" data-layer=${layer.id}>
      <div class="layer-row">
        <label class="layer-label">
          <input
            type="checkbox"
            data-key="layer-${layer.id}"
            .checked=${on}
            @change=${(/** @type {Event} */ e) => showLayer(layer.id, /** @type {HTMLInputElement} */ (e.target).checked)}
          />
          <span class="layer-swatch">${layer.geometry === 'point' ? mark('close', 20) : swatch(layer)}</span>
          <span class="layer-name">${name}</span>
        </label>
        <span class="layer-count number">${layer.has_data ? num(layer.count) : nothing}<span class="offscreen">${t(layer.geometry === 'point' ? 'unit.wells' : 'unit.zones')}</span></span>
        <button
          type="button"
          class="icon-button layer-more"
          aria-expanded=${opened ? 'true' : 'false'}
          aria-label=${t('layers.more', { layer: name })}
          @click=${() => (this.opened = opened ? null : layer.id)}
        >
          ${icon('chevron')}
        </button>
      </div>
      ${opened ? this.about(layer) : nothing}
    </li>`;
  }

  /** @param {LayerInfo} layer */
  about(layer) {
    const { bounds } = layer;
    return html`<div class="layer-about">
      ${opacity(layer, store.state.opacity[layer.id] ?? 1, (share) => setOpacity(layer.id, share))}
      ${say(layer, 'description') ? html`<p>${say(layer, 'description')}</p>` : nothing}
      ${Object.keys(layer.grades).length
        ? html`<p><span class="muted">${t('layers.grades')}　</span>${Object.values(layer.grades).map((g) => say(g)).join(store.state.lang === 'en' ? ', ' : '、')}</p>`
        : nothing}
      ${layer.basis.map(
        (b) => html`<blockquote class="law" lang="zh-CN"><p>${b.quote}</p><footer>${b.title} · ${b.clause}</footer></blockquote>`,
      )}
      ${bounds ? html`<button type="button" class="link" @click=${() => theCamera()?.fit(bounds)}>${t('layers.zoom')}</button>` : nothing}
    </div>`;
  }
}
customElements.define('gw-layers', GwLayers);
