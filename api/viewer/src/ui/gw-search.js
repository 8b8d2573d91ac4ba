// One box for codes, names, zones and coordinates (ARIA combobox with a list popup).
import { html, nothing } from 'lit';
import { openWell, openZone, problemOf, theCamera } from '../actions.js';
import { api } from '../api.js';
import { formatCoords, parseCoords } from '../coords.js';
import { say, t } from '../i18n.js';
import { openNear } from '../near.js';
import { openPrecheck } from '../precheck.js';
import { store } from '../store.js';
import { View } from './base.js';
import { icon, mark, swatch } from './icons.js';
import { sightWords } from './sight-note.js';

/** @typedef {import('../api.js').SearchHit} SearchHit */

/** What can be done with typed coordinates: look there, wells nearby, and whether one may drill. */
const PLACE_WAYS = 3;

/** @param {any} name of an icon @param {[number, number]} at @param {string} words */
const place = (name, at, words) =>
  html`<span class="row-mark">${icon(name)}</span><span class="row-text"
    ><span class="row-name number">${formatCoords(at, 'dec')}</span><span class="row-fact">${words}</span></span>`;

/** Shows a place, marked. @param {[number, number]} at */
function goTo(at) {
  store.set({ sought: at });
  theCamera()?.look(at);
}

export class GwSearch extends View {
  static properties = {
    text: { state: true },
    hits: { state: true },
    at: { state: true },
    active: { state: true },
    open: { state: true },
    busy: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.text = '';
    /** @type {SearchHit[]|null} */
    this.hits = null;
    /** @type {[number,number]|null} */
    this.at = null;
    this.active = -1;
    this.open = false;
    this.busy = false;
    /** @type {import('../store.js').Problem|null} */
    this.problem = null;
    this.timer = 0;
    this.hurry = false;
    /** @type {AbortController|null} */
    this.request = null;
  }

  get options() {
    return (this.at ? PLACE_WAYS : 0) + (this.hits?.length ?? 0);
  }

  /** @param {string} text */
  type(text) {
    this.text = text;
    this.active = -1;
    this.problem = null;
    this.at = parseCoords(text);
    this.hurry = false;
    this.request?.abort();
    clearTimeout(this.timer);
    const q = text.trim();
    this.open = q !== '';
    if (!q || this.at) {
      this.hits = null;
      this.busy = false;
      return;
    }
    this.busy = true;
    this.timer = window.setTimeout(() => void this.ask(q), 180);
  }

  /** @param {string} q */
  async ask(q) {
    const request = new AbortController();
    this.request = request;
    try {
      const { results } = await api.search(q, request.signal);
      this.hits = results;
      if (this.hurry && results.length) this.choose(0);
    } catch (error) {
      if (request.signal.aborted) return;
      this.hits = null;
      this.problem = problemOf(error);
    } finally {
      if (this.request === request) this.busy = false;
    }
  }

  /** @param {number} index */
  choose(index) {
    this.open = false;
    if (this.at && index === 0) return goTo(this.at);
    if (this.at && index === 1) return openNear({ at: this.at, source: 'typed', accuracy_m: undefined });
    if (this.at && index === 2) return openPrecheck({ at: this.at, source: 'typed', accuracy_m: undefined });
    const hit = this.hits?.[index - (this.at ? PLACE_WAYS : 0)];
    if (!hit) return;
    if (hit.kind === 'place') goTo([hit.lon, hit.lat]);
    else if (hit.kind === 'well') void openWell(hit.code);
    else if (hit.id !== undefined) void openZone(hit.layer, String(hit.id), { look: true });
    else theCamera()?.look([hit.lon, hit.lat]);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'Escape') {
      if (this.open) event.stopPropagation();
      this.open = false;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.open = true;
      const n = this.options;
      if (n) this.active = (this.active + (event.key === 'ArrowDown' ? 1 : n - (this.active < 0 ? 0 : 1))) % n;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (this.busy) this.hurry = true; // typed faster than the service answers
      else if (this.options) this.choose(Math.max(0, this.active));
    }
  }

  clear() {
    this.type('');
    store.set({ sought: null });
    this.querySelector('input')?.focus();
  }

  render() {
    const shown = this.open && this.text.trim() !== '';
    return html`<div class="search" @focusout=${(/** @type {FocusEvent} */ e) => {
      if (!this.contains(/** @type {Node|null} */ (e.relatedTarget))) this.open = false;
    }}>
      <span class="search-icon">${icon('search')}</span>
      <input
        type="text"
        inputmode="search"
        enterkeyhint="search"
        role="combobox"
        aria-expanded=${shown ? 'true' : 'false'}
        aria-controls="search-list"
        aria-autocomplete="list"
        aria-activedescendant=${shown && this.active >= 0 ? `hit-${this.active}` : nothing}
        aria-label=${t('search.label')}
        placeholder=${t('search.placeholder')}
        autocomplete="off"
        spellcheck="false"
        data-key="search"
        .value=${this.text}
        @input=${(/** @type {InputEvent} */ e) => this.type(/** @type {HTMLInputElement} */ (e.target).value)}
        @focus=${() => (this.open = this.text.trim() !== '')}
        @keydown=${this.key}
      />
      ${this.text
        ? html`<button type="button" class="icon-button search-clear" aria-label=${t('search.clear')} @click=${this.clear}>${icon('close')}</button>`
        : nothing}
      <div id="search-list" class="search-list" role="listbox" aria-label=${t('search.results')} ?hidden=${!shown}>
        ${shown ? this.list() : nothing}
      </div>
      <span class="offscreen" role="status">${shown && !this.busy && this.hits ? t('search.count', { n: this.hits.length }) : ''}</span>
    </div>`;
  }

  list() {
    /** @param {number} i @param {any} inside */
    const option = (i, inside) =>
      html`<div id="hit-${i}" role="option" class="row" aria-selected=${i === this.active ? 'true' : 'false'}
        @pointerdown=${(/** @type {Event} */ e) => e.preventDefault()}
        @click=${() => this.choose(i)}>${inside}</div>`;
    const { at } = this;
    const ways = at ? [place('locate', at, t('search.place')), place('near', at, t('search.goto')), place('drill', at, t('precheck.title'))] : [];
    if (this.problem) return html`<div class="row-note" role="option" aria-selected="false" aria-disabled="true">${say(this.problem)}</div>`;
    if (this.busy) return html`<div class="row-note" role="option" aria-selected="false" aria-disabled="true">${t('search.busy')}</div>`;
    if (this.hits && !this.hits.length && !this.at) {
      return html`<div class="row-note" role="option" aria-selected="false" aria-disabled="true">
        ${t('search.none', { q: this.text.trim() })}<br /><small>${sightWords() ?? t('search.noneHint')}</small>
      </div>`;
    }
    const offset = this.at ? PLACE_WAYS : 0;
    return html`${ways.map((inside, i) => option(i, inside))}${(this.hits ?? []).map((hit, i) => option(i + offset, this.hit(hit)))}`;
  }

  /** @param {SearchHit} hit */
  hit(hit) {
    if (hit.kind === 'place') return place('locate', [hit.lon, hit.lat], t('search.place'));
    const layer = store.state.city?.layers.find((l) => l.id === hit.layer);
    const fact = hit.kind === 'well' ? (hit.flag ? t(`flag.${hit.flag}`) : '') : say(layer);
    return html`<span class="row-mark">${hit.kind === 'well' || !layer ? mark(hit.flag) : swatch(layer)}</span>
      <span class="row-text"><span class="row-name">${hit.name || hit.code}</span><span class="row-fact">${[hit.name ? hit.code : '', hit.owner, fact].filter(Boolean).join(' · ')}</span></span>`;
  }
}
customElements.define('gw-search', GwSearch);
