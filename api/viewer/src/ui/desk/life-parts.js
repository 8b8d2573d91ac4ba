// How the life of a version is told.
import { html } from 'lit';
import { say, t } from '../../i18n.js';
import { store } from '../../store.js';
import { failure } from '../parts.js';

const STATUSES = ['draft', 'in_review', 'approved', 'withdrawn'];

/** The words the layer has for a status. @param {string} status */
export function statusText(status) {
  const field = store.state.city?.layers.find((l) => l.geometry === 'polygon')?.fields.find((f) => f.name === 'law_status');
  return field?.choices?.[status] ? say(field.choices[status]) : status;
}

/** @param {string} status */
export const statusChip = (status) => html`<span class="status status-${STATUSES.includes(status) ? status : 'draft'}">${statusText(status)}</span>`;

/** What a service without the route is said to lack; other failures as usual. @param {import('../../store.js').Problem} problem @param {() => void} retry */
export const lifeFailure = (problem, retry) =>
  problem.status === 404 ? html`<p class="ask-note" data-absent>${t('life.absent')} ${say(problem)}</p>` : failure(t('life.failed'), problem, retry);
