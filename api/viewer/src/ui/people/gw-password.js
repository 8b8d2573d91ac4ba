// Another password; of a one-time password this is all that opens.
import { html, nothing } from 'lit';
import { problemOf } from '../../actions.js';
import { t } from '../../i18n.js';
import { changePassword, signOut } from '../../me.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { field, refusal, valueOf } from './fields.js';

export const SHORTEST = 10;

export class GwPassword extends View {
  static properties = { busy: { state: true }, problem: { state: true }, bad: { state: true }, done: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.done = false;
    /** @type {import('../../store.js').Problem|null} */
    this.problem = null;
    /** @type {{new?:string, again?:string}} */
    this.bad = {};
  }

  firstUpdated() {
    if (store.state.me?.must_change_password) /** @type {HTMLElement|null} */ (this.querySelector('#old'))?.focus();
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const [old, wanted, again] = ['old', 'new', 'again'].map((id) => valueOf(form, id));
    this.done = false;
    this.problem = null;
    this.bad = {
      ...([...wanted].length < SHORTEST ? { new: t('password.short', { n: SHORTEST }) } : wanted === old ? { new: t('password.same') } : {}),
      ...(wanted !== again ? { again: t('password.differ') } : {}),
    };
    const wrong = this.bad.new ? '#new' : this.bad.again ? '#again' : '';
    if (wrong) return /** @type {HTMLElement|null} */ (this.querySelector(wrong))?.focus();
    this.busy = true;
    try {
      await changePassword(old, wanted);
      this.done = true;
      form.reset();
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    const { me } = store.state;
    const first = Boolean(me?.must_change_password);
    return html`<form class="form" @submit=${this.submit} novalidate>
      ${first ? html`<p class="form-note" role="status">${t('password.first')}</p>` : nothing}
      <input type="text" autocomplete="username" readonly hidden .value=${me?.account ?? ''} />
      ${field({ id: 'old', label: t(first ? 'password.once' : 'password.old'), type: 'password', complete: 'current-password' })}
      ${field({ id: 'new', label: t('password.new'), type: 'password', complete: 'new-password', hint: t('password.hint', { n: SHORTEST }), bad: this.bad.new })}
      ${field({ id: 'again', label: t('password.again'), type: 'password', complete: 'new-password', bad: this.bad.again })}
      ${refusal(this.problem)}
      ${this.done ? html`<p class="form-done" role="status">${t('password.changed')}</p>` : nothing}
      <div class="form-ends">
        <button type="submit" class="button button-main form-send" ?disabled=${this.busy}>${t('password.change')}</button>
        ${first ? html`<button type="button" class="button" @click=${() => void signOut()}>${t('me.signOut')}</button>` : nothing}
      </div>
    </form>`;
  }
}
customElements.define('gw-password', GwPassword);
