// 历史: what was done, newest first; any step can be returned to.
import { html, nothing } from 'lit';
import { toStep } from '../../edit/acts.js';
import { t } from '../../i18n.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { icon } from '../icons.js';

export class GwSteps extends View {
  render() {
    const { desk: d } = store.state;
    if (!d) return nothing;
    const { steps, now } = d.history;
    return html`<details class="ask-more">
      <summary>${t('desk.history')}<span class="muted small">${t('desk.steps', { n: now })}</span>${icon('chevron')}</summary>
      <ol class="steps" reversed>
        ${steps.map((step, i) => ({ step, i })).reverse().map(
          ({ step, i }) => html`<li><button type="button" class="step" data-key="step-${i}" data-undone=${i > now ? 'true' : nothing} aria-current=${i === now ? 'step' : nothing} @click=${() => toStep(i)}>${t(step.label, step.fill)}</button></li>`,
        )}
      </ol>
    </details>`;
  }
}
customElements.define('gw-steps', GwSteps);
