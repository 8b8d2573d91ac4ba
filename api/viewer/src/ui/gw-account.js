// Top right: the way in, or who is signed in and what that opens.
import { html, nothing } from 'lit';
import { problemOf, tell } from '../actions.js';
import { t, say } from '../i18n.js';
import { may, signOut } from '../me.js';
import { roleWords } from '../people/words.js';
import { store } from '../store.js';
import { View, moveInMenu } from './base.js';
import { icon } from './icons.js';

export class GwAccount extends View {
  static properties = { open: { state: true } };

  constructor() {
    super();
    this.open = false;
  }

  /** @param {import('../store.js').State} now @param {import('../store.js').State} before */
  concerns(now, before) {
    return now.me !== before.me || now.lang !== before.lang;
  }

  items() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[role=menuitem]')]);
  }

  async toggle() {
    this.open = !this.open;
    await this.updateComplete;
    if (this.open) this.items()[0]?.focus();
  }

  close() {
    this.open = false;
    /** @type {HTMLElement|null} */ (this.querySelector('.account-button'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (moveInMenu(event, this.items())) return;
    if (event.key === 'Escape') this.close();
  }

  /** @param {import('../store.js').Dialog} dialog */
  go(dialog) {
    this.close();
    store.set({ dialog });
  }

  async leave() {
    this.close();
    try {
      await signOut();
    } catch (error) {
      tell(say(problemOf(error)), 'error');
    }
  }

  render() {
    const { me } = store.state;
    if (!me) return nothing;
    if (!me.account) {
      return html`<button type="button" class="corner-button account-button" @click=${() => store.set({ dialog: { kind: 'sign-in' } })}>${icon('person')}${t('me.signIn')}</button>`;
    }
    return html`<div class="account" @focusout=${(/** @type {FocusEvent} */ e) => {
      if (!this.contains(/** @type {Node|null} */ (e.relatedTarget))) this.open = false;
    }}>
      <button type="button" class="corner-button account-button" aria-haspopup="menu" aria-expanded=${this.open ? 'true' : 'false'} aria-label=${t('me.menuOf', { name: me.account })} @click=${this.toggle}>
        ${icon('person')}<span class="account-name">${me.account}</span>
      </button>
      ${this.open ? this.menu(me) : nothing}
    </div>`;
  }

  /** @param {import('../store.js').Me} me */
  menu(me) {
    const item = (/** @type {any} */ name, /** @type {string} */ label, /** @type {() => void} */ act) =>
      html`<button type="button" role="menuitem" tabindex="-1" class="place-menu-item" @click=${act}>${icon(name)}${label}</button>`;
    return html`<div class="account-menu" @keydown=${this.key}>
      <p class="account-who">${me.account}</p>
      <ul class="account-roles">${me.roles.map((r) => html`<li>${roleWords(r)}</li>`)}${me.roles.length ? nothing : html`<li>${t('me.noRole')}</li>`}</ul>
      <div role="menu" aria-label=${t('me.menu')}>
        ${item('lock', t('me.mine'), () => this.go({ kind: 'account' }))}
        ${may('administer') ? item('people', t('accounts.title'), () => this.go({ kind: 'accounts' })) : nothing}
        ${item('leave', t('me.signOut'), () => void this.leave())}
      </div>
    </div>`;
  }
}
customElements.define('gw-account', GwAccount);
