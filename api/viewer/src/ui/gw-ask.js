// One question of a form: a choice, yes-no-unknown, an amount, a day, a word.
import { html, LitElement, nothing } from 'lit';
import { bare, fits, parseAmount } from '../application.js';
import { num, say, t } from '../i18n.js';
import { answer } from '../precheck.js';
import { capital, unitText } from './parts.js';

/** @typedef {import('../application.js').AskField} AskField */

/** Above this an amount is said again, grouped: ten thousand is easily typed for a thousand. */
const LARGE = 10000;

export class GwAsk extends LitElement {
  static properties = { field: { attribute: false }, value: { attribute: false }, problem: { state: true } };

  constructor() {
    super();
    /** @type {AskField} */
    this.field = { name: '', zh: '', en: '', kind: 'text', unit: null };
    /** @type {string|number|boolean|undefined} */
    this.value = undefined;
    this.problem = '';
    /** What stands in an amount's box, as typed. @type {string|null} */
    this.typed = null;
  }

  createRenderRoot() {
    return this;
  }

  get label() {
    return capital(bare(say(this.field)));
  }

  render() {
    const { kind } = this.field;
    if (kind === 'boolean') return this.yesNo();
    const id = `ask-${this.field.name}`;
    return html`<div class="ask">
      <label for=${id}>${this.label}${this.field.unit ? html`<span class="unit">${unitText(this.field.unit)}</span>` : nothing}</label>
      ${kind === 'choice' ? this.choice(id) : this.box(id)}
      ${this.problem
        ? html`<p class="field-error" id="${id}-bad" role="alert">${this.problem}</p>`
        : kind === 'number' && typeof this.value === 'number' && this.value >= LARGE
          ? html`<p class="muted small">${num(this.value)}${this.field.unit ? ` ${unitText(this.field.unit)}` : ''} ≈ ${num(this.value, { notation: 'compact', maximumFractionDigits: 2 })}</p>`
          : nothing}
    </div>`;
  }

  /** @param {string} id */
  choice(id) {
    const { field, value } = this;
    const pick = (/** @type {Event} */ e) => answer(field.name, /** @type {HTMLSelectElement} */ (e.target).value || undefined);
    // an application of no kind is no question
    const blank = field.name === 'kind' ? nothing : html`<option value="" ?selected=${!value}>${t('precheck.unknown')}</option>`;
    return html`<select id=${id} data-key=${id} @change=${pick}>
      ${blank}${Object.entries(field.choices ?? {}).map(([key, words]) => html`<option value=${key} ?selected=${key === value}>${capital(say(words))}</option>`)}
    </select>`;
  }

  /** @param {string} id */
  box(id) {
    const { field } = this;
    const amount = field.kind === 'number';
    return html`<input
      id=${id}
      data-key=${id}
      type=${field.kind === 'date' ? 'date' : 'text'}
      inputmode=${amount ? 'decimal' : nothing}
      autocomplete="off"
      placeholder=${t('precheck.unknown')}
      aria-invalid=${this.problem ? 'true' : 'false'}
      aria-describedby=${this.problem ? `${id}-bad` : nothing}
      .value=${this.typed ?? String(this.value ?? '')}
      @change=${(/** @type {Event} */ e) => this.take(/** @type {HTMLInputElement} */ (e.target).value)}
    />`;
  }

  /** @param {string} text */
  take(text) {
    const { field } = this;
    this.typed = text;
    this.problem = '';
    if (field.kind !== 'number') return answer(field.name, text.trim() || undefined);
    if (!text.trim()) return answer(field.name, undefined);
    const amount = parseAmount(text);
    if (amount === null) this.problem = t('precheck.noNumber');
    else if (!fits(amount, field)) this.problem = t('precheck.range', { least: num(field.minimum ?? 0), most: num(field.maximum ?? Infinity) });
    answer(field.name, this.problem ? undefined : Number(amount));
  }

  yesNo() {
    const { field, value } = this;
    const id = `ask-${field.name}`;
    /** @type {[string, boolean|undefined, string][]} */
    const ways = [['yes', true, t('value.yes')], ['no', false, t('value.no')], ['unknown', undefined, t('precheck.unknownShort')]];
    return html`<div class="ask ask-yesno" role="radiogroup" aria-labelledby=${id}>
      <span id=${id} class="ask-label">${this.label}</span>
      <span class="segments">${ways.map(
        ([key, means, words]) => html`<label class="segment"><input type="radio" name=${id} value=${key} .checked=${value === means} @change=${() => answer(field.name, means)} /><span>${words}</span></label>`,
      )}</span>
    </div>`;
  }
}
customElements.define('gw-ask', GwAsk);
