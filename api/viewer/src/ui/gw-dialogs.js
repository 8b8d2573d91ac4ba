// What stands over the page, one at a time. Its code is fetched when it is first wanted.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { tell } from '../actions.js';
import { t } from '../i18n.js';
import { closeDialog } from '../me.js';
import { store } from '../store.js';
import { View } from './base.js';
import { icon } from './icons.js';

/** @typedef {import('../store.js').Dialog['kind']} Kind */

/** @type {Record<Kind, {title: () => string, code: () => Promise<unknown>, inside: () => any, wide?: boolean}>} */
const KINDS = {
  'sign-in': { title: () => t('me.signIn'), code: () => import('./people/gw-sign-in.js'), inside: () => html`<gw-sign-in></gw-sign-in>` },
  password: { title: () => t('password.title'), code: () => import('./people/gw-password.js'), inside: () => html`<gw-password></gw-password>` },
  account: { title: () => t('me.mine'), code: () => import('./people/gw-my-account.js'), inside: () => html`<gw-my-account></gw-my-account>` },
  accounts: { title: () => t('accounts.title'), code: () => import('./people/gw-accounts.js'), inside: () => html`<gw-accounts></gw-accounts>`, wide: true },
  print: { title: () => t('print.title'), code: () => import('../print/gw-print.js'), inside: () => html`<gw-print></gw-print>`, wide: true },
};

export class GwDialogs extends View {
  static properties = { loaded: { state: true } };

  constructor() {
    super();
    /** @type {Kind[]} */
    this.loaded = [];
  }

  /** @param {import('../store.js').State} now @param {import('../store.js').State} before */
  concerns(now, before) {
    return now.dialog !== before.dialog || now.lang !== before.lang || now.me !== before.me;
  }

  /** What is open, the lowest first. */
  get open() {
    const { dialog } = store.state;
    const under = dialog?.kind === 'sign-in' && dialog.under;
    return [...(under ? [under] : []), ...(dialog ? [dialog] : [])].map((d) => d.kind);
  }

  willUpdate() {
    // closed before it goes, so that the focus returns to where it was
    for (const box of this.querySelectorAll('dialog')) if (!this.open.includes(/** @type {Kind} */ (box.dataset.dialog))) box.close();
  }

  updated() {
    for (const box of this.querySelectorAll('dialog')) if (!box.open) box.showModal();
    for (const kind of this.open) if (!this.loaded.includes(kind)) void this.load(kind);
  }

  /** @param {Kind} kind */
  async load(kind) {
    try {
      await KINDS[kind].code();
      this.loaded = [...this.loaded, kind];
    } catch {
      closeDialog();
      tell(t('dialog.notLoaded'), 'error', () => store.set({ dialog: /** @type {any} */ ({ kind }) }));
    }
  }

  /** A one-time password opens nothing but the form that changes it. */
  get held() {
    return store.state.dialog?.kind === 'password' && Boolean(store.state.me?.must_change_password);
  }

  /** @param {Event} event */
  cancel(event) {
    event.preventDefault();
    if (!this.held) closeDialog();
  }

  render() {
    return repeat(this.open, (kind) => kind, (kind) => this.box(kind));
  }

  /** @param {Kind} kind */
  box(kind) {
    const { title, inside, wide } = KINDS[kind];
    return html`<dialog class="dialog ${wide ? 'dialog-wide' : ''}" data-dialog=${kind} aria-labelledby="dialog-${kind}" @cancel=${this.cancel}>
      <header class="dialog-head">
        <h2 id="dialog-${kind}">${title()}</h2>
        ${this.held ? nothing : html`<button type="button" class="icon-button" aria-label=${t('dialog.close')} @click=${closeDialog}>${icon('close')}</button>`}
      </header>
      <div class="dialog-body">${this.loaded.includes(kind) ? inside() : html`<p class="muted" role="status">${t('app.loading')}</p>`}</div>
    </dialog>`;
  }
}
customElements.define('gw-dialogs', GwDialogs);
