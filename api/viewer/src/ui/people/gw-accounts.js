// 账户: whom an administrator manages – a real table – and what can be done for each.
import { html, nothing } from 'lit';
import { problemOf } from '../../actions.js';
import { day, num, t } from '../../i18n.js';
import { loadMe } from '../../me.js';
import { routes } from '../../people/routes.js';
import { ROLES } from '../../people/roles.js';
import { areaName, roleName, roleWords } from '../../people/words.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { icon } from '../icons.js';
import { areaField, field, refusal, secretOnce, valueOf } from './fields.js';

/**
 * @typedef {import('../../people/routes.js').Account} Account
 * @typedef {import('../../store.js').Grant} Grant
 */

export class GwAccounts extends View {
  static properties = {
    accounts: { state: true },
    districts: { state: true },
    problem: { state: true },
    secret: { state: true },
    copied: { state: true },
    form: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Account[]|null} */
    this.accounts = null;
    /** @type {{code:string, name:string}[]} */
    this.districts = [];
    /** @type {import('../../store.js').Problem|null} */
    this.problem = null;
    /** @type {{name:string, password:string}|null} */
    this.secret = null;
    this.copied = false;
    /** Which form is open: a new account, or a role for one. @type {{kind:'new'}|{kind:'grant', name:string}|null} */
    this.form = null;
    this.said = '';
  }

  firstUpdated() {
    void this.load();
    void routes.districts().then((found) => (this.districts = found), () => undefined); // names only
  }

  async load() {
    try {
      this.accounts = await routes.accounts();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** One change, then the list as it is now. @param {string} said @param {() => Promise<unknown>} act */
  async change(said, act) {
    this.problem = null;
    this.said = '';
    try {
      await act();
      this.form = null;
      this.said = said;
    } catch (error) {
      this.problem = problemOf(error);
    }
    await this.load();
  }

  /** @param {SubmitEvent} event */
  async create(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const name = valueOf(form, 'new-name').trim();
    const grant = { role: valueOf(form, 'role'), area: valueOf(form, 'area').trim() };
    await this.change(t('accounts.made', { name }), async () => {
      this.secret = await routes.create({ name, full_name: valueOf(form, 'full-name').trim() || null, grants: [grant] });
      this.copied = false;
    });
    await this.showSecret();
  }

  /** @param {string} name */
  async reset(name) {
    await this.change(t('accounts.wasReset', { name }), async () => {
      this.secret = await routes.reset(name);
      this.copied = false;
    });
    await this.showSecret();
  }

  async showSecret() {
    await this.updateComplete;
    if (this.secret) /** @type {HTMLElement|null} */ (this.querySelector('[data-copy]'))?.focus();
  }

  /** @param {SubmitEvent} event @param {string} name */
  async give(event, name) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const grant = { role: valueOf(form, 'role'), area: valueOf(form, 'area').trim() };
    await this.change(t('accounts.given', { name, role: roleWords(grant, this.districts) }), () => routes.grant(name, grant));
    if (name === store.state.me?.account) await loadMe();
  }

  /** @param {string} name @param {Grant} grant */
  async take(name, grant) {
    await this.change(t('accounts.taken', { name, role: roleWords(grant, this.districts) }), () => routes.revoke(name, grant));
    if (name === store.state.me?.account) await loadMe();
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  updated(changed) {
    if (changed.has('form') && this.form) /** @type {HTMLElement|null} */ (this.querySelector('.form input, .form select'))?.focus();
  }

  render() {
    return html`<div class="accounts">
      <div class="accounts-head">
        <p class="muted">${this.accounts ? t('accounts.count', { n: num(this.accounts.length) }) : ''}</p>
        <button type="button" class="button button-main" data-add aria-expanded=${this.form?.kind === 'new' ? 'true' : 'false'} @click=${() => (this.form = { kind: 'new' })}>${icon('plus')}${t('accounts.add')}</button>
      </div>
      <p class="form-done" role="status" ?hidden=${!this.said}>${this.said}</p>
      ${refusal(this.problem)}
      ${this.secret
        ? secretOnce({
            label: t('accounts.password', { name: this.secret.name }), why: t('accounts.once'), secret: this.secret.password,
            copied: this.copied, onCopied: () => (this.copied = true), done: () => (this.secret = null),
          })
        : nothing}
      ${this.form?.kind === 'new' ? this.newForm() : nothing}
      ${this.accounts ? this.table(this.accounts) : html`<p class="muted" role="status">${t('app.loading')}</p>`}
    </div>`;
  }

  roleFields() {
    return html`<div class="field">
        <label for="role">${t('accounts.role')}</label>
        <select id="role">${ROLES.map((role) => html`<option value=${role}>${roleName(role)}</option>`)}</select>
      </div>
      ${areaField({ id: 'area', label: t('accounts.area'), districts: this.districts, all: true })}`;
  }

  /** @param {string} send */
  ends(send) {
    return html`<div class="form-ends">
      <button type="submit" class="button button-main form-send">${send}</button>
      <button type="button" class="button" @click=${() => (this.form = null)}>${t('dialog.cancel')}</button>
    </div>`;
  }

  newForm() {
    return html`<form class="form form-inset form-wide" aria-label=${t('accounts.add')} @submit=${this.create}>
      ${field({ id: 'new-name', label: t('me.name'), max: 64, hint: t('accounts.nameHint') })}
      ${field({ id: 'full-name', label: t('accounts.fullName'), max: 100, required: false })}
      ${this.roleFields()}
      ${this.ends(t('accounts.create'))}
    </form>`;
  }

  /** @param {Account[]} accounts */
  table(accounts) {
    return html`<table class="table" role="table">
      <caption class="offscreen">${t('accounts.title')}</caption>
      <thead role="rowgroup"><tr role="row">
        ${[t('accounts.who'), t('accounts.roles'), t('accounts.state'), t('accounts.since'), t('accounts.acts')].map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">${accounts.map((a) => this.row(a))}</tbody>
    </table>`;
  }

  /** @param {Account} a */
  row(a) {
    const granting = this.form?.kind === 'grant' && this.form.name === a.name;
    const mine = a.name === store.state.me?.account;
    return html`<tr role="row" data-account=${a.name}>
      <th scope="row" role="rowheader"><span class="account-id">${a.name}</span>${a.full_name ? html`<span class="field-hint">${a.full_name}</span>` : nothing}${mine ? html`<span class="field-hint">${t('accounts.you')}</span>` : nothing}</th>
      <td role="cell" data-label=${t('accounts.roles')}>
        <ul class="chips">${a.grants.map(
          (g) => html`<li class="role-chip">${roleName(g.role)} · ${areaName(g.area, this.districts)}
            <button type="button" class="chip-take" aria-label=${t('accounts.takeOf', { name: a.name, role: roleWords(g, this.districts) })} @click=${() => void this.take(a.name, g)}>${icon('close')}</button></li>`,
        )}</ul>
        ${granting
          ? html`<form class="form form-inset" aria-label=${t('accounts.giveOf', { name: a.name })} @submit=${(/** @type {SubmitEvent} */ e) => void this.give(e, a.name)}>${this.roleFields()}${this.ends(t('accounts.give'))}</form>`
          : html`<button type="button" class="link" aria-label=${t('accounts.giveOf', { name: a.name })} @click=${() => (this.form = { kind: 'grant', name: a.name })}>${t('accounts.give')}</button>`}
      </td>
      <td role="cell" data-label=${t('accounts.state')}>${this.state(a)}</td>
      <td role="cell" data-label=${t('accounts.since')}><span class="number">${day(a.created_at)}</span><span class="field-hint">${t('accounts.by', { name: a.created_by })}</span></td>
      <td role="cell" class="table-acts">
        <button type="button" class="button" aria-label=${t('accounts.resetOf', { name: a.name })} @click=${() => void this.reset(a.name)}>${t('accounts.reset')}</button>
        ${mine
          ? nothing
          : html`<button type="button" class="button" aria-label=${t(a.disabled ? 'accounts.enableOf' : 'accounts.disableOf', { name: a.name })}
              @click=${() => void this.change(t(a.disabled ? 'accounts.wasEnabled' : 'accounts.wasDisabled', { name: a.name }), () => routes.disable(a.name, !a.disabled))}>${t(a.disabled ? 'accounts.enable' : 'accounts.disable')}</button>`}
      </td>
    </tr>`;
  }

  /** @param {Account} a */
  state(a) {
    if (a.disabled) return html`<span class="ink-close">${t('accounts.disabled')}</span>`;
    return a.must_change ? html`<span class="ink-indeterminate">${t('accounts.mustChange')}</span>` : html`<span class="ink-clear">${t('accounts.active')}</span>`;
  }
}
customElements.define('gw-accounts', GwAccounts);
