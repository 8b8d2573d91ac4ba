// One finding, whole or folded to a line, and the list of them: the gravest first and whole, the
// many that are short of closing behind a heading that counts them.
import { html, nothing } from 'lit';
import { byGravity, closes, FLAG_COLOR, flagOf, refuses } from '../flags.js';
import { day, num, say, t } from '../i18n.js';
import { store } from '../store.js';
import { edgeScale } from './edge-scale.js';
import { icon, mark } from './icons.js';
import { capital } from './parts.js';

/**
 * @typedef {import('../api.js').Finding} Finding
 * @typedef {import('../store.js').Flag} Flag
 */

/** As many findings short of closing are shown at once. */
const FEW = 3;

/** All findings of one well. @param {Finding[]} findings */
export function findingList(findings) {
  const sorted = byGravity(findings);
  const grave = sorted.filter(closes);
  const lesser = sorted.filter((f) => !closes(f));
  if (lesser.length <= FEW) return sorted.map((f) => finding(f));
  const title = t(grave.length ? 'well.lesser' : 'well.lesserOnly', { n: num(lesser.length) });
  return html`${grave.map((f) => finding(f))}${foldedGroup(title, lesser, { open: !grave.length, aside: tally(lesser) })}`;
}

/**
 * Findings as lines behind a heading.
 * @param {string} title @param {Finding[]} findings @param {{open:boolean, aside:string, flag?:Flag}} how
 */
export const foldedGroup = (title, findings, { open, aside, flag }) =>
  html`<details class="finding-group" ?open=${open}>
    <summary><h3>${title}</h3><span class="aside">${aside}</span>${icon('chevron')}</summary>
    ${findings.map((f) => foldedFinding(f, flag))}
  </details>`;

/** How many apply and how many cannot be known. @param {Finding[]} findings */
function tally(findings) {
  const count = (/** @type {string} */ answer) => findings.filter((f) => f.answer === answer).length;
  const parts = [
    [count('applies'), 'finding.apply'],
    [count('indeterminate'), 'finding.unsure'],
    [count('exempt'), 'finding.exempted'],
  ];
  return parts.flatMap(([n, key]) => (n ? [t(/** @type {any} */ (key), { n: num(Number(n)) })] : [])).join(' · ');
}

/** One finding, whole. @param {Finding} f @param {Flag} [flag] */
export const finding = (f, flag = flagOf(f)) =>
  html`<section class="finding" data-rule=${f.rule}>
    <h3 class="finding-head">${headline(f, flag, html`<span class="finding-rule">${f.rule}</span>`)}</h3>
    ${about(f, flag)}
  </section>`;

/** One finding as a line that unfolds. @param {Finding} f @param {Flag} [flag] */
export const foldedFinding = (f, flag = flagOf(f)) =>
  html`<details class="finding finding-folded" data-rule=${f.rule}>
    <summary class="finding-head">${headline(f, flag)}${icon('chevron')}</summary>
    ${about(f, flag)}
  </details>`;

/** What it orders, whether that holds, and how high the law stands that says so. @param {Finding} f @param {Flag} flag @param {any} [more] */
function headline(f, flag, more = nothing) {
  const verdict = say(f, 'verdict');
  const holds = f.answer === 'applies';
  return html`${mark(flag, 18)}<span class="finding-words">
      <span class="ink-${flag}">${capital(holds ? verdict : say(f, 'answer'))}</span>${holds ? nothing : html`<span class="finding-order">${verdict}</span>`}
      ${refuses(f) && f.quote ? html`<span class="finding-quote" lang="zh-CN">${f.quote}</span>` : nothing}
      <span class="finding-source"><span class="tier tier-${f.tier}">${tierOf(f)}</span>${sourceOf(f)}${more}</span>
    </span>`;
}

/** @param {Finding} f */
const sourceOf = (f) => (store.state.lang === 'en' ? `${f.instrument_en} ${f.clause}` : `《${f.instrument_zh}》${f.clause}`);

/** @param {Finding} f */
const tierOf = (f) => (store.state.lang === 'en' ? (f.tier ?? '').replaceAll('_', ' ') : f.tier_zh);

/** @param {Finding} f @param {Flag} flag */
function about(f, flag) {
  const layer = store.state.city?.layers.find((l) => l.id === f.layer);
  return html`<p class="lead sentence">${say(f, 'sentence')}</p>
    ${grounds(f)}
    ${f.edge_m !== null && f.edge_m !== undefined
      ? edgeScale({ edge_m: f.edge_m, tolerance_m: f.tolerance_m, zone: f.zone_name ?? (layer ? say(layer) : say(f, 'layer')), style: layer?.style, color: FLAG_COLOR[flag] })
      : nothing}
    ${f.missing?.length
      ? html`<div class="missing"><h4>${t('well.missing')}</h4>
          <ul>${f.missing.map((m) => html`<li>${say(m)}</li>`)}</ul></div>`
      : nothing}
    ${f.exemption ? html`<p class="exemption"><strong>${t('well.exemption')}</strong> ${exemption(f.exemption)}</p>` : nothing}
    ${examined(f)}
    ${f.quote
      ? html`<blockquote class="law" lang="zh-CN">
          <p>${f.quote}</p>
          <footer>${f.instrument_zh ?? f.instrument} ${f.number ? `（${f.number}）` : ''}${f.clause}${f.text_as_of ? html` · ${t('well.textAsOf', { day: day(f.text_as_of) })}` : nothing}</footer>
        </blockquote>`
      : nothing}
    ${f.since ? html`<p class="muted small">${t('well.since', { day: day(f.since) })}${f.zone_version ? ` · ${f.zone_name ?? ''} ${t('well.version', { n: f.zone_version })}` : ''}</p>` : nothing}
    ${inputs(f)}`;
}

/** @param {any} e a text, or a record with words, clause and quote */
function exemption(e) {
  if (typeof e === 'string') return e;
  return html`${say(e)}${e.clause ? ` · ${e.clause}` : ''}${e.quote ? html`<br /><q lang="zh-CN">${e.quote}</q>` : nothing}`;
}

/** The ways out that were tried, and why each holds or not; what the finding rests on is told above. @param {Finding} f */
function examined(f) {
  const tried = (f.examined ?? []).filter((way) => typeof f.exemption !== 'object' || way.id !== f.exemption?.id);
  if (!tried.length) return nothing;
  return html`<details class="examined"><summary>${t('well.examined', { n: num(tried.length) })}</summary>
    <ul>${tried.map((way) => html`<li data-exemption=${way.id}><strong>${say(way)}</strong> · ${way.clause}：${say(way, 'answer')}
      <span class="muted small">${say(way, 'because')}</span></li>`)}</ul></details>`;
}

/** What it rests on. @param {Finding} f */
function grounds(f) {
  const told = (f.facts ?? []).filter((fact) => fact.decides);
  if (!told.length) return nothing;
  return html`<p class="grounds small"><strong>${t('well.grounds')}</strong>
    ${told.map((fact) => html`<span class="ground">${say(fact)} <b>${say(fact, 'value')}</b></span>`)}</p>`;
}

/** What the rule read. @param {Finding} f */
function inputs(f) {
  if (!f.facts?.length) return nothing;
  return html`<details class="inputs"><summary>${t('well.inputs')}</summary>
    <dl class="facts">${f.facts.map((fact) => html`<dt>${say(fact)}</dt><dd>${say(fact, 'value')}</dd>`)}</dl></details>`;
}
