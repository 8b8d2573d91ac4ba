// What is not shown of the wells, said in words, with the way to see them.
import { html, nothing } from 'lit';
import { t } from '../i18n.js';
import { areaName } from '../people/words.js';
import { sees } from '../sight.js';
import { store } from '../store.js';

/** The sentence; null where everything is shown. */
export function sightWords() {
  const { me } = store.state;
  const seen = sees(me);
  if (!me || seen === 'all') return null;
  if (seen === 'some') {
    const areas = me.sight.areas.map((area) => areaName(area)).join(t('list.comma'));
    return t(me.sight.counts ? 'sight.someCounts' : 'sight.some', { areas });
  }
  if (me.account) return t(seen === 'counts' ? 'sight.countsNoRole' : 'sight.noRole');
  return t(seen === 'counts' ? 'sight.counts' : 'sight.none');
}

/** The way in, for who has not taken it. */
export const signInLink = () =>
  store.state.me?.account === null ? html`<button type="button" class="link" @click=${() => store.set({ dialog: { kind: 'sign-in' } })}>${t('me.signIn')}</button>` : nothing;

/** The sentence over the map. */
export function sightNote() {
  const words = sightWords();
  return words ? html`<div class="sight-note" role="note" data-sight><span>${words}</span>${signInLink()}</div>` : nothing;
}

/** Instead of a list of wells that would look empty; null where wells are shown. @param {boolean} [cards] */
export function sightState(cards = true) {
  const seen = sees(store.state.me);
  if (seen === 'all' || seen === 'some') return null;
  return html`<div class="state" data-sight-state><p class="state-title">${sightWords()}</p>${cards && store.state.me?.account === null
    ? html`<button type="button" class="button button-main" @click=${() => store.set({ dialog: { kind: 'sign-in' } })}>${t('me.signIn')}</button>`
    : nothing}</div>`;
}
