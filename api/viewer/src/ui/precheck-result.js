// What a pre-check says: the outcome, its grounds, what is not known, what to bring, what lies near.
import { html, nothing } from 'lit';
import { copy, openZone, permalink } from '../actions.js';
import { pageAt } from '../api.js';
import { asOf } from '../precheck.js';
import { bodyOf, queryOf } from '../application.js';
import { refuses } from '../flags.js';
import { day, num, say, t } from '../i18n.js';
import { openNear } from '../near.js';
import { limitKey, lookAtLimit } from '../precheck.js';
import { store } from '../store.js';
import { finding, foldedFinding, foldedGroup } from './finding.js';
import { icon, mark, swatch } from './icons.js';
import { bearingAndDistance, capital, row } from './parts.js';
import { notAssessed, zoneRow } from './zone-rows.js';

/**
 * @typedef {import('../api.js').Precheck} Precheck
 * @typedef {import('../api.js').Finding} Finding
 * @typedef {import('../store.js').PrecheckView} PrecheckView
 * @typedef {import('../store.js').Flag} Flag
 */

/** @type {Record<Precheck['outcome']['key'], Flag>} */
const OUTCOME = { refused: 'close', suspended: 'close', unknown: 'indeterminate', conditions: 'duty', no_ground: 'clear' };
/** As many findings are shown whole, or unfolded as lines. */
const FEW = 3;
/** As many things to bring are listed unasked. */
const SHORT = 8;

/** @param {Precheck} result @param {PrecheckView} view */
export function resultOf(result, view) {
  const doubts = result.unknown.filter(refuses);
  const others = result.unknown.filter((f) => !refuses(f));
  const suspends = (/** @type {Finding} */ f) => f.verdict === 'suspend';
  return html`${outcome(result)} ${permit(result)} ${actions(view)}
    ${group(t('precheck.grounds'), result.grounds.filter((f) => !suspends(f)), { flag: 'close', whole: true })}
    ${group(t('precheck.suspended'), result.grounds.filter(suspends), { flag: 'close', whole: true })}
    ${group(t('precheck.doubts'), doubts, { flag: 'indeterminate', whole: !result.grounds.length })}
    ${group(t('precheck.conditions'), result.conditions, { open: result.outcome.key === 'conditions' })}
    ${group(t('precheck.unknown.other'), others, {})}
    ${group(t('precheck.exempt'), result.exempt, { flag: 'exempt' })}
    ${bring(result)} ${unit(result)} ${zones(result)} ${nearest(result, view)} ${notAssessed(result.not_assessed)}
    <p class="muted small as-of">${t('well.asOf', { day: day(result.on) })}<br />${t('precheck.decides')}</p>`;
}

/** @param {Precheck} result */
function outcome({ outcome: { key, ...words }, place, grounds, unknown }) {
  const flag = OUTCOME[key] ?? 'indeterminate';
  const doubts = unknown.filter(refuses).length;
  // a layer without data may be the whole doubt: the outcome's own words say so
  const why = key === 'unknown' && !doubts ? '' : t(`outcome.${key}`, { n: num(key === 'refused' || key === 'suspended' ? grounds.length : doubts) });
  return html`<section class="outcome outcome-${key}" data-outcome=${key} tabindex="-1" aria-labelledby="outcome-words">
    <div class="card-head">${mark(flag, 32)}
      <div><h3 id="outcome-words" class="outcome-words ink-${key === 'no_ground' ? 'plain' : flag}">${capital(say(words))}</h3>
        <p class="card-sub">${[place.district, place.area_code].filter(Boolean).join(' · ')}</p></div>
    </div>
    ${why ? html`<p>${why}</p>` : nothing}
  </section>`;
}

/** Whether a permit is needed at all, and on what that depends. @param {Precheck} result */
function permit({ permit: told }) {
  if (!told) return nothing;
  return html`<section class="precheck-permit" data-permit=${told.key} aria-label=${t('precheck.permit')}>
    <h3>${capital(say(told))}</h3>
    <p>${say(told, 'sentence')}</p>
  </section>`;
}

/** @param {PrecheckView} view */
function actions(view) {
  const at = /** @type {[number, number]} */ (view.at);
  const page = pageAt('precheck/page', queryOf(bodyOf(at, asOf(view.answers), view.accuracy_m)));
  return html`<div class="actions">
    <a class="action" href=${page} target="_blank" rel="noopener" data-key="precheck-print">${icon('print')}${t('precheck.print')}</a>
    <button type="button" class="action" @click=${() => copy(permalink(), t('well.linkCopied'))}>${icon('link')}${t('well.copyLink')}</button>
    <button type="button" class="action" data-key="near-from-precheck" @click=${() => openNear({ at, source: view.source, accuracy_m: view.accuracy_m })}>${icon('near')}${t('near.button')}</button>
  </div>`;
}

/**
 * @param {string} title @param {Finding[]} findings
 * @param {{flag?:Flag, whole?:boolean, open?:boolean}} how whole: shown in full while they are few
 */
function group(title, findings, { flag, whole = false, open = false }) {
  if (!findings.length) return nothing;
  const few = findings.length <= FEW;
  const count = num(findings.length);
  if (!whole && !few) return foldedGroup(title, findings, { open, aside: count, flag });
  return html`<section class="precheck-group"><h3>${title} <span class="aside">${count}</span></h3>
    ${findings.map((f) => (whole && few ? finding(f, flag) : foldedFinding(f, flag)))}
  </section>`;
}

/** What would settle the doubts: at hand while it is short. @param {Precheck} result */
const bring = ({ bring: list }) =>
  list.length
    ? html`<details class="finding-group" data-bring ?open=${list.length <= SHORT}>
        <summary><h3>${t('precheck.bring')}</h3><span class="aside">${num(list.length)}</span>${icon('chevron')}</summary>
        <p class="muted small">${t('precheck.bringWhy')}</p>
        <ul class="bring">${list.map((m) => html`<li>${say(m)}</li>`)}</ul>
      </details>`
    : nothing;

/** What is left of the unit's quota. @param {Precheck} result */
function unit({ unit, hidden }) {
  if (hidden?.includes('unit')) return html`<p class="muted small" data-unit-hidden>${t('precheck.unitHidden')}</p>`;
  if (!unit) return nothing;
  const volume = (/** @type {number|null} */ n) => (n === null ? html`<span class="blank">${t('well.blank')}</span>` : html`<span class="quantity">${num(n)}<span class="unit">m³</span></span>`);
  const level = (/** @type {number} */ n) => html`<span class="quantity">${num(n)}<span class="unit">m</span></span>`;
  const more = /** @type {[string, any, (n:number) => any][]} */ ([
    [t('unit.quota'), unit.quota_m3, volume],
    [t('unit.cap'), unit.cap_m3, volume],
    [t('unit.permitted'), unit.permitted_m3, volume],
    [t('unit.taken'), unit.taken_m3, volume],
    [t('unit.level'), unit.level_m, level],
    [t('unit.controlLevel'), unit.control_level_m, level],
  ]).filter(([, value]) => value !== null);
  return html`<section data-unit=${unit.code}><h3>${t(unit.year ? 'precheck.quota' : 'precheck.quotaNoYear', { unit: unit.name ?? unit.code, year: unit.year ?? '' })}</h3>
    <dl class="facts"><dt>${capital(t('unit.remaining'))}</dt><dd>${volume(unit.remaining_m3)}</dd>${more.map(([label, value, words]) => html`<dt>${capital(label)}</dt><dd>${words(value)}</dd>`)}</dl></section>`;
}

/** @param {Precheck} result */
function zones({ zones: met }) {
  return html`<section><h3>${t('precheck.zones')}</h3>
    ${met.length
      ? html`<ul class="rows">${met.map((z) => html`<li>${zoneRow(z, () => void openZone(z.layer, String(z.zone_id)))}</li>`)}</ul>`
      : html`<p class="muted">${t('precheck.zones.none')}</p>`}
  </section>`;
}

/** @param {Precheck} result @param {PrecheckView} view */
function nearest({ nearest: limits }, view) {
  if (!limits.length) return nothing;
  const layers = store.state.city?.layers ?? [];
  return html`<section><h3>${t('precheck.nearest')}</h3>
    <ul class="rows">${[...limits]
      .sort((a, b) => a.distance_m - b.distance_m)
      .map((n) => {
        const layer = layers.find((l) => l.id === n.layer);
        return html`<li>${row({
          key: `limit-${limitKey(n)}`,
          mark: layer ? swatch(layer) : nothing,
          name: n.name,
          fact: `${say(n, 'layer')} · ${t(n.inside ? 'edge.inside' : 'edge.outside')}`,
          distance: bearingAndDistance(n.distance_m, n.bearing_deg),
          onClick: () => lookAtLimit(/** @type {[number, number]} */ (view.at), n),
        })}</li>`;
      })}</ul></section>`;
}
