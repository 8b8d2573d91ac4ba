// Why this well has the finding it has: the sentence, the law, the distance, and what is not known.
import { html, nothing } from 'lit';
import { copy, openZone, permalink, theCamera } from '../actions.js';
import { copyCoords, formatCoords } from '../coords.js';
import { reopen } from '../follow.js';
import { day, say, t } from '../i18n.js';
import { FLAG_COLOR, FLAGS } from '../map/symbols.js';
import { openNear } from '../near.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import { edgeScale } from './edge-scale.js';
import { icon, mark, swatch } from './icons.js';
import { failure, metres, row, skeleton, valueText } from './parts.js';

/**
 * @typedef {import('../api.js').Finding} Finding
 * @typedef {import('../api.js').WellVerdict} WellVerdict
 * @typedef {import('../store.js').Flag} Flag
 */

const CLOSING = ['prohibit', 'close_by', 'seal'];
/** Register columns shown, in this order, when the service sends them. */
const REGISTER = ['status', 'use', 'well_type', 'self_supply', 'permit_state', 'permit_number', 'owner', 'industry', 'township', 'village', 'address',
  'annual_permitted_m3', 'annual_reported_m3', 'depth_m', 'water_depth_m', 'aquifer', 'meter_state', 'completed_on', 'coord_method', 'position_accuracy_m', 'remark'];

/** The flag of one finding, for its mark and colour. @param {Finding} f @returns {Flag} */
const flagOf = (f) =>
  f.answer === 'indeterminate' ? 'indeterminate' : f.answer === 'exempt' ? 'exempt' : CLOSING.includes(f.verdict) ? 'close' : 'restricted';

/** Gravest first; the service's order among equals. @param {Finding[]} findings */
const byGravity = (findings) => [...findings].sort((a, b) => FLAGS.indexOf(flagOf(a)) - FLAGS.indexOf(flagOf(b)));

/** The gravest, when the service did not say. @param {WellVerdict} v @returns {Flag} */
function flagOfWell(v) {
  if (v.well.flag) return v.well.flag;
  const flags = v.findings.map(flagOf);
  return FLAGS.find((flag) => flags.includes(flag)) ?? (v.not_assessed.length ? 'unassessed' : 'clear');
}

export class GwWellCard extends View {
  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'well') return nothing;
    if (view.error) return failure(t('well.failed'), view.error, reopen);
    if (!view.verdict) return skeleton(6, t('well.loading'));
    const v = view.verdict;
    const flag = flagOfWell(v);
    return html`<article class="card" data-well=${v.well.code}>
      <header class="card-head">
        ${mark(flag, 32)}
        <div>
          <h2 class="card-title">${v.well.name || t('well.missingName')}</h2>
          <p class="card-sub"><span class="number">${v.well.code}</span> · <strong class="ink-${flag}">${t(`flag.${flag}`)}</strong></p>
        </div>
      </header>
      ${this.actions(v)}
      ${v.findings.length
        ? byGravity(v.findings).map((f) => finding(f))
        : html`<p class="lead">${t(flag === 'unassessed' ? 'well.noneUnassessed' : 'well.none')}</p>`}
      <p class="muted small as-of">${t('well.asOf', { day: day(v.on) })}</p>
      ${notAssessed(v)} ${zones(v)} ${register(v)}
    </article>`;
  }

  /** @param {WellVerdict} v */
  actions(v) {
    const at = /** @type {[number, number]} */ ([v.well.lon, v.well.lat]);
    return html`<div class="actions">
      <button type="button" class="action" @click=${() => copy(copyCoords(at), t('well.coordsCopied'))}>${icon('copy')}${t('well.copyCoords')}</button>
      <button type="button" class="action" @click=${() => copy(permalink(), t('well.linkCopied'))}>${icon('link')}${t('well.copyLink')}</button>
      <button type="button" class="action" @click=${() => theCamera()?.look(at, { zoom: 15 })}>${icon('locate')}${t('well.center')}</button>
      <button type="button" class="action" data-key="near-from-well" @click=${() => openNear({ at, source: 'well', accuracy_m: undefined })}>${icon('near')}${t('near.button')}</button>
    </div>`;
  }
}
customElements.define('gw-well-card', GwWellCard);

/** @param {Finding} f */
function finding(f) {
  const flag = flagOf(f);
  const layer = store.state.city?.layers.find((l) => l.id === f.layer);
  const verdict = say(f, 'verdict');
  return html`<section class="finding" data-rule=${f.rule}>
    <h3 class="finding-head">
      ${mark(flag, 18)}<span class="ink-${flag}">${capital(f.answer === 'applies' ? verdict : say(f, 'answer'))}</span>
      <span class="finding-rule">${f.answer === 'applies' ? '' : html`${verdict} · `}${t('well.rule', { rule: f.rule })}</span>
    </h3>
    <p class="lead sentence">${say(f, 'sentence')}</p>
    ${f.edge_m !== null && f.edge_m !== undefined
      ? edgeScale({ edge_m: f.edge_m, tolerance_m: f.tolerance_m, zone: f.zone_name ?? say(f, 'layer'), style: layer?.style, color: FLAG_COLOR[flag] })
      : nothing}
    ${f.missing?.length
      ? html`<div class="missing"><h4>${t('well.missing')}</h4>
          <ul>${f.missing.map((m) => html`<li>${say(m)}</li>`)}</ul>
          <p class="muted small">${t('well.missingWhat')}</p></div>`
      : nothing}
    ${f.exemption ? html`<p class="exemption"><strong>${t('well.exemption')}</strong> ${exemption(f.exemption)}</p>` : nothing}
    ${f.quote
      ? html`<blockquote class="law" lang="zh-CN">
          <p>${f.quote}</p>
          <footer>${f.instrument_zh ?? f.instrument} ${f.number ? `（${f.number}）` : ''}${f.clause} · ${store.state.lang === 'en' ? (f.tier ?? '').replaceAll('_', ' ') : f.tier_zh}${f.text_as_of ? html` · <span class="muted">${t('well.textAsOf', { day: day(f.text_as_of) })}</span>` : nothing}</footer>
        </blockquote>`
      : nothing}
    ${f.since ? html`<p class="muted small">${t('well.since', { day: day(f.since) })}${f.zone_version ? ` · ${f.zone_name ?? ''} ${t('well.version', { n: f.zone_version })}` : ''}</p>` : nothing}
    ${inputs(f)}
  </section>`;
}

/** @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** @param {any} e a text, or a record with words, clause and quote */
function exemption(e) {
  if (typeof e === 'string') return e;
  return html`${say(e)}${e.clause ? ` · ${e.clause}` : ''}${e.quote ? html`<br /><q lang="zh-CN">${e.quote}</q>` : nothing}`;
}

/** What the rule read. @param {Finding} f */
function inputs(f) {
  const names = Object.keys(f.inputs ?? {});
  if (!names.length) return nothing;
  const fields = store.state.city?.layers.find((l) => l.geometry === 'point')?.fields ?? [];
  return html`<details class="inputs"><summary>${t('well.inputs')}</summary>
    <dl class="facts">${names.map((name) => {
      const field = fields.find((x) => x.name === name);
      const layer = store.state.city?.layers.find((l) => name.includes(l.id));
      const label = field ? say(field) : layer ? `${t('edge.inside')}：${say(layer)}` : name;
      return html`<dt>${label}</dt><dd>${valueText(f.inputs[name], field)}</dd>`;
    })}</dl></details>`;
}

/** @param {WellVerdict} v */
function notAssessed(v) {
  if (!v.not_assessed?.length) return nothing;
  const layers = store.state.city?.layers ?? [];
  return html`<section class="not-assessed">
    <h3>${t('well.notAssessed')}</h3>
    <p class="muted small">${t('well.notAssessedWhy')}</p>
    <ul class="rows">${v.not_assessed.map((l) => html`<li>${row({
      key: `na-${l.layer}`,
      mark: swatch({ ...(layers.find((x) => x.id === l.layer) ?? { style: { color: '#5B6B7B', pattern: 'hatch', opacity: 0 } }), has_data: false }),
      name: say(l),
    })}</li>`)}</ul>
  </section>`;
}

/** @param {WellVerdict} v */
function zones(v) {
  const layers = store.state.city?.layers ?? [];
  return html`<section>
    <h3>${t('well.zones')}</h3>
    ${v.zones.length
      ? html`<ul class="rows">${v.zones.map((z) => {
          const layer = layers.find((l) => l.id === z.layer);
          const edge = z.edge_m ?? 0;
          const unsure = z.edge_m !== null && z.tolerance_m !== null && Math.abs(edge) < z.tolerance_m;
          const side = unsure ? t('edge.nearLine') : t((z.inside ?? edge >= 0) ? 'edge.inside' : 'edge.outside');
          return html`<li>${row({
            key: `zone-${z.layer}-${z.zone_id}`,
            mark: layer ? swatch(layer) : nothing,
            name: z.name,
            fact: layer ? say(layer) : say(z, 'layer'),
            distance: html`<span class=${unsure ? 'ink-indeterminate' : 'muted'}>${side}</span>${z.edge_m === null ? nothing : metres(edge)}`,
            onClick: () => void openZone(z.layer, String(z.zone_id)),
          })}</li>`;
        })}</ul>`
      : html`<p class="muted">${t('well.zones.none')}</p>`}
    ${v.not_concerned?.length
      ? html`<p class="small not-concerned"><span class="muted">${t('well.notConcerned')}　</span>${v.not_concerned.map((l) => say(l)).join(store.state.lang === 'en' ? ', ' : '、')}</p>`
      : nothing}
  </section>`;
}

/** @param {WellVerdict} v */
function register(v) {
  const fields = store.state.city?.layers.find((l) => l.geometry === 'point')?.fields ?? [];
  const at = /** @type {[number, number]} */ ([v.well.lon, v.well.lat]);
  return html`<section>
    <h3>${t('well.register')}</h3>
    <dl class="facts">
      <dt>${t('well.coords')}</dt>
      <dd class="number">${formatCoords(at, 'dec')}<br /><span class="muted">${formatCoords(at, 'dms')}</span></dd>
      ${REGISTER.filter((name) => name in v.well).map((name) => {
        const field = fields.find((f) => f.name === name);
        const value = v.well[name];
        const label = field ? say(field).replace(/（.*）$/, '') : name;
        const blank = value === null || value === undefined || value === '';
        return html`<dt>${label}</dt><dd class=${blank ? 'blank' : ''}>${valueText(value, field)}</dd>`;
      })}
    </dl>
  </section>`;
}
