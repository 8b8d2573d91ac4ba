// Shared by all views: light DOM (one style sheet, strict CSP) and a redraw when the store changes.
import { LitElement } from 'lit';
import { store } from '../store.js';

export class View extends LitElement {
  /** @type {(() => void)|null} */
  #unsubscribe = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#unsubscribe = store.subscribe((now, before) => {
      if (this.concerns(now, before)) this.requestUpdate();
    });
  }

  disconnectedCallback() {
    this.#unsubscribe?.();
    super.disconnectedCallback();
  }

  /**
   * Whether a change matters here; the pointer's and the camera's do not, to most.
   * @param {import('../store.js').State} now @param {import('../store.js').State} before
   */
  concerns(now, before) {
    return Object.keys(now).some((key) => {
      const k = /** @type {keyof import('../store.js').State} */ (key);
      return k !== 'cursor' && k !== 'camera' && now[k] !== before[k];
    });
  }
}

/**
 * Moves the focus in a menu by the arrows, Home and End; whether the key did so.
 * @param {KeyboardEvent} event @param {HTMLElement[]} items
 */
export function moveInMenu(event, items) {
  const here = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 };
  if (!(event.key in to)) return false;
  event.preventDefault();
  items[(to[event.key] + items.length) % items.length].focus();
  return true;
}
