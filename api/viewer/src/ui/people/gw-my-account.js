// 我的账户: roles, the password, and tokens for programs.
import { html, nothing } from 'lit';
import { problemOf } from '../../actions.js';
import { day, instant, t } from '../../i18n.js';
import { routes } from '../../people/routes.js';
import { ROLES } from '../../people/roles.js';
import { areaName, roleName, roleWords } from '../../people/words.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { areaField, field, refusal, secretOnce, valueOf } from './fields.js';
import './gw-password.js';

/** @typedef {import('../../people/routes.js').Token} Token */

export class GwMyAccount extends View {
  static properties = {
    tokens: { state: true },
    problem: { state: true },
    secret: { state: true },
    copied: { state: true },
    making: { state: true },
    districts: { state: true },
  };

  constructor() {
    super();
    /** @type {Token[]|null} */
    this.tokens = null;
    /** @type {import('../../store.js').Problem|null} */
    this.problem = null;
    /** @type {string|null} */
    this.secret = null;
    this.copied = false;
    this.making = false;
    /** @type {{code:string, name:string}[]} */
    this.districts = [];
  }

  firstUpdated() {
    void this.load();
    void routes.districts().then((found) => (this.districts = found), () => undefined); // names only
  }

  async load() {
    try {
      this.tokens = await routes.tokens();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** @param {() => Promise<unknown>} act */
  async try(act) {
    this.problem = null;
    try {
      await act();
      await this.load();
      return true;
    } catch (error) {
      this.problem = problemOf(error);
      return false;
    }
  }

  /** @param {SubmitEvent} event */
  async make(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const roles = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[name=role]:checked')]).map((box) => box.value);
    const days = valueOf(form, 'days');
    const wanted = { label: valueOf(form, 'label').trim(), roles, area: valueOf(form, 'token-area').trim(), days: days ? Number(days) : null };
    await this.try(async () => {
      this.secret = (await routes.makeToken(wanted)).token;
      this.copied = false;
      this.making = false;
    });
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('[data-copy]'))?.focus();
  }

  render() {
    const { me } = store.state;
    if (!me) return nothing;
    return html`<section class="dialog-part" aria-labelledby="mine-roles">
        <h3 id="mine-roles">${t('me.roles', { name: me.account ?? '' })}</h3>
        <ul class="role-list">${me.roles.map((r) => html`<li>${roleWords(r, this.districts)}</li>`)}${me.roles.length ? nothing : html`<li class="muted">${t('me.noRole')}</li>`}</ul>
      </section>
      <section class="dialog-part" aria-labelledby="mine-tokens">
        <h3 id="mine-tokens">${t('token.title')}</h3>
        <p class="field-hint">${t('token.what')}</p>
        ${this.secret
          ? secretOnce({ label: t('token.secret'), why: t('token.once'), secret: this.secret, copied: this.copied, onCopied: () => (this.copied = true), done: () => (this.secret = null) })
          : nothing}
        ${refusal(this.problem)}
        ${this.list()}
        ${this.making ? this.form(me) : html`<button type="button" class="button" data-make @click=${() => (this.making = true)}>${t('token.make')}</button>`}
      </section>
      <section class="dialog-part" aria-labelledby="mine-password">
        <h3 id="mine-password">${t('password.title')}</h3>
        <gw-password></gw-password>
      </section>`;
  }

  list() {
    if (!this.tokens) return html`<p class="muted" role="status">${t('app.loading')}</p>`;
    const live = this.tokens.filter((token) => !token.revoked_at);
    if (!live.length) return html`<p class="muted">${t('token.none')}</p>`;
    return html`<ul class="token-list">${live.map(
      (token) => html`<li class="token" data-token=${token.token_id}>
        <div>
          <p class="token-label">${token.label}</p>
          <p class="field-hint">${[...token.roles.map(roleName)].join(t('list.comma'))} · ${areaName(token.area, this.districts)}</p>
          <p class="field-hint">${token.ends_at ? t(Date.parse(token.ends_at) < Date.now() ? 'token.ended' : 'token.until', { day: day(token.ends_at) }) : t('token.forever')} · ${token.used_at ? t('token.used', { at: instant(token.used_at) }) : t('token.unused')}</p>
        </div>
        <button type="button" class="button" aria-label=${t('token.takeOf', { label: token.label })} @click=${() => void this.try(() => routes.takeToken(token.token_id))}>${t('token.take')}</button>
      </li>`,
    )}</ul>`;
  }

  /** @param {import('../../store.js').Me} me */
  form(me) {
    const mine = ROLES.filter((role) => me.roles.some((r) => r.role === role));
    return html`<form class="form form-inset" @submit=${this.make}>
      ${field({ id: 'label', label: t('token.label'), max: 100, hint: t('token.labelHint') })}
      <fieldset class="field">
        <legend>${t('token.roles')}</legend>
        ${mine.map((role) => html`<label class="check"><input type="checkbox" name="role" value=${role} />${roleName(role)}</label>`)}
        <p class="field-hint">${t('token.rolesHint')}</p>
      </fieldset>
      ${areaField({ id: 'token-area', label: t('token.area'), districts: this.districts, all: true })}
      <div class="field">
        <label for="days">${t('token.days')}</label>
        <select id="days">
          ${[30, 90, 365].map((n) => html`<option value=${n} ?selected=${n === 365}>${t('token.nDays', { n })}</option>`)}
          <option value="">${t('token.forever')}</option>
        </select>
      </div>
      <div class="form-ends">
        <button type="submit" class="button button-main form-send">${t('token.make')}</button>
        <button type="button" class="button" @click=${() => (this.making = false)}>${t('dialog.cancel')}</button>
      </div>
    </form>`;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has('making') && this.making) /** @type {HTMLElement|null} */ (this.querySelector('#label'))?.focus();
  }
}
customElements.define('gw-my-account', GwMyAccount);
