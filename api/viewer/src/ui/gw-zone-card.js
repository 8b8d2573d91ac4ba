// One zone: what it is, on what ground it stands, and what else lies here.
import { html, nothing } from 'lit';
import { boundsOf, copy, openZone, permalink, theCamera } from '../actions.js';
import { editZone, openVersions } from '../draw.js';
import { reopen } from '../follow.js';
import { num, say, t } from '../i18n.js';
import { may } from '../me.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import { icon, swatch } from './icons.js';
import { failure, row, skeleton, valueText } from './parts.js';

/** @typedef {import('../api.js').LayerInfo} LayerInfo */

export class GwZoneCard extends View {
  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'zone') return nothing;
    const layer = store.state.city?.layers.find((l) => l.id === view.layer);
    if (view.error) return failure(t('zone.failed'), view.error, reopen);
    if (!view.feature || !layer) return skeleton(5, t('zone.loading'));
    const p = view.feature.properties ?? {};
    const bounds = boundsOf(view.feature.geometry);
    const others = (view.others ?? []).filter((o) => o.layer !== view.layer || o.id !== view.id);
    const grade = p.grade ? (layer.grades[p.grade] ? say(layer.grades[p.grade]) : p.grade) : '';
    return html`<article class="card" data-zone=${view.id}>
      <header class="card-head">
        ${swatch(layer)}
        <div>
          <h2 class="card-title">${p.name ?? p.code ?? view.id}</h2>
          <p class="card-sub">${say(layer)}${grade ? ` · ${grade}` : ''}</p>
        </div>
      </header>
      <div class="actions">
        ${bounds ? html`<button type="button" class="action" @click=${() => theCamera()?.fit(bounds)}>${icon('extent')}${t('zone.zoom')}</button>` : nothing}
        <button type="button" class="action" @click=${() => copy(permalink(), t('well.linkCopied'))}>${icon('link')}${t('well.copyLink')}</button>
        ${store.state.map === 'none' || !may('draft') ? nothing : html`<button type="button" class="action" data-key="zone-edit" @click=${() => void editZone(view.layer, view.id)}>${icon('edit')}${t('desk.edit')}</button>`}
        <button type="button" class="action" data-key="zone-versions" @click=${() => void openVersions(view.layer, view.id, String(p.name ?? p.code ?? view.id))}>${icon('versions')}${t('life.versions')}</button>
      </div>
      ${say(layer, 'description') ? html`<p class="description">${say(layer, 'description')}</p>` : nothing}
      ${others.length ? alsoHere(others, view.others ?? []) : nothing}
      <section>
        <h3>${t('zone.attributes')}</h3>
        <dl class="facts">${attributes(layer, p)}</dl>
      </section>
      ${layer.basis.length
        ? html`<section><h3>${t('zone.basis')}</h3>
            ${layer.basis.map((b) => html`<blockquote class="law" lang="zh-CN"><p>${b.quote}</p><footer>${b.title} · ${b.clause}</footer></blockquote>`)}
          </section>`
        : nothing}
    </article>`;
  }
}
customElements.define('gw-zone-card', GwZoneCard);

/** @param {{layer:string,id:string,name:string}[]} list @param {{layer:string,id:string,name:string}[]} all */
const alsoHere = (list, all) => html`<section>
  <h3>${t('zone.here')}</h3>
  <ul class="rows">${list.map((o) => {
    const layer = store.state.city?.layers.find((l) => l.id === o.layer);
    return html`<li>${row({
      key: `also-${o.layer}-${o.id}`,
      mark: layer ? swatch(layer) : nothing,
      name: o.name,
      fact: say(layer),
      onClick: () => void openZone(o.layer, o.id, { others: all }),
    })}</li>`;
  })}</ul>
</section>`;

/** @param {LayerInfo} layer @param {Record<string, any>} p */
function attributes(layer, p) {
  const rows = layer.fields
    .filter((f) => f.name in p && f.name !== 'name' && f.name !== 'grade' && p[f.name] !== null && p[f.name] !== '')
    .map((f) => html`<dt>${say(f).replace(/（.*）$/, '')}</dt><dd>${valueText(p[f.name], f)}</dd>`);
  if (typeof p.area_km2 === 'number') {
    rows.push(html`<dt>${t('field.area_km2')}</dt><dd><span class="quantity">${num(p.area_km2, { maximumFractionDigits: 2 })}<span class="unit">km²</span></span></dd>`);
  }
  return rows;
}
