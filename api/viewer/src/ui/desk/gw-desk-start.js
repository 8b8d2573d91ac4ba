// Before drawing: go on with what was kept, or choose the layer and the grade.
import { html, nothing } from 'lit';
import { drawNew, resume } from '../../edit/acts.js';
import { forget, keptDesks } from '../../edit/keep.js';
import { instant, say, t } from '../../i18n.js';
import { legendOf, store } from '../../store.js';
import { View } from '../base.js';
import { icon, swatch } from '../icons.js';

export class GwDeskStart extends View {
  static properties = { chosen: { state: true } };

  constructor() {
    super();
    /** @type {string|null} */
    this.chosen = null;
  }

  render() {
    const layers = legendOf(store.state).filter((l) => l.geometry === 'polygon');
    return html`<article class="card" data-desk="start">
      <h2 class="card-title">${t('desk.title')}</h2>
      ${this.kept()}
      <section aria-labelledby="desk-choose">
        <h3 id="desk-choose">${t('desk.choose')}</h3>
        <ul class="layers desk-choices">${layers.map((l) => this.choice(l))}</ul>
      </section>
    </article>`;
  }

  kept() {
    const kept = keptDesks();
    if (!kept.length) return nothing;
    const { city } = store.state;
    return html`<section aria-labelledby="desk-kept">
      <h3 id="desk-kept">${t('desk.kept')}</h3>
      <ul class="rows">
        ${kept.map((k) => {
          const layer = city?.layers.find((l) => l.id === k.layer);
          return html`<li class="kept">
            <button type="button" class="row" data-key="kept-${k.draft}" @click=${() => resume(k)}>
              <span class="row-mark">${layer ? swatch(layer) : nothing}</span>
              <span class="row-text"><span class="row-name">${k.name || t('desk.unnamed')}</span><span class="row-fact">${layer ? say(layer) : k.layer} · ${instant(k.at)}</span></span>
            </button>
            <button type="button" class="icon-button" aria-label=${t('desk.discardOne', { name: k.name || t('desk.unnamed') })} @click=${() => (forget(k.draft), this.requestUpdate())}>${icon('close')}</button>
          </li>`;
        })}
      </ul>
    </section>`;
  }

  /** @param {import('../../api.js').LayerInfo} layer */
  choice(layer) {
    const grades = Object.entries(layer.grades);
    const opened = this.chosen === layer.id;
    const pick = () => (grades.length ? (this.chosen = opened ? null : layer.id) : drawNew(layer.id, undefined));
    return html`<li>
      <button type="button" class="row" data-key="draw-${layer.id}" aria-expanded=${grades.length ? String(opened) : nothing} @click=${pick}>
        <span class="row-mark">${swatch(layer)}</span>
        <span class="row-text"><span class="row-name">${say(layer)}</span></span>
        ${grades.length ? icon('chevron') : nothing}
      </button>
      ${opened
        ? html`<div class="grades" role="group" aria-label=${t('layers.grades')}>
            ${grades.map(([key, words]) => html`<button type="button" class="chip" data-key="grade-${key}" @click=${() => drawNew(layer.id, key)}>${say(words)}</button>`)}
            <button type="button" class="chip" data-key="grade-none" @click=${() => drawNew(layer.id, undefined)}>${t('desk.gradeLater')}</button>
          </div>`
        : nothing}
    </li>`;
  }
}
customElements.define('gw-desk-start', GwDeskStart);
