// What the clip and merge tools can be aimed at.
import { html, nothing } from 'lit';
import { work } from '../../edit/acts.js';
import { movable, shapesOf } from '../../edit/desk.js';
import { absorb, clipOff, clipTo, meeting } from '../../edit/reshape.js';
import { boxesMeet, boxOf } from '../../edit/rings.js';
import { num, say, t } from '../../i18n.js';
import { store } from '../../store.js';
import { swatch } from '../icons.js';

/** @typedef {import('../../edit/desk.js').Desk} Desk */

/** @param {Desk} d */
export function aimsOf(d) {
  if (d.tool === 'clip') return clips(d);
  if (d.tool === 'merge') return merges(d);
  return nothing;
}

/** @param {Desk} d */
function clips(d) {
  const met = meeting(d);
  if (!met.length) return html`<p class="ask-note" data-aims="0">${t('clip.none')}</p>`;
  return html`<ul class="rows aims" data-aims=${met.length}>
    ${met.map(
      (m) => html`<li class="aim">
        ${about(m.zone, html`${t('clip.shared')} ${num(m.area_m2 / 1e6, { maximumSignificantDigits: 3 })} km²`)}
        <button type="button" class="chip" data-key="clip-to-${m.key}" @click=${() => work((now) => clipTo(now, m.key))}>${t('clip.within')}</button>
        ${m.fixed ? nothing : html`<button type="button" class="chip" data-key="clip-off-${m.key}" @click=${() => work((now) => clipOff(now, m.key))}>${t('clip.off')}</button>`}
      </li>`,
    )}
  </ul>`;
}

/** @param {Desk} d */
function merges(d) {
  const shapes = shapesOf(d);
  const box = boxOf(shapes[d.subject] ?? []);
  const near = movable(d).filter((key) => key !== d.subject && d.zones[key].layer === d.layer && boxesMeet(box, boxOf(shapes[key])));
  if (!near.length) return html`<p class="ask-note" data-aims="0">${t('merge.none')}</p>`;
  return html`<ul class="rows aims" data-aims=${near.length}>
    ${near.map(
      (key) => html`<li class="aim">
        ${about(d.zones[key], nothing)}
        <button type="button" class="chip" data-key="merge-${key}" @click=${() => work((now) => absorb(now, key))}>${t('merge.take')}</button>
      </li>`,
    )}
  </ul>`;
}

/** @param {import('../../edit/desk.js').Zone} zone @param {any} fact */
function about(zone, fact) {
  const layer = store.state.city?.layers.find((l) => l.id === zone.layer);
  return html`<span class="row-mark">${layer ? swatch(layer) : nothing}</span>
    <span class="row-text"><span class="row-name">${zone.name}</span><span class="row-fact">${layer ? say(layer) : zone.layer} ${fact === nothing ? nothing : html`· ${fact}`}</span></span>`;
}
