// 这里能打井吗: the place, the form, and what the law says of them.
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { amend } from '../actions.js';
import { arrange, bareFields } from '../application.js';
import { say, t } from '../i18n.js';
import { askPrecheck, loadApplication } from '../precheck.js';
import { store, viewOf } from '../store.js';
import { answersText } from './answers.js';
import { View } from './base.js';
import './gw-ask.js';
import './gw-origin.js';
import { icon } from './icons.js';
import { empty, failure, skeleton } from './parts.js';
import { resultOf } from './precheck-result.js';

/**
 * @typedef {import('../store.js').PrecheckView} PrecheckView
 * @typedef {import('./gw-ask.js').GwAsk} GwAsk
 */

export class GwPrecheck extends View {
  /** @type {import('../api.js').Precheck|undefined} */
  shown;

  /** The answer is where the reader looks next. @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    const view = viewOf(store.state);
    const result = view.kind === 'precheck' ? view.result : undefined;
    if (result === this.shown) return;
    const led = this.shown === undefined && this.contains(document.activeElement);
    this.shown = result;
    const outcome = /** @type {HTMLElement|null} */ (this.querySelector('.outcome'));
    if (!result || !outcome) return;
    this.closest('.panel-body')?.scrollTo(0, 0);
    if (led || document.activeElement === document.body) outcome.focus({ preventScroll: true });
  }

  render() {
    const view = viewOf(store.state);
    if (view.kind !== 'precheck') return nothing;
    return html`<article class="card" data-precheck>
      <h2 class="card-title">${t('precheck.title')}</h2>
      <gw-origin></gw-origin>
      ${view.at ? this.question(view) : empty(t('precheck.start'), t('precheck.startHint'))}
      ${view.result && view.at ? keyed(view.result, resultOf(view.result, view)) : nothing}
    </article>`;
  }

  /** The form; once there is an answer, a line that opens it again. @param {PrecheckView} view */
  question(view) {
    const { application, applicationError, city } = store.state;
    if (!application && !applicationError) return skeleton(6, t('precheck.formLoading'));
    const wells = city?.layers.find((l) => l.geometry === 'point');
    const fields = application?.fields ?? bareFields(wells?.fields ?? []);
    if (view.result && !view.editing) {
      return html`<button type="button" class="asked" data-key="precheck-edit" @click=${() => amend({ editing: true })}>
        <span>${answersText(fields, view.answers)}</span><span class="link">${t('precheck.edit')}</span>
      </button>`;
    }
    return html`<form class="ask-form" novalidate aria-busy=${view.loading ? 'true' : 'false'} @submit=${this.send}>
      ${this.fields(fields, view)}
      ${applicationError
        ? html`<p class="ask-note">${t('precheck.formBare')} ${say(applicationError)} <button type="button" class="link" @click=${() => void loadApplication()}>${t('app.retry')}</button></p>`
        : nothing}
      ${view.error ? failure(t('precheck.failed'), view.error, () => void askPrecheck()) : nothing}
      <div class="ask-send">
        <button type="submit" class="button button-main" data-key="precheck-send" ?disabled=${view.loading}>${t(view.loading ? 'precheck.asking' : 'precheck.ask')}</button>
      </div>
    </form>`;
  }

  /** @param {import('../application.js').AskField[]} fields @param {PrecheckView} view */
  fields(fields, view) {
    const { first, more } = arrange(fields, view.answers);
    const given = more.filter((f) => view.answers[f.name] !== undefined).length;
    const ask = (/** @type {import('../application.js').AskField} */ f) => html`<gw-ask data-kind=${f.kind} .field=${f} .value=${view.answers[f.name]}></gw-ask>`;
    const asks = (/** @type {import('../application.js').AskField[]} */ list) => html`<div class="asks">${repeat(list, (f) => f.name, ask)}</div>`;
    return html`${asks(first)}
      ${more.length
        ? html`<details class="ask-more">
            <summary>${t('precheck.more')}<span class="muted small">${t('precheck.moreGiven', { n: given, all: more.length })}</span>${icon('chevron')}</summary>
            <p class="muted small">${t('precheck.blank')}</p>
            ${asks(more)}
          </details>`
        : html`<p class="muted small">${t('precheck.blank')}</p>`}`;
  }

  /** @param {SubmitEvent} event */
  send(event) {
    event.preventDefault();
    const asks = /** @type {GwAsk[]} */ ([...this.querySelectorAll('gw-ask')]);
    const wrong = asks.find((ask) => ask.problem);
    const folded = wrong?.closest('details');
    if (folded) folded.open = true;
    if (wrong) wrong.querySelector('input')?.focus();
    else void askPrecheck();
  }
}
customElements.define('gw-precheck', GwPrecheck);
