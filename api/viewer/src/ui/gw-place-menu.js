// What can be asked of a place on the map: opened by a long press, a right click or Shift+F10.
import { html, nothing } from 'lit';
import { copy, theCamera } from '../actions.js';
import { copyCoords } from '../coords.js';
import { t } from '../i18n.js';
import { openNear } from '../near.js';
import { openPrecheck } from '../precheck.js';
import { store } from '../store.js';
import { View, moveInMenu } from './base.js';
import { icon } from './icons.js';

/** @typedef {[number, number]} LngLat */

const EDGE = 8;

export class GwPlaceMenu extends View {
  /** @param {import('../store.js').State} now @param {import('../store.js').State} before */
  concerns(now, before) {
    if (now.menu && now.menu === before.menu && now.camera !== before.camera) queueMicrotask(() => this.close()); // the place has moved from under it
    return now.menu !== before.menu || now.lang !== before.lang;
  }

  updated() {
    const { menu } = store.state;
    const box = /** @type {HTMLElement|null} */ (this.querySelector('.place-menu'));
    if (!menu || !box) return;
    const { offsetWidth, offsetHeight } = box;
    const x = Math.min(menu.x, window.innerWidth - offsetWidth - EDGE);
    const y = menu.y + offsetHeight + EDGE > window.innerHeight ? menu.y - offsetHeight : menu.y;
    box.style.left = `${Math.max(EDGE, x)}px`;
    box.style.top = `${Math.max(EDGE, y)}px`;
    this.items()[0]?.focus();
  }

  items() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[role=menuitem]')]);
  }

  close() {
    if (store.state.menu) store.set({ menu: null });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (moveInMenu(event, this.items())) return;
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.close();
      theCamera()?.focus();
    }
  }

  render() {
    const { menu } = store.state;
    if (!menu) return nothing;
    const { at } = menu;
    const item = (/** @type {any} */ name, /** @type {string} */ label, /** @type {() => void} */ act) =>
      html`<button type="button" role="menuitem" tabindex="-1" class="place-menu-item" @click=${() => (this.close(), act())}>${icon(name)}${label}</button>`;
    return html`<div class="place-menu-veil" @pointerdown=${this.close} @wheel=${this.close} @contextmenu=${(/** @type {Event} */ e) => e.preventDefault()}></div>
      <div class="place-menu" @keydown=${this.key}>
        <p class="place-menu-at number">${copyCoords(at)}</p>
        <div role="menu" aria-label=${t('place.menu')}>
          ${item('drill', t('precheck.title'), () => openPrecheck({ at, source: 'map', accuracy_m: undefined }))}
          ${item('near', t('near.button'), () => openNear({ at, source: 'map', accuracy_m: undefined }))}
          ${item('copy', t('well.copyCoords'), () => void copy(copyCoords(at), t('well.coordsCopied')))}
        </div>
      </div>`;
  }
}
customElements.define('gw-place-menu', GwPlaceMenu);
