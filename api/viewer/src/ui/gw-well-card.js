// Why this well has the finding it has: the sentence, the law, the distance, and what is not known.
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { copy, openZone, permalink, theCamera } from '../actions.js';
import { copyCoords, formatCoords } from '../coords.js';
import { flagOf, FLAGS } from '../flags.js';
import { reopen } from '../follow.js';
import { day, say, t } from '../i18n.js';
import { openNear } from '../near.js';
import { store, viewOf } from '../store.js';
import { View } from './base.js';
import { findingList } from './finding.js';
import './gw-navigate.js';
import { icon, mark } from './icons.js';
import { failure, skeleton, valueText } from './parts.js';
import { sightState } from './sight-note.js';
import { notAssessed, zoneRow } from './zone-rows.js';

/**
 * @typedef {import('../api.js').WellVerdict} WellVerdict
 * @typedef {import('../store.js').Flag} Flag
 */

/** Register columns shown, in this order, when the service sends them. */
const REGISTER = ['status', 'use', 'well_type', 'self_supply', 'permit_state', 'permit_number', 'owner', 'industry', 'township', 'village', 'address',
  'annual_permitted_m3', 'annual_reported_m3', 'depth_m', 'water_depth_m', 'aquifer', 'meter_state', 'completed_on', 'coord_method', 'position_accuracy_m', 'remark'];

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
    if (view.error && [401, 403, 404].includes(view.error.status ?? 0) && sightState()) return sightState();
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
      <gw-navigate .at=${/** @type {[number, number]} */ ([v.well.lon, v.well.lat])} .code=${v.well.code}></gw-navigate>
      ${v.findings.length
        ? keyed(v, findingList(v.findings)) // what was unfolded for one well is not for the next
        : html`<p class="lead">${t(flag === 'unassessed' ? 'well.noneUnassessed' : 'well.none')}</p>`}
      <p class="muted small as-of">${t('well.asOf', { day: day(v.on) })}${v.findings.some((f) => f.missing?.length) ? html`<br />${t('well.missingWhat')}` : nothing}</p>
      ${notAssessed(v.not_assessed)} ${zones(v)} ${register(v)}
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

/** @param {WellVerdict} v */
function zones(v) {
  return html`<section>
    <h3>${t('well.zones')}</h3>
    ${v.zones.length
      ? html`<ul class="rows">${v.zones.map((z) => html`<li>${zoneRow(z, () => void openZone(z.layer, String(z.zone_id)))}</li>`)}</ul>`
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
