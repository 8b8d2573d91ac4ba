// Zones of a place as rows, and the layers that hold no data there.
import { html, nothing } from 'lit';
import { say, t } from '../i18n.js';
import { store } from '../store.js';
import { swatch } from './icons.js';
import { metres, row } from './parts.js';

/**
 * A zone that a place lies in, or may lie in.
 * @param {{layer:string, name:string, zone_id:number|string, grade?:string|null, inside:boolean|null,
 *   edge_m:number|null, tolerance_m:number|null}} z
 * @param {() => void} [onClick]
 */
export function zoneRow(z, onClick) {
  const layer = store.state.city?.layers.find((l) => l.id === z.layer);
  const edge = z.edge_m ?? 0;
  const unsure = z.edge_m !== null && z.tolerance_m !== null && Math.abs(edge) < z.tolerance_m;
  const side = unsure ? t('edge.nearLine') : t((z.inside ?? edge >= 0) ? 'edge.inside' : 'edge.outside');
  const grade = z.grade ? say(layer?.grades[z.grade]) || z.grade : '';
  return row({
    key: `zone-${z.layer}-${z.zone_id}`,
    mark: layer ? swatch(layer) : nothing,
    name: z.name,
    fact: [layer ? say(layer) : say(z, 'layer'), grade].filter(Boolean).join(' · '),
    distance: html`<span class=${unsure ? 'ink-indeterminate' : 'muted'}>${side}</span>${z.edge_m === null ? nothing : metres(edge)}`,
    onClick,
  });
}

/** Layers that a rule would look at here and that hold no data. @param {{layer:string, zh:string, en:string}[]|undefined} list */
export function notAssessed(list) {
  if (!list?.length) return nothing;
  const layers = store.state.city?.layers ?? [];
  return html`<section class="not-assessed">
    <h3>${t('well.notAssessed')}</h3>
    <p class="muted small">${t('well.notAssessedWhy')}</p>
    <ul class="rows">${list.map((l) => html`<li>${row({
      key: `na-${l.layer}`,
      mark: swatch({ ...(layers.find((x) => x.id === l.layer) ?? { style: { color: '#5B6B7B', pattern: 'hatch', opacity: 0 } }), has_data: false }),
      name: say(l),
    })}</li>`)}</ul>
  </section>`;
}
