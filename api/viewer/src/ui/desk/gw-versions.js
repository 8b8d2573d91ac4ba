// The versions of a zone, what may be done with each, and two of them side by side.
import { html, nothing } from 'lit';
import { compare, foresee, loadVersions, take } from '../../edit/life.js';
import { day, instant, num, say, t } from '../../i18n.js';
import { store, viewOf } from '../../store.js';
import { View } from '../base.js';
import { skeleton, valueText } from '../parts.js';
import { impactIn, measuresOf } from './desk-impact.js';
import { lifeFailure, statusChip } from './life-parts.js';

/**
 * @typedef {import('../../api.js').VersionRow} VersionRow
 * @typedef {import('../../store.js').VersionsView} VersionsView
 */

/** What is not yet law, and may become so. */
const DECIDED_ON = new Set(['draft', 'in_review']);

export class GwVersions extends View {
  static properties = { asking: { state: true } };

  constructor() {
    super();
    /** @type {{version:number, step:string}|null} a step that wants a reason */
    this.asking = null;
  }

  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'versions') return nothing;
    const again = () => void loadVersions(view.layer, view.id);
    return html`<article class="card" data-versions=${view.id}>
      <h2 class="card-title">${view.name}</h2>
      <p class="card-sub">${t('life.versions')}</p>
      ${view.error ? lifeFailure(view.error, again) : !view.versions ? skeleton(5, t('app.loading')) : html`<ol class="rows">${view.versions.map((v) => this.version(view, v))}</ol>`}
      ${view.stepError ? html`<p class="ask-note state-error" role="alert" data-step-error>${say(view.stepError)}</p>` : nothing}
      ${view.versions && view.versions.length > 1 ? this.pair(view, view.versions) : nothing}
    </article>`;
  }

  /** @param {VersionsView} view @param {VersionRow} v */
  version(view, v) {
    const who = [
      v.recorded_by ? t('life.recorded', { who: v.recorded_by }) : '',
      v.submitted_by ? t('life.submitted', { who: v.submitted_by }) : '',
      v.approved_by ? t('life.approved', { who: v.approved_by }) : '',
    ].filter(Boolean);
    const asking = this.asking?.version === v.version ? this.asking : null;
    return html`<li class="saved" data-version=${v.version}>
      <p><b>${t('life.version', { n: v.version })}</b> ${statusChip(v.law_status)} ${v.area_m2 === null ? nothing : html`<span class="muted">${num(v.area_m2 / 1e6, { maximumFractionDigits: 4 })} km²</span>`}</p>
      <p class="small muted">${v.valid_from ? t('life.from', { day: day(v.valid_from) }) : t('life.noDay')}${v.valid_to ? ` · ${t('life.to', { day: day(v.valid_to) })}` : ''}${v.recorded_at ? ` · ${instant(v.recorded_at)}` : ''}</p>
      ${who.length ? html`<p class="small muted">${who.join(' · ')}</p>` : nothing}
      ${v.reason ? html`<p class="small">${v.reason}</p>` : nothing}
      ${DECIDED_ON.has(v.law_status) ? this.effect(view, v.version) : nothing}
      ${v.may?.length && !asking
        ? html`<div class="life-acts">${v.may.map((step) => html`<button type="button" class="button" data-key="step-${step}-${v.version}" ?disabled=${view.busy} @click=${() => (this.asking = { version: v.version, step })}>${stepText(step)}</button>`)}</div>`
        : nothing}
      ${asking ? this.reason(view, asking) : nothing}
    </li>`;
  }

  /** @param {VersionsView} view @param {number} version */
  effect(view, version) {
    const ask = () => void foresee(version);
    if (view.effect?.version === version) return impactIn(view.effect.impact, ask, measuresOf);
    return html`<button type="button" class="link" data-key="effect-${version}" @click=${ask}>${t('impact.title')}</button>`;
  }

  /** @param {VersionsView} view @param {{version:number, step:string}} asking */
  reason(view, asking) {
    const send = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      const valid_from = String(form.get('valid_from') ?? '');
      this.asking = null;
      void take(asking.version, asking.step, { reason: String(form.get('reason') ?? '').trim() || stepText(asking.step), ...(valid_from ? { valid_from } : {}) });
    };
    return html`<form class="ask-form" @submit=${send}>
      <div class="ask"><label for="step-reason">${t('life.reason')}</label><input id="step-reason" name="reason" autocomplete="off" maxlength="500" /></div>
      ${asking.step === 'approve' ? html`<div class="ask"><label for="step-from">${t('life.inForce')}</label><input id="step-from" name="valid_from" type="date" /></div>` : nothing}
      <div class="life-acts">
        <button type="submit" class="button button-main" data-key="step-send" ?disabled=${view.busy}>${stepText(asking.step)}</button>
        <button type="button" class="button" @click=${() => (this.asking = null)}>${t('life.cancel')}</button>
      </div>
    </form>`;
  }

  /** @param {VersionsView} view @param {VersionRow[]} versions */
  pair(view, versions) {
    const [a, b] = view.pair ?? [versions[1].version, versions[0].version];
    const pick = (/** @type {0|1} */ side) => (/** @type {Event} */ e) => {
      const n = Number(/** @type {HTMLSelectElement} */ (e.target).value);
      void compare(side ? [a, n] : [n, b]);
    };
    const select = (/** @type {number} */ chosen, /** @type {0|1} */ side) =>
      html`<select aria-label=${t(side ? 'diff.later' : 'diff.earlier')} @change=${pick(side)}>${versions.map((v) => html`<option value=${v.version} ?selected=${v.version === chosen}>${t('life.version', { n: v.version })}</option>`)}</select>`;
    return html`<section data-diff aria-labelledby="diff-title"><h3 id="diff-title">${t('diff.title')}</h3>
      <div class="desk-row">${select(a, 0)}<span aria-hidden="true">→</span>${select(b, 1)}</div>
      ${view.diffError ? lifeFailure(view.diffError, () => void compare([a, b])) : !view.diff ? skeleton(3, t('app.loading')) : this.diff(view, view.diff)}
    </section>`;
  }

  /** @param {VersionsView} view @param {import('../../api.js').VersionDiff} diff */
  diff(view, diff) {
    const areas = areasOf(diff);
    const fields = store.state.city?.layers.find((l) => l.id === view.layer)?.fields ?? [];
    const field = (/** @type {string} */ name) => fields.find((f) => f.name === name);
    const wells = (/** @type {'in'|'out'} */ side) => wellsOf(diff, side);
    return html`<table class="desk-table">
        <thead><tr><th><span class="offscreen">${t('conflict.what')}</span></th><th scope="col">${t('diff.earlier')}</th><th scope="col">${t('diff.later')}</th></tr></thead>
        <tbody>
          <tr><th scope="row">${t('desk.area')}</th>${areas.map((m2) => html`<td>${m2 === null ? t('impact.unknown') : `${num(m2 / 1e6, { maximumFractionDigits: 4 })} km²`}</td>`)}</tr>
          ${(diff.changed ?? diff.properties ?? []).map((/** @type {any} */ c) => html`<tr><th scope="row">${field(c.name) ? say(field(c.name)) : c.name}</th><td>${valueText(c.before, field(c.name))}</td><td>${valueText(c.after, field(c.name))}</td></tr>`)}
        </tbody>
      </table>
      <p class="small"><span class="key key-added"></span>${t('diff.added')} <span class="key key-removed"></span>${t('diff.removed')}</p>
      ${(/** @type {const} */ (['in', 'out'])).map((side) => {
        const { count, codes } = wells(side);
        return count === null ? html`<p class="small muted">${t(side === 'in' ? 'diff.wellsInHidden' : 'diff.wellsOutHidden')}</p>` : html`<details class="ask-more"><summary>${t(side === 'in' ? 'diff.wellsIn' : 'diff.wellsOut', { n: num(count) })}</summary><p class="small wrap">${codes.join('、') || t('diff.noWells')}</p></details>`;
      })}`;
  }
}
customElements.define('gw-versions', GwVersions);

/** @param {string} step */
function stepText(step) {
  if (step === 'submit') return t('life.submit');
  if (step === 'return') return t('life.return');
  if (step === 'approve') return t('life.approve');
  return step === 'withdraw' ? t('life.withdraw') : step;
}

/** Both areas, whichever way the answer writes them. @param {import('../../api.js').VersionDiff} diff @returns {(number|null)[]} */
function areasOf({ area_m2 }) {
  if (Array.isArray(area_m2)) return [area_m2[0] ?? null, area_m2[1] ?? null];
  return [area_m2?.before ?? null, area_m2?.after ?? null];
}

/** @param {import('../../api.js').VersionDiff} diff @param {'in'|'out'} side @returns {{count:number|null, codes:string[]}} */
function wellsOf({ wells }, side) {
  const told = wells?.[side];
  if (Array.isArray(told)) return { count: wells[`${side}_count`] ?? told.length, codes: told };
  return { count: told?.count ?? null, codes: told?.codes ?? [] };
}
