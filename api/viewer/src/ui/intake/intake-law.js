// A zone may be kept as a draft or declared to be law: which it would be, and whose it is to do so.
import { html, nothing } from 'lit';
import { ask, intake } from '../../intake/acts.js';
import { fixed } from '../../intake/asked.js';
import { num, t } from '../../i18n.js';
import { store } from '../../store.js';

/** @typedef {import('../../intake/acts.js').IntakeView} IntakeView */

const ROLES = /** @type {const} */ ({ draft: 'intake.needsPlanner', approve: 'intake.needsApprover', edit_registers: 'intake.needsAnalyst' });

/** What a right is needed for, and whether the reader has it. @param {keyof typeof ROLES} right */
function need(right) {
  const { me } = store.state;
  return html`<span class="row-fact" data-need=${right}>${t(ROLES[right])}${me ? html` · <strong class=${me.may.includes(right) ? 'ink-clear' : 'ink-close'}>${t(me.may.includes(right) ? 'intake.have' : 'intake.haveNot')}</strong>` : nothing}</span>`;
}

/** @param {IntakeView} view */
export function lawChoice(view) {
  const layer = store.state.city?.layers.find((l) => l.id === view.batch?.layer);
  if (layer?.geometry !== 'polygon') return html`<section><h3>${t('intake.writes')}</h3><p>${need('edit_registers')}</p></section>`;
  const told = view.asked.set.law_status ?? '';
  const counted = view.batch?.report.read?.law_status ?? {};
  const law = counted.approved ?? 0;
  const others = Object.entries(counted).reduce((n, [status, rows]) => n + (status === 'approved' ? 0 : rows), 0);
  const choice = (/** @type {string} */ value, /** @type {any} */ words, /** @type {any} */ needs) =>
    html`<label class="check"><input type="radio" name="intake-law" value=${value} ?disabled=${!view.file} .checked=${told === value} @change=${() => choose(value)} /><span>${words}${needs}</span></label>`;
  return html`<section><h3>${t('intake.lawTitle')}</h3>
    <p class="small" data-law>${t('intake.lawCounts', { drafts: num(others), law: num(law) })}</p>
    <div role="radiogroup" aria-label=${t('intake.lawTitle')}>
      ${choice('', t('intake.lawAsFile'), html`<span class="row-fact">${t('intake.lawAsFileWhy')}</span>`)}
      ${choice('draft', t('intake.lawDraft'), need('draft'))}
      ${choice('approved', t('intake.lawApproved'), need('approve'))}
    </div>
    ${law && told !== 'draft' ? html`<p class="ask-note">${t('intake.lawWarning', { n: num(law) })}</p>` : nothing}
    ${told === 'approved' ? html`<p class="ask-note">${t('intake.lawDay')}</p>` : nothing}
  </section>`;
}

/** @param {string} value */
function choose(value) {
  const view = intake();
  if (!view) return;
  const asked = fixed(view.asked, 'law_status', value || null);
  ask(value === 'approved' && !('valid_from' in asked.set) && !view.batch?.report.read?.columns.valid_from ? fixed(asked, 'valid_from', '') : asked);
}
