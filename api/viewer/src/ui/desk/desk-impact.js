// What the draft would do, as the service answers it; what it cannot say is said in words.
import { html, nothing } from 'lit';
import { work } from '../../edit/acts.js';
import { askAgain } from '../../edit/ask.js';
import { keyOf, shapesOf } from '../../edit/desk.js';
import { alsoUnknown, amounts, troubling } from '../../edit/impact.js';
import { clipOff } from '../../edit/reshape.js';
import { FLAGS } from '../../flags.js';
import { day, num, say, t } from '../../i18n.js';
import { mark } from '../icons.js';
import { unitText } from '../parts.js';

/**
 * @typedef {import('../../edit/desk.js').Desk} Desk
 * @typedef {import('../../edit/impact.js').Answer} Answer
 */

/** @param {Desk} d */
export function impactOf(d) {
  return impactIn(d.impact, askAgain, (answer) => html`${measuresOf(answer)} ${overlaps(d, answer)} ${cracks(answer)}`);
}

/**
 * How it stands with a question about a draft.
 * @param {import('../../edit/impact.js').Impact} impact @param {() => void} again @param {(answer:Answer) => unknown} told what is told of the answer
 */
export function impactIn(impact, again, told) {
  if (impact.state === 'none') return nothing;
  return html`<section class="desk-impact" data-impact=${impact.state} aria-labelledby="impact-title" aria-live="polite">
    <h3 id="impact-title">${t('impact.title')}</h3>
    ${impact.state === 'waiting' ? html`<p class="muted">${t('impact.waiting')}</p>` : nothing}
    ${impact.state === 'absent' ? html`<p class="ask-note">${t('impact.absent')}</p>` : nothing}
    ${impact.state === 'failed'
      ? html`<p class="ask-note">${t('impact.failed')} ${say(impact.problem)} <button type="button" class="link" @click=${again}>${t('app.retry')}</button></p>`
      : nothing}
    ${impact.state === 'told' ? told(impact.answer) : nothing}
  </section>`;
}

/** How much it would do; or why it cannot be law. @param {Answer} answer */
export function measuresOf(answer) {
  if (answer.problems?.length) return html`<ul class="desk-faults">${answer.problems.map((p) => html`<li>${say(p)}</li>`)}</ul>`;
  return html`<p class="muted small">${t('impact.on', { day: day(answer.on) })}</p>
    ${wells(answer)} ${byFlag(answer)}
    <dl class="facts">${amounts(answer).map(({ name, value, unit }) => {
      const amount = value === null ? html`<span class="ink-indeterminate">${t('impact.unknown')}</span>` : html`<span class="quantity">${num(value)}<span class="unit">${unitText(unit)}</span></span>`;
      return html`<dt>${t(/** @type {any} */ (`impact.${name}`))}</dt><dd data-amount=${name}>${amount}</dd>`;
    })}</dl>
    ${alsoUnknown(answer).length ? html`<p class="small ink-indeterminate">${t('impact.alsoUnknown', { what: alsoUnknown(answer).join('、') })}</p>` : nothing}
    ${findings(answer)}`;
}

/** @param {Answer} answer */
function wells({ wells: w }) {
  if (!w) return nothing;
  const count = (/** @type {'inside'|'gained'|'lost'|'in_doubt'} */ key) => html`<div><dt>${t(`impact.wells.${key}`)}</dt><dd data-wells=${key}><span class="quantity">${num(w[key])}</span></dd></div>`;
  return html`<dl class="desk-measure">${count('inside')}${count('gained')}${count('lost')}${count('in_doubt')}</dl>`;
}

/** @param {Answer} answer */
function byFlag({ flags }) {
  const rows = FLAGS.filter((f) => flags?.gained[f] || flags?.lost[f]);
  if (!flags || !rows.length) return nothing;
  return html`<table class="desk-table"><caption class="offscreen">${t('impact.byFlag')}</caption>
    <thead><tr><th scope="col">${t('impact.byFlag')}</th><th scope="col">${t('impact.gained')}</th><th scope="col">${t('impact.lost')}</th></tr></thead>
    <tbody>${rows.map((f) => html`<tr><th scope="row"><span class="flag-name">${mark(f, 16)}${t(`flag.${f}`)}</span></th><td>${num(flags.gained[f] ?? 0)}</td><td>${num(flags.lost[f] ?? 0)}</td></tr>`)}</tbody>
  </table>`;
}

/** @param {Answer} answer */
function findings({ findings: list = [] }) {
  if (!list.length) return nothing;
  return html`<details class="ask-more"><summary>${t('impact.findings', { n: list.length })}</summary>
    <table class="desk-table"><thead><tr><th scope="col">${t('impact.clause')}</th><th scope="col">${t('impact.gained')}</th><th scope="col">${t('impact.lost')}</th></tr></thead>
    <tbody>${list.map((f) => html`<tr><th scope="row">${f.clause || f.rule}</th><td>${num(f.gained)}</td><td>${num(f.lost)}</td></tr>`)}</tbody></table></details>`;
}

/** @param {Desk} d @param {Answer} answer */
function overlaps(d, answer) {
  const grave = troubling(answer);
  const allowed = (answer.overlaps ?? []).filter((o) => !grave.includes(o));
  return html`${grave.length ? html`<h4>${t('impact.overlaps')}</h4><ul class="rows aims" data-overlaps=${grave.length}>${grave.map((o) => overlap(d, o))}</ul>` : nothing}
    ${allowed.length ? html`<details class="ask-more"><summary>${t('impact.overlapsAllowed', { n: allowed.length })}</summary><ul class="rows aims">${allowed.map((o) => overlap(d, o))}</ul></details>` : nothing}`;
}

/** @param {Desk} d @param {NonNullable<Answer['overlaps']>[number]} o */
function overlap(d, o) {
  const key = keyOf(o.layer, o.zone_id);
  return html`<li class="aim"><span class="row-text"><span class="row-name">${o.name}</span><span class="row-fact">${t(/** @type {any} */ (`policy.${o.policy}`))} · ${km2(o.area_m2)}</span></span>
    ${o.policy === 'forbidden' && shapesOf(d)[key] ? html`<button type="button" class="chip" data-key="cut-${key}" @click=${() => work((now) => clipOff(now, key))}>${t('clip.off')}</button>` : nothing}</li>`;
}

/** @param {Answer} answer */
function cracks({ gaps = [], slivers = [] }) {
  const rows = [...gaps.map((g) => ({ ...g, what: t('impact.gap') })), ...slivers.map((s) => ({ ...s, what: t('impact.sliver') }))];
  if (!rows.length) return nothing;
  return html`<h4>${t('impact.cracks')}</h4><ul class="rows aims">${rows.map((r) => html`<li class="aim"><span class="row-text"><span class="row-name">${r.what} · ${km2(r.area_m2)}</span><span class="row-fact wrap">${say(r.remedy)}</span></span></li>`)}</ul>`;
}

/** @param {number} m2 */
const km2 = (m2) => (m2 < 1e5 ? `${num(m2, { maximumFractionDigits: 0 })} m²` : `${num(m2 / 1e6, { maximumSignificantDigits: 3 })} km²`);
