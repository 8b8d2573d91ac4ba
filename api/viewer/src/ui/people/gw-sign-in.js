// 登录: a name and its password; what the service answers is said in words, and how long to wait.
import { html, nothing } from 'lit';
import { problemOf } from '../../actions.js';
import { t } from '../../i18n.js';
import { signIn } from '../../me.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { field, refusal, valueOf } from './fields.js';

/** The office's own sign-in; it comes back to the map as it is. */
const elsewhere = () => `../session/oidc?after=${encodeURIComponent(location.hash || location.search)}`;

export class GwSignIn extends View {
  static properties = { busy: { state: true }, problem: { state: true }, wait: { state: true } };

  constructor() {
    super();
    this.busy = false;
    /** @type {import('../../store.js').Problem|null} */
    this.problem = null;
    /** Seconds until the service hears the next try. */
    this.wait = 0;
    this.name = '';
    this.timer = 0;
  }

  firstUpdated() {
    /** @type {HTMLElement|null} */ (this.querySelector(this.name ? '#password' : '#name'))?.focus();
  }

  connectedCallback() {
    super.connectedCallback();
    this.name = store.state.me?.account ?? '';
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  /** @param {number} seconds */
  pause(seconds) {
    clearInterval(this.timer);
    const until = Date.now() + seconds * 1000;
    const tick = () => {
      this.wait = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      if (this.wait) return;
      clearInterval(this.timer);
      this.problem = null;
    };
    this.timer = window.setInterval(tick, 500);
    tick();
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.name = valueOf(form, 'name').trim();
    if (this.busy || this.wait) return;
    this.busy = true;
    this.problem = null;
    try {
      await signIn(this.name, valueOf(form, 'password'));
    } catch (error) {
      this.problem = problemOf(error);
      if (this.problem.wait_s) this.pause(this.problem.wait_s);
      const password = /** @type {HTMLInputElement|null} */ (this.querySelector('#password'));
      password?.focus();
      password?.select();
    } finally {
      this.busy = false;
    }
  }

  render() {
    const { dialog } = store.state;
    const why = dialog?.kind === 'sign-in' ? dialog.why : undefined;
    return html`<form class="form" @submit=${this.submit}>
      ${why ? html`<p class="form-note" role="status">${t(why === 'ended' ? 'me.ended' : 'me.needed')}</p>` : nothing}
      ${field({ id: 'name', label: t('me.name'), complete: 'username', max: 64, value: this.name })}
      ${field({ id: 'password', label: t('me.password'), type: 'password', complete: 'current-password' })}
      ${refusal(this.problem)}
      <button type="submit" class="button button-main form-send" ?disabled=${this.busy || this.wait > 0}>
        ${this.wait ? t('me.wait', { s: this.wait }) : t(this.busy ? 'me.signingIn' : 'me.signIn')}
      </button>
      ${store.state.me?.oidc ? html`<a class="button form-send" href=${elsewhere()} data-key="sign-in-oidc">${t('me.oidc')}</a>` : nothing}
      <p class="field-hint">${t('me.forgotten')}</p>
    </form>`;
  }
}
customElements.define('gw-sign-in', GwSignIn);
