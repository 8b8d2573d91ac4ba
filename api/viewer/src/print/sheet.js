// What stands on the sheet.
import { html, nothing, svg } from 'lit';
import { FLAGS } from '../flags.js';
import { day, instant, num, say, t } from '../i18n.js';
import { WELLS_FROM } from '../map/style.js';
import { shownRasters } from '../rasters.js';
import { isDrawn } from '../sight.js';
import { legendOf, store } from '../store.js';
import { mark, swatch } from '../ui/icons.js';
import { legend as rasterLegend } from '../ui/raster/legend.js';
import { metresText } from '../ui/parts.js';
import { sightWords } from '../ui/sight-note.js';
import { barOf, zoomOf } from './paper.js';

/**
 * @typedef {object} Sheet
 * @property {import('../api.js').City} city
 * @property {string|null} on
 * @property {number} scale
 * @property {boolean} lying
 * @property {string} heading
 * @property {string} url of the map's picture
 * @property {import('../api.js').Instrument[]} instruments
 * @property {string} link
 * @property {string} printed
 */

/** @param {Sheet} s */
export const sheet = (s) => html`<article class="sheet ${s.lying ? 'sheet-lying' : 'sheet-upright'}" aria-label=${t('print.sheet')}>
  <header class="sheet-head"><h3>${s.heading}</h3>${s.city.synthetic ? html`<span class="sheet-synthetic">${t('app.synthetic')}</span>` : nothing}<span class="sheet-day">${t('print.asOf', { day: day(s.on ?? s.city.legal_day) })}</span></header>
  <figure class="sheet-map"><img src=${s.url} alt=${t('print.mapAlt', { scale: num(s.scale) })} />${north()}</figure>
  ${legend(s)}
  <footer class="sheet-foot">
    <div class="sheet-scale"><p class="sheet-ratio">${t('print.ratio', { scale: num(s.scale) })}</p>${bar(s.scale)}<p>${t('print.crs')}</p></div>
    <div class="sheet-law"><h4>${t('print.law', { day: day(s.on ?? s.city.legal_day) })}</h4><p>${s.instruments.length ? s.instruments.map((i) => [say(i), i.number].filter(Boolean).join(' ')).join(t('print.semicolon')) : t('print.noLaw')}</p></div>
    <div class="sheet-source"><p>${t('app.legalDay', { day: day(s.city.legal_day) })}${s.city.last_audit ? html` · ${t('app.lastAudit', { at: instant(s.city.last_audit.finished_at) })}` : nothing} · ${t('print.printed', { day: s.printed })}${store.state.me?.account ? html` · ${store.state.me.account}` : nothing}</p>
      ${s.on ? html`<p>${t('print.wells', { day: day(s.city.legal_day) })}</p>` : nothing}
      ${sightWords() ? html`<p>${sightWords()}</p>` : nothing}
      <p class="sheet-link">${s.link}</p></div>
  </footer>
</article>`;

/** What is drawn, and nothing else. @param {Sheet} s */
function legend(s) {
  const layers = legendOf(store.state).filter((l) => isDrawn(l, store.state.me) && store.state.visible[l.id] !== false);
  const wells = layers.some((l) => l.geometry === 'point');
  const flags = FLAGS.filter((f) => !store.state.flags.length || store.state.flags.includes(f));
  const counted = zoomOf(s.scale, store.state.camera?.lat ?? 0) < WELLS_FROM;
  return html`<section class="sheet-legend"><h4>${t('print.legend')}</h4><ul>
    ${wells ? flags.map((f) => html`<li>${mark(f, 14)}<span>${t('print.well', { flag: t(`flag.${f}`) })}</span></li>`) : nothing}
    ${layers.filter((l) => l.geometry === 'polygon').map((l) => html`<li>${swatch(l)}<span>${say(l)}</span></li>`)}
  </ul>${shownRasters(store.state).map((r) => html`<p>${say(r)}</p>${rasterLegend(r)}`)}${wells && counted ? html`<p>${t('flags.counted')}</p>` : nothing}</section>`;
}

/** Millimetres are the drawing's own units. @param {number} scale */
function bar(scale) {
  const { metres, mm, parts } = barOf(scale);
  const step = mm / parts;
  const text = (/** @type {number} */ i) => (i === parts ? metresText(metres) : num((metres / parts) * i / (metres >= 1000 ? 1000 : 1), { maximumFractionDigits: 3 }));
  return html`<svg class="sheet-bar" data-bar-mm=${mm} data-bar-m=${metres} width="${mm + 16}mm" height="8mm" viewBox="-4 0 ${mm + 16} 8" role="img" aria-label=${t('map.scale')}>
    ${Array.from({ length: parts }, (_, i) => svg`<rect x=${i * step} y="4.500" width=${step} height="1.800" fill=${i % 2 ? '#ffffff' : '#1b2733'} />`)}
    <rect class="bar-frame" x="0" y="4.500" width=${mm} height="1.800" fill="none" stroke="#1b2733" stroke-width="0.250" />
    ${[0, 1, 2, parts].map((i) => svg`<text x=${i * step} y="3.500" font-size="2.900" text-anchor="middle">${text(i)}</text>`)}
  </svg>`;
}

/** The map is never turned: north is up. */
const north = () => html`<svg class="sheet-north" viewBox="0 0 20 28" width="9mm" height="12.600mm" role="img" aria-label=${t('print.north')}>
  <path d="M10 9L15 26L10 22.500Z" fill="#1b2733" /><path d="M10 9L5 26L10 22.500Z" fill="#ffffff" stroke="#1b2733" stroke-width="0.800" />
  <text x="10" y="7.500" font-size="8" font-weight="700" text-anchor="middle">N</text>
</svg>`;
