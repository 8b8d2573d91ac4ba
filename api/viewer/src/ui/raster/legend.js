// The legend of a raster: a ramp with its numbers and unit, or classes.
import { html, svg } from 'lit';
import { num, say, t } from '../../i18n.js';

/** @typedef {import('../../rasters.js').RasterInfo} RasterInfo */

let drawn = 0; // a gradient is found by its id: the list and a sheet have one each

/** @param {RasterInfo} raster */
export function legend(raster) {
  const { legend: told } = raster;
  return html`<div class="raster-legend">${told.kind === 'classes' ? classes(told) : ramp(raster)}<p class="muted small">${say(told.no_data)}</p></div>`;
}

/** @param {import('../../rasters.js').Legend} told */
const classes = (told) => html`<ul class="raster-classes">
  ${told.classes?.map((c) => html`<li><svg width="18" height="14" aria-hidden="true"><rect x="0.5" y="0.5" width="17" height="13" fill=${c.color} stroke="#75838f" /></svg>${say(c)}</li>`)}
</ul>`;

/** @param {RasterInfo} raster */
function ramp(raster) {
  const stops = raster.legend.stops ?? [];
  const [low, high] = [stops[0].value, stops[stops.length - 1].value];
  const unit = raster.legend.unit ? say(raster.legend.unit) : '';
  const id = `ramp-${raster.id}-${(drawn += 1)}`;
  const words = `${num(low)} – ${num(high)} ${unit}`.trim();
  return html`<svg class="raster-ramp" viewBox="0 0 300 12" preserveAspectRatio="none" width="100%" height="12" role="img" aria-label=${t('raster.rampOf', { layer: say(raster), span: words })}>
      <defs><linearGradient id=${id}>${stops.map((s) => svg`<stop offset=${(s.value - low) / (high - low)} stop-color=${s.color} />`)}</linearGradient></defs>
      <rect width="300" height="12" fill=${`url(#${id})`} />
    </svg>
    <p class="raster-numbers number" aria-hidden="true">${stops.map((s) => html`<span>${num(s.value)}</span>`)}</p>
    ${unit ? html`<p class="muted small">${t('raster.unit', { unit })}</p>` : ''}`;
}
