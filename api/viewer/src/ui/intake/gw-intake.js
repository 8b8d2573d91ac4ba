// 导入: a file, how it was understood, what is wrong with it, and whether it is taken.
import { html, nothing } from 'lit';
import { problemOf } from '../../actions.js';
import { amendIntake, another, decide, intake, list, read, staying } from '../../intake/acts.js';
import { imports } from '../../intake/service.js';
import { instant, num, say, t } from '../../i18n.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { skeleton } from '../parts.js';
import { columns, constants } from './intake-columns.js';
import { counts, faults, samples } from './intake-found.js';
import { lawChoice } from './intake-law.js';
import { readForm } from './intake-read.js';
import { drop, recent, STATES, titleOf } from './intake-start.js';

/** @typedef {import('../../intake/acts.js').IntakeView} IntakeView */

export class GwIntake extends View {
  static properties = { sure: { state: true } };

  constructor() {
    super();
    /** @type {import('../../intake/acts.js').Step|null} */
    this.sure = null;
  }

  /** What was refused stands at the top, the button at the foot. @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const error = intake()?.error;
    if (error && error !== this.told) this.querySelector('[data-intake-error], [data-kept]')?.scrollIntoView({ block: 'nearest' });
    this.told = error;
  }

  /** @type {import('../../store.js').Problem|undefined} */
  told;

  render() {
    const view = intake();
    if (!view) return nothing;
    const begun = view.file || view.batch;
    return html`<article class="card intake" data-intake=${view.batch?.state ?? 'start'} aria-busy=${view.busy ? 'true' : 'false'}>
      <h2 class="card-title">${t('intake.title')}</h2>
      ${begun ? this.file(view) : html`${drop()}${refusal()}${recent(view)}`}
    </article>`;
  }

  /** @param {IntakeView} view */
  file(view) {
    const { batch, busy } = view;
    return html`<p class="card-sub intake-file">${view.file?.name ?? batch?.file_name}${batch ? html` · ${t('intake.batch', { n: batch.batch_id })} · <strong>${t(STATES[batch.state])}</strong>` : nothing}</p>
      ${!view.error ? nothing : staying(view).length ? kept(staying(view)) : this.failed(view.error)}
      ${busy === 'read' && !batch ? skeleton(6, t('intake.reading')) : nothing}
      ${batch?.state === 'preview' || !batch ? this.open(view) : this.decided(view)}`;
  }

  /** What the service refused, and the way out: the fields it speaks of are below. @param {import('../../store.js').Problem} problem */
  failed(problem) {
    return html`<div class="desk-faults" role="alert" data-intake-error><p>${say(problem)}</p>
      <p class="small">${t('intake.wayOut')}</p></div>`;
  }

  /** @param {IntakeView} view */
  open(view) {
    const { batch } = view;
    return html`${batch ? counts(batch.report) : nothing} ${readForm(view)}
      ${batch ? html`${columns(view)} ${constants(view)} ${lawChoice(view)} ${faults(view)} ${samples(view)}` : nothing}
      ${this.send(view)}`;
  }

  /** @param {IntakeView} view */
  send(view) {
    const { batch, busy, dirty } = view;
    const again = view.file && (dirty || !batch);
    const rows = batch ? batch.report.rows - batch.report.refused : 0;
    const stuck = !batch || dirty || Boolean(batch.report.file_refused) || rows < 1 || (batch.report.refused > 0 && !view.skip);
    return html`<section class="intake-send">
      ${batch?.report.refused && !batch.report.file_refused && rows > 0
        ? html`<label class="check"><input type="checkbox" data-key="intake-skip" .checked=${view.skip} @change=${(/** @type {Event} */ e) => amendIntake({ skip: /** @type {HTMLInputElement} */ (e.target).checked })} />${t('intake.skip', { n: num(batch.report.refused) })}</label>`
        : nothing}
      ${batch ? html`<div class="ask"><label for="intake-reason">${t('intake.reason')}</label><input id="intake-reason" maxlength="1000" autocomplete="off" .value=${view.reason} @change=${(/** @type {Event} */ e) => amendIntake({ reason: /** @type {HTMLInputElement} */ (e.target).value })} /></div>` : nothing}
      ${dirty && batch ? html`<p class="ask-note">${t(view.file ? 'intake.dirty' : 'intake.noFile')}</p>` : nothing}
      <div class="intake-acts">
        ${again ? html`<button type="button" class="button button-main" data-key="intake-read" ?disabled=${Boolean(busy)} @click=${() => void read()}>${t(busy === 'read' ? 'intake.reading' : 'intake.read')}</button>` : nothing}
        ${batch ? html`<button type="button" class="button ${again ? '' : 'button-main'}" data-key="intake-commit" ?disabled=${stuck || Boolean(busy)} @click=${() => void decide('commit')}>${t(busy === 'commit' ? 'intake.committing' : 'intake.commit', { n: num(rows) })}</button>` : nothing}
        ${batch ? this.twice('discard', 'intake.discard', 'intake.discardSure', Boolean(busy)) : html`<button type="button" class="button" data-key="intake-another" @click=${another}>${t('intake.another')}</button>`}
      </div>
      ${batch?.report.file_refused ? html`<p class="ask-note state-error">${t('intake.fileRefused')}</p>` : nothing}
      ${batch?.report.refused ? refusedFiles(batch.batch_id) : nothing}
    </section>`;
  }

  /** What cannot be taken back is asked for twice. @param {import('../../intake/acts.js').Step} step @param {any} words @param {any} sure @param {boolean} busy */
  twice(step, words, sure, busy) {
    const asked = this.sure === step;
    const act = () => {
      this.sure = asked ? null : step;
      if (asked) void decide(step);
    };
    return html`<button type="button" class="button ${asked ? 'danger' : ''}" data-key="intake-${step}" ?disabled=${busy} @click=${act} @blur=${() => (this.sure = null)}>${t(asked ? sure : words)}</button>`;
  }

  /** @param {IntakeView} view */
  decided(view) {
    const batch = /** @type {import('../../intake/service.js').Batch} */ (view.batch);
    const { report, state } = batch;
    const done = /** @type {const} */ (['inserted', 'changed', 'known', 'refused', 'deleted', 'restored', 'withdrawn', 'kept']);
    return html`<section>
      <p class="lead">${titleOf(view, batch.layer)}</p>
      <dl class="facts">
        ${done.filter((key) => report[key]).map((key) => html`<dt>${t(DONE[key])}</dt><dd class="number" data-done=${key}>${num(report[key] ?? 0)}</dd>`)}
        <dt>${t('intake.by')}</dt><dd>${batch.actor} · ${instant(batch.committed_at ?? batch.created_at)}</dd>
      </dl>
      <div class="intake-acts">
        ${state !== 'committed' ? nothing : staying(view).length
          ? this.twice('undoRest', 'intake.undoRest', 'intake.undoSure', Boolean(view.busy))
          : this.twice('undo', 'intake.undo', 'intake.undoSure', Boolean(view.busy))}
        <button type="button" class="button" data-key="intake-another" @click=${another}>${t('intake.another')}</button>
      </div>
      ${report.refused ? refusedFiles(batch.batch_id) : nothing}
    </section>`;
  }

  connectedCallback() {
    super.connectedCallback();
    if (!intake()?.recent) void list().catch(problemOf);
  }
}
customElements.define('gw-intake', GwIntake);

const DONE = /** @type {const} */ ({
  inserted: 'intake.inserted', changed: 'intake.changed', known: 'intake.known', refused: 'intake.refused',
  deleted: 'intake.deleted', restored: 'intake.restored', withdrawn: 'intake.withdrawn', kept: 'intake.kept',
});

/** @param {number} id */
const refusedFiles = (id) =>
  html`<p class="intake-refused">${t('intake.refusedFile')} ${['xlsx', 'csv', 'gpkg'].map((suffix) => html`<a class="link" data-key="refused-${suffix}" href=${imports.refusedRows(id, suffix)} download>${suffix}</a> `)}</p>`;

/** Who may not import is told before he tries. */
function refusal() {
  const { me } = store.state;
  if (!me || ['draft', 'approve', 'edit_registers'].some((right) => me.may.includes(right))) return nothing;
  return html`<p class="desk-faults warn" role="status">${t('intake.mayNot')}</p>`;
}

const MOST_TOLD = 100; // by the service (api/errors.py)

/** What an undo of the rest would leave as it is. @param {{zh:string, en:string}[]} rows */
const kept = (rows) =>
  html`<div class="desk-faults warn" role="alert" data-kept><p>${t('intake.undoStays')}</p>
    <ul class="intake-kept">${rows.map((row) => html`<li>${say(row)}</li>`)}</ul>
    ${rows.length < MOST_TOLD ? nothing : html`<p class="small">${t('intake.undoStaysFirst', { n: num(MOST_TOLD) })}</p>`}</div>`;
