// The desk in the panel: choose, draw, fill in, save.
import { html, nothing } from 'lit';
import { redoStep, set, toggleKind, undoStep, useTool, work } from '../../edit/acts.js';
import { changed, PENS, sheetOf, subjectArea } from '../../edit/desk.js';
import { canRedo, canUndo } from '../../edit/history.js';
import { finish, simpler, simplified } from '../../edit/reshape.js';
import { corners } from '../../edit/rings.js';
import { say, t } from '../../i18n.js';
import { store, viewOf } from '../../store.js';
import { View } from '../base.js';
import { icon, swatch } from '../icons.js';
import { aimsOf } from './desk-aims.js';
import { impactOf } from './desk-impact.js';
import './gw-corners.js';
import './gw-desk-dialogs.js';
import './gw-desk-form.js';
import './gw-desk-measure.js';
import './gw-desk-start.js';
import './gw-steps.js';
import { savedOf } from './desk-saved.js';

/**
 * @typedef {import('../../edit/desk.js').Desk} Desk
 * @typedef {import('../../edit/desk.js').Tool} Tool
 */

/** @type {Tool[]} */
const TOOLS = ['draw', 'edit', 'hole', 'split', 'merge', 'clip', 'strip', 'simplify'];
/** Tools that need ground to work on. @type {Tool[]} */
const LATER = ['edit', 'hole', 'split', 'merge', 'clip', 'simplify'];
/** @type {import('../../edit/snap.js').SnapKind[]} */
const KINDS = ['vertex', 'edge', 'district', 'well'];

/**
 * A length to type in. @param {string} id @param {import('../../i18n.js').Key} label @param {number} value
 * @param {[number, number]} bounds @param {(m: number) => Partial<Desk>} change
 */
const metres = (id, label, value, [least, most], change) => html`<label class="desk-width small">${t(label)}
    <input type="number" id=${id} min=${least} max=${most} .value=${String(value)} @change=${(/** @type {Event} */ e) => {
      const m = Number(/** @type {HTMLInputElement} */ (e.target).value);
      if (m >= least && m <= most) set((now) => ({ ...now, ...change(m) }));
    }} /><span class="unit">m</span></label>`;

/** How many corners would stay, and the button that does it. @param {Desk} d */
function fewer(d) {
  const count = (/** @type {import('../../edit/rings.js').Area} */ area) => area.flat().reduce((n, ring) => n + corners(ring).length, 0);
  const [now, then] = [count(subjectArea(d)), count(simpler(d))];
  return html`${metres('desk-tolerance', 'desk.tolerance', d.tolerance_m, [0.1, 1000], (tolerance_m) => ({ tolerance_m }))}
    <p class="small" data-corners="${now} ${then}">${t('desk.simpler', { now, then })}</p>
    <button type="button" class="button desk-finish" data-key="desk-simplify" ?disabled=${now === then} @click=${() => work(simplified)}>${t('desk.simplify')}</button>`;
}

export class GwDesk extends View {
  render() {
    if (viewOf(store.state).kind !== 'desk') return nothing;
    const { desk: d, city } = store.state;
    if (!d) return html`<gw-desk-start></gw-desk-start>`;
    const layer = city?.layers.find((l) => l.id === d.layer);
    const zone = d.zones[d.subject];
    const grade = d.form.grade && layer?.grades[d.form.grade] ? say(layer.grades[d.form.grade]) : '';
    return html`<article class="card desk" data-desk=${d.stage}>
      <header class="card-head">
        ${layer ? swatch(layer) : nothing}
        <div>
          <h2 class="card-title">${d.form.name || zone.name || t('desk.unnamed')}</h2>
          <p class="card-sub">${layer ? say(layer) : d.layer}${grade ? ` · ${grade}` : ''} · ${zone.version ? t('desk.amends', { n: zone.version }) : t('desk.newDraft')}</p>
        </div>
      </header>
      ${d.stage === 'done' ? html`<div class="desk-scroll">${savedOf(d)}</div>` : d.stage === 'form' ? html`<gw-desk-form></gw-desk-form>` : this.shape(d)}
      <gw-desk-dialogs></gw-desk-dialogs>
    </article>`;
  }

  /** @param {Desk} d */
  shape(d) {
    const empty = !sheetOf(d).shapes[d.subject]?.length;
    return html`<div class="desk-scroll">
        <gw-desk-measure></gw-desk-measure>
        ${this.tools(d, empty)} ${this.hint(d)} ${aimsOf(d)} ${impactOf(d)}
        <gw-corners></gw-corners>
        <gw-steps></gw-steps>
      </div>
      <div class="ask-send">
        <button type="button" class="button button-main" data-key="desk-form" ?disabled=${empty} @click=${() => set((now) => ({ ...now, stage: 'form' }))}>${t('desk.toForm')}</button>
      </div>`;
  }

  /** @param {Desk} d @param {boolean} empty */
  tools(d, empty) {
    const { history } = d;
    return html`<div class="desk-tools" role="toolbar" aria-label=${t('desk.tools')}>
        ${TOOLS.map(
          (tool) => html`<button type="button" class="tool" data-key="tool-${tool}" aria-pressed=${d.tool === tool ? 'true' : 'false'} ?disabled=${empty && LATER.includes(tool)} title=${t(`tool.${tool}.hint`)} @click=${() => useTool(tool)}>
            ${icon(tool)}<span>${t(`tool.${tool}`)}</span>
          </button>`,
        )}
      </div>
      <div class="desk-row">
        <span class="desk-undo">
          <button type="button" class="icon-button" data-key="desk-undo" aria-label=${t('desk.undo')} title=${t('desk.undoTitle')} ?disabled=${!canUndo(history)} @click=${undoStep}>${icon('undo')}</button>
          <button type="button" class="icon-button" data-key="desk-redo" aria-label=${t('desk.redo')} title=${t('desk.redoTitle')} ?disabled=${!canRedo(history)} @click=${redoStep}>${icon('redo')}</button>
        </span>
        <label class="check small"><input type="checkbox" data-key="desk-linked" .checked=${d.linked} @change=${() => set((now) => ({ ...now, linked: !now.linked, spot: null }))} />${t('desk.linked')}</label>
      </div>
      <div class="desk-snaps" role="group" aria-label=${t('snap.title')}>
        <span class="muted small">${t('snap.title')}</span>
        ${KINDS.map(
          (kind) => html`<button type="button" class="chip" data-key="snap-${kind}" aria-pressed=${d.kinds.has(kind) ? 'true' : 'false'} @click=${() => toggleKind(kind)}>${t(`snap.${kind}`)}</button>`,
        )}
      </div>`;
  }

  /** What the tool in hand does, and what is moved along. @param {Desk} d */
  hint(d) {
    const pen = sheetOf(d).pen;
    const others = changed(d).slice(1);
    return html`<p class="desk-hint small">${t(`tool.${d.tool}.hint`)}</p>
      ${d.tool === 'strip' ? metres('desk-width', 'desk.width', d.width_m, [1, 20000], (width_m) => ({ width_m })) : nothing}
      ${d.tool === 'simplify' ? fewer(d) : nothing}
      ${pen && pen.points.length >= (PENS[d.tool] ?? 99)
        ? html`<button type="button" class="button desk-finish" data-key="desk-finish" @click=${() => work(finish)}>${t('desk.finish', { n: pen.points.length })}</button>`
        : nothing}
      ${others.length
        ? html`<p class="ask-note">${t('desk.moved', { n: others.length })} ${others.map((key) => d.zones[key].name).join(store.state.lang === 'en' ? ', ' : '、')}</p>`
        : nothing}
      ${sheetOf(d).gone.length
        ? html`<p class="ask-note">${t('desk.gone', { names: sheetOf(d).gone.map((key) => d.zones[key].name).join('、') })}</p>`
        : nothing}`;
  }
}
customElements.define('gw-desk', GwDesk);
