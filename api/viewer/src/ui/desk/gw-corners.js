// 拐点坐标表: the corners as a table, in step with the map; the way to draw without a mouse.
import { html, nothing } from 'lit';
import { theCamera } from '../../actions.js';
import { set, work } from '../../edit/acts.js';
import { subjectArea } from '../../edit/desk.js';
import { between } from '../../edit/measure.js';
import { boxOf, corners } from '../../edit/rings.js';
import { deleteSpot, fromTable, moveSpot } from '../../edit/reshape.js';
import { cellsOf, cornerOf, meridianOf, parseTable, zoneOf } from '../../edit/vertices.js';
import { num, t } from '../../i18n.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { icon } from '../icons.js';

/**
 * @typedef {import('../../edit/desk.js').Desk} Desk
 * @typedef {import('../../edit/rings.js').LngLat} LngLat
 * @typedef {import('../../edit/vertices.js').System} System
 */

/** Rows drawn at once: a sheet of thousands is read, not edited by hand. */
const PAGE = 200;
/** @type {System[]} */
const SYSTEMS = ['dec', 'dms', 'gk3', 'gk6'];

export class GwCorners extends View {
  static properties = { system: { state: true }, numbered: { state: true }, bad: { state: true }, told: { state: true }, ring: { state: true } };

  constructor() {
    super();
    /** @type {System} */
    this.system = 'dms';
    this.numbered = true;
    /** @type {{index:number, cell:number, text:string}|null} */
    this.bad = null;
    this.told = '';
    this.ring = '0/0';
  }

  /** @param {import('../../store.js').State} now @param {import('../../store.js').State} before */
  concerns(now, before) {
    return now.desk !== before.desk || now.lang !== before.lang;
  }

  /** The rings of the zone in hand; while nothing is drawn, the pen's. @param {Desk} d */
  rings(d) {
    const area = subjectArea(d);
    return area.flatMap((polygon, p) => polygon.map((ring, r) => ({ key: `${p}/${r}`, polygon: p, ring: r, points: corners(ring) })));
  }

  render() {
    const { desk: d } = store.state;
    if (!d) return nothing;
    const rings = this.rings(d);
    const shown = rings.find((r) => r.key === this.ring) ?? rings[0];
    const count = rings.reduce((n, r) => n + r.points.length, 0);
    return html`<details class="ask-more corners">
      <summary>${t('corners.title')}<span class="muted small">${t('corners.count', { n: count })}</span>${icon('chevron')}</summary>
      <div class="corners-how">
        <label class="small">${t('corners.system')}
          <select id="corners-system" @change=${(/** @type {Event} */ e) => (this.system = /** @type {System} */ (/** @type {HTMLSelectElement} */ (e.target).value))}>
            ${SYSTEMS.map((s) => html`<option value=${s} ?selected=${s === this.system}>${t(`corners.${s}`)}</option>`)}
          </select></label>
        ${this.system.startsWith('gk') ? html`<label class="check small"><input type="checkbox" .checked=${this.numbered} @change=${() => (this.numbered = !this.numbered)} />${t('corners.prefix')}</label>` : nothing}
      </div>
      ${rings.length > 1
        ? html`<label class="small">${t('corners.ring')} <select id="corners-ring" @change=${(/** @type {Event} */ e) => (this.ring = /** @type {HTMLSelectElement} */ (e.target).value)}>
            ${rings.map((r, i) => html`<option value=${r.key} ?selected=${r === shown}>${r.ring ? t('corners.hole', { n: i + 1 }) : t('corners.border', { n: i + 1 })} · ${r.points.length}</option>`)}
          </select></label>`
        : nothing}
      ${shown ? this.table(d, shown) : html`<p class="small muted">${t('corners.empty')}</p>`}
      ${this.paste(d)}
    </details>`;
  }

  /** @param {LngLat[]} points */
  notation(points) {
    const lng = points[0]?.[0] ?? store.state.camera?.lng ?? 114;
    const meridian = this.system === 'gk6' ? meridianOf(lng, 'gk6') : meridianOf(lng, 'gk3');
    return { system: this.system, prefix: this.numbered, meridian };
  }

  /** @param {Desk} d @param {{polygon:number, ring:number, points:LngLat[]}} shown */
  table(d, shown) {
    const how = this.notation(shown.points);
    const planar = this.system.startsWith('gk');
    const heads = planar ? ['X', 'Y'] : [t('corners.lng'), t('corners.lat')];
    return html`${planar ? html`<p class="small muted">${t('corners.zone', { meridian: how.meridian, zone: zoneOf(how.meridian, this.system === 'gk6' ? 'gk6' : 'gk3') })}</p>` : nothing}
      <div class="corners-scroll" tabindex="0" role="region" aria-label=${t('corners.title')}>
      <table class="desk-table corners-table">
        <thead><tr><th scope="col">${t('corners.no')}</th><th scope="col">${heads[0]}</th><th scope="col">${heads[1]}</th><th scope="col">${t('corners.side')}</th><th><span class="offscreen">${t('corners.delete')}</span></th></tr></thead>
        <tbody>${shown.points.slice(0, PAGE).map((at, index) => this.row(d, shown, at, index, cellsOf(at, how)))}</tbody>
      </table></div>
      ${shown.points.length > PAGE ? html`<p class="small muted">${t('corners.more', { n: shown.points.length - PAGE })}</p>` : nothing}`;
  }

  /** @param {Desk} d @param {{polygon:number, ring:number, points:LngLat[]}} shown @param {LngLat} at @param {number} index @param {[string, string]} cells */
  row(d, shown, at, index, cells) {
    const spot = { key: d.subject, polygon: shown.polygon, ring: shown.ring, index };
    const chosen = d.spot && d.spot.polygon === spot.polygon && d.spot.ring === spot.ring && d.spot.index === index;
    const box = (/** @type {0|1} */ cell) => {
      const wrong = this.bad?.index === index && this.bad.cell === cell;
      const take = (/** @type {Event} */ e) => this.take(spot, cells, cell, /** @type {HTMLInputElement} */ (e.target).value);
      return html`<td><input class="number" data-key="corner-${index}-${cell}" aria-label=${t(cell ? 'corners.cell2' : 'corners.cell1', { n: index + 1 })} aria-invalid=${wrong ? 'true' : 'false'} autocomplete="off"
        .value=${wrong ? (this.bad?.text ?? '') : cells[cell]} @focus=${() => d.spot?.index !== index && set((now) => ({ ...now, spot }))} @change=${take} /></td>`;
    };
    return html`<tr class=${chosen ? 'chosen' : ''}><th scope="row">${index + 1}</th>${box(0)}${box(1)}
      <td class="number">${num(between(at, shown.points[(index + 1) % shown.points.length]), { maximumFractionDigits: 1 })}</td>
      <td><button type="button" class="icon-button" aria-label=${t('corners.deleteOne', { n: index + 1 })} @click=${() => work((now) => deleteSpot(now, spot))}>${icon('close')}</button></td></tr>`;
  }

  /** @param {import('../../edit/rings.js').Spot} spot @param {[string, string]} cells @param {0|1} cell @param {string} text */
  take(spot, cells, cell, text) {
    const { meridian } = this.notation([]);
    const next = cell ? cornerOf(cells[0], text, meridian) : cornerOf(text, cells[1], meridian);
    this.bad = next ? null : { index: spot.index, cell, text };
    if (!next) return void (this.told = t('corners.bad', { n: spot.index + 1 }));
    this.told = '';
    set((now) => moveSpot(now, spot, next));
  }

  /** @param {Desk} d */
  paste(d) {
    return html`<div class="corners-paste">
      <label for="corners-text" class="small">${t('corners.paste')}</label>
      <textarea id="corners-text" rows="4" spellcheck="false" placeholder=${t('corners.example')}></textarea>
      <button type="button" class="button" data-key="corners-take" @click=${() => this.read(d)}>${t('corners.take')}</button>
      <p class="small ${this.bad || this.told ? 'field-error' : ''}" role="status">${this.told}</p>
    </div>`;
  }

  /** @param {Desk} d */
  read(d) {
    const field = /** @type {HTMLTextAreaElement} */ (this.querySelector('#corners-text'));
    const { meridian } = this.notation(subjectArea(d)[0]?.[0] ?? []);
    const pasted = parseTable(field.value, meridian);
    const points = pasted.rings[0]?.length ?? 0;
    if (pasted.unread.length) this.told = t('corners.unread', { lines: pasted.unread.map((u) => u.line).join('、') });
    else if (points < 3) this.told = t('corners.few', { n: points });
    else {
      this.told = '';
      field.value = '';
      if (pasted.system && pasted.system !== this.system) this.system = pasted.system;
      set((now) => fromTable(now, pasted.rings));
      theCamera()?.fit(boxOf([pasted.rings]));
    }
  }
}
customElements.define('gw-corners', GwCorners);
