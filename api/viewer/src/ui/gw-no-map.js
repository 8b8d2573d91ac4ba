// Without WebGL2 the page is still a register: the same wells, findings and cards, as a list.
import { html, nothing } from 'lit';
import { openWell, problemOf } from '../actions.js';
import { api } from '../api.js';
import { FLAGS } from '../flags.js';
import { num, t } from '../i18n.js';
import { showsWells } from '../sight.js';
import { extentOf, store } from '../store.js';
import { View } from './base.js';
import { icon, mark } from './icons.js';
import { bearingAndDistance, empty, failure, ofToday, row, skeleton } from './parts.js';
import { sightState } from './sight-note.js';

const MOST = 200;
const REACH_M = 50000;

export class GwNoMap extends View {
  static properties = { wells: { state: true }, problem: { state: true } };

  constructor() {
    super();
    /** @type {import('../api.js').NearWell[]|null} */
    this.wells = null;
    /** @type {import('../store.js').Problem|null} */
    this.problem = null;
    this.asked = '';
  }

  async load() {
    const { city, flags } = store.state;
    const bounds = extentOf(city?.layers ?? []);
    if (!bounds || !showsWells(store.state.me)) {
      this.wells = [];
      return;
    }
    this.problem = null;
    const [w, s, e, n] = bounds;
    const base = { lon: (w + e) / 2, lat: (s + n) / 2, within_m: REACH_M, limit: MOST };
    const wanted = flags.length ? flags : FLAGS.slice(0, 3);
    try {
      const lists = await Promise.all(wanted.map((finding) => api.near({ ...base, finding })));
      if (this.asked !== flags.join()) return;
      this.wells = lists
        .flatMap((l) => l.wells)
        .sort((a, b) => a.distance_m - b.distance_m)
        .slice(0, MOST);
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  willUpdate() {
    const { city, flags } = store.state;
    if (!city || (this.wells && this.asked === flags.join())) return;
    if (this.asked === flags.join() && this.loading) return;
    this.asked = flags.join();
    this.loading = true;
    void this.load().finally(() => (this.loading = false));
  }

  loading = false;

  render() {
    return html`<section class="no-map" aria-labelledby="no-map-title">
      <div class="no-map-why">
        ${icon('alert')}
        <div>
          <h2 id="no-map-title">${t('nogl.title')}</h2>
          <p>${t('nogl.why')}</p>
          <p class="muted">${t('nogl.way')}</p>
        </div>
      </div>
      <h3>${t('nogl.list')}</h3>
      <p class="muted small">${t('nogl.listWhat', { n: num(MOST) })}</p>
      ${ofToday()}
      ${sightState() ?? (this.problem
        ? failure(t('near.failed'), this.problem, () => void this.load())
        : !this.wells
          ? skeleton(8, t('app.loading'))
          : !this.wells.length
            ? empty(t('nogl.empty'))
            : html`<ol class="rows">${this.wells.map(
                (w) => html`<li>${row({
                  key: `list-${w.code}`,
                  mark: mark(w.flag),
                  name: w.name || w.code,
                  fact: html`<span class="ink-${w.flag}">${t(`flag.${w.flag}`)}</span>${w.name ? ` · ${w.code}` : nothing}`,
                  distance: bearingAndDistance(w.distance_m, w.bearing_deg),
                  onClick: () => void openWell(w.code),
                })}</li>`,
              )}</ol>`)}
    </section>`;
  }
}
customElements.define('gw-no-map', GwNoMap);
