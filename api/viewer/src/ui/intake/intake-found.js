// What the check found: counts, problems by row and column, and the first rows as they would be written.
import { html, nothing } from 'lit';
import { bare } from '../../application.js';
import { num, say, t } from '../../i18n.js';
import { capital, valueText } from '../parts.js';

/** @typedef {import('../../intake/acts.js').IntakeView} IntakeView */

const COUNTS = /** @type {const} */ ({ rows: 'intake.rows', new: 'intake.new', known: 'intake.known', warned: 'intake.warned', refused: 'intake.refused' });
const LEVELS = /** @type {const} */ ({ refuse: 'intake.refuse', warn: 'intake.warn', info: 'intake.info' });
const INK = { refuse: 'close', warn: 'indeterminate', info: 'exempt' };
const MOST_SAMPLES = 5;

/** @param {import('../../intake/service.js').Report} report */
export const counts = (report) =>
  html`<dl class="desk-measure intake-counts">${Object.entries(COUNTS).map(
    ([key, words]) => html`<div><dt>${t(words)}</dt><dd class="number ${key === 'refused' && report.refused ? 'ink-close' : ''}" data-count=${key}>${num(report[/** @type {keyof typeof COUNTS} */ (key)])}</dd></div>`,
  )}</dl>`;

/** @param {IntakeView} view */
export function faults(view) {
  const groups = view.batch?.report.problems ?? [];
  if (!groups.length) return html`<section><h3>${t('intake.faults')}</h3><p class="muted">${t('intake.noFaults')}</p></section>`;
  const first = view.faults ?? [];
  const all = groups.reduce((n, group) => n + group.times, 0);
  return html`<section><h3>${t('intake.faults')}</h3>
    <ul class="intake-groups">${groups.map((group) => html`<li data-fault=${group.code}>${level(group.level)}<span class="wrap">${say(group)}${group.times > 1 ? html` <span class="unit">${t('intake.times', { n: num(group.times) })}</span>` : nothing}
      ${group.examples.length ? html`<span class="row-fact">${group.examples.join(' · ')}</span>` : nothing}</span></li>`)}</ul>
    ${groups.some((group) => group.zh.includes('--')) ? html`<p class="muted small">${t('intake.wayOut')}</p>` : nothing}
    ${first.some((fault) => fault.row !== null)
      ? html`<details class="intake-more"><summary>${t('intake.byRow', { n: num(first.length), all: num(all) })}</summary>
          <div class="intake-wide-table" tabindex="0" role="region" aria-label=${t('intake.faults')}>
          <table class="desk-table"><thead><tr><th scope="col">${t('intake.row')}</th><th scope="col">${t('intake.column')}</th><th scope="col">${t('intake.problem')}</th></tr></thead>
          <tbody>${first.map((fault) => html`<tr data-row=${fault.row ?? ''}><td>${fault.row ?? t('intake.wholeFile')}</td><td class="wrap">${fault.column ?? ''}</td><td class="wrap">${level(fault.level)}${say(fault)}${fault.value ? html` <span class="unit">${fault.value}</span>` : nothing}</td></tr>`)}</tbody></table></div></details>`
      : nothing}
  </section>`;
}

/** @param {'refuse'|'warn'|'info'} of */
const level = (of) => html`<strong class="intake-level ink-${INK[of]}">${t(LEVELS[of])}</strong>`;

/** @param {IntakeView} view */
export function samples(view) {
  const { shapes, fields } = view;
  if (!shapes?.features.length || !fields) return nothing;
  const rows = shapes.features.slice(0, MOST_SAMPLES);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.properties)))];
  const drawn = shapes.features.filter((f) => f.geometry).length;
  const label = (/** @type {string} */ name) => {
    const field = fields.find((f) => f.name === name);
    return field ? capital(bare(say(field))) : name === 'law_status' ? t('intake.lawStatus') : name;
  };
  return html`<section><h3>${t('intake.samples')}</h3>
    ${drawn ? html`<p class="muted small" data-drawn>${shapes.numberReturned < shapes.numberMatched ? t('intake.drawnSome', { n: num(drawn), all: num(shapes.numberMatched) }) : t('intake.drawn', { n: num(drawn) })}</p>` : nothing}
    <div class="intake-wide-table" tabindex="0" role="region" aria-label=${t('intake.samples')}>
      <table class="desk-table"><thead><tr><th scope="col">${t('intake.row')}</th>${names.map((name) => html`<th scope="col">${label(name)}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr data-sample=${row.id}><th scope="row">${row.id}</th>${names.map((name) => html`<td>${shown(row.properties[name], name, fields)}</td>`)}</tr>`)}</tbody></table></div>
  </section>`;
}

/** @param {any} value @param {string} name @param {import('../../edit/form.js').FormField[]} fields */
function shown(value, name, fields) {
  if (value === undefined || value === null) return '';
  const field = fields.find((f) => f.name === name);
  if (name === 'law_status') return t(value === 'approved' ? 'intake.law' : 'intake.draft');
  return valueText(value, field && { ...field, unit: null });
}
