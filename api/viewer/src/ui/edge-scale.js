// A well and a boundary, to scale: the line, the point, and the disc the point may lie in.
import { html, svg } from 'lit';
import { t } from '../i18n.js';
import { patternDefs } from './icons.js';
import { metres, metresText } from './parts.js';

const W = 312;
const H = 68;
const MID = W / 2;
const AXIS = 34;

/**
 * @param {{edge_m:number, tolerance_m:number|null, zone:string, style?:{color:string, pattern:string}, color:string}} what
 */
export function edgeScale({ edge_m, tolerance_m, zone, style, color }) {
  const tolerance = tolerance_m ?? 0;
  const span = Math.max(Math.abs(edge_m) + tolerance, 1) * 1.12;
  const x = MID + (edge_m / span) * MID;
  const r = Math.max(0, (tolerance / span) * MID);
  const certain = Math.abs(edge_m) >= tolerance;
  const zoneColor = style?.color ?? '#5B6B7B';
  const { defs, fill } = patternDefs(style?.pattern ?? 'hatch', zoneColor);
  const side = t(edge_m >= 0 ? 'edge.inside' : 'edge.outside');
  const alt = t('edge.alt', { side, d: metresText(edge_m), tol: metresText(tolerance) });
  return html`<figure class="edge">
    <figcaption>
      <span>${t(edge_m >= 0 ? 'edge.in' : 'edge.out', { zone })}</span>
      <strong>${metres(edge_m)}</strong>
      <span class="muted">${t('edge.tolerance', { d: metresText(tolerance) })}</span>
    </figcaption>
    <svg viewBox="0 0 ${W} ${H}" width="100%" role="img" aria-label=${alt}>
      ${defs}
      <rect x="0" y="0" width=${W} height=${AXIS * 2} fill="#F4F6F8" />
      <rect x=${MID} y="0" width=${MID} height=${AXIS * 2} fill=${zoneColor} fill-opacity="0.08" />
      <rect x=${MID} y="0" width=${MID} height=${AXIS * 2} fill=${fill} fill-opacity="0.35" />
      <line x1=${MID} y1="0" x2=${MID} y2=${AXIS * 2} stroke=${zoneColor} stroke-width="2" />
      <g clip-path="inset(0)">
        ${r > 3 ? svg`<circle cx=${x} cy=${AXIS} r=${r} fill=${color} fill-opacity="0.14" stroke=${color} stroke-width="1.250" stroke-dasharray=${certain ? 'none' : '3 2.500'} />` : ''}
        <line x1=${MID} y1=${AXIS} x2=${x} y2=${AXIS} stroke=${color} stroke-width="1.500" />
      </g>
      <circle cx=${x} cy=${AXIS} r="5" fill=${color} stroke="#ffffff" stroke-width="1.750" />
      <text x=${MID} y=${AXIS * 2 - 6} class="edge-word" text-anchor="middle" paint-order="stroke" stroke="#ffffff" stroke-width="3">${t('edge.boundary')}</text>
      <text x="6" y="14" class="edge-word">${t('edge.outside')}</text>
      <text x=${W - 6} y="14" class="edge-word" text-anchor="end">${t('edge.inside')}</text>
    </svg>
    <p class=${certain ? 'edge-note' : 'edge-note edge-unsure'}>${t(certain ? 'edge.certain' : 'edge.uncertain')}</p>
  </figure>`;
}
