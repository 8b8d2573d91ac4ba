// 导航: the ways to a well, in the reader's own navigation app.
import { html } from 'lit';
import { t } from '../i18n.js';
import { waysTo } from '../navigation.js';
import { View } from './base.js';
import { icon } from './icons.js';

const WORDS = /** @type {const} */ ({ amap: 'navigate.amap', tencent: 'navigate.tencent', baidu: 'navigate.baidu', geo: 'navigate.geo' });

export class GwNavigate extends View {
  static properties = { at: { attribute: false }, code: {} };

  constructor() {
    super();
    /** @type {[number, number]} */
    this.at = [0, 0];
    this.code = '';
  }

  render() {
    return html`<details class="navigate">
      <summary data-key="navigate">${icon('navigate')}<span>${t('navigate.button')}</span>${icon('chevron')}</summary>
      <ul class="rows">
        ${waysTo(this.at, this.code).map(
          (way) => html`<li><a class="row" data-way=${way.key} href=${way.href} target=${way.key === 'geo' ? '_self' : '_blank'} rel="noopener noreferrer">
            <span class="row-text"><span class="row-name">${t(WORDS[way.key])}</span><span class="row-fact">${t(way.shifted ? 'navigate.shifted' : 'navigate.asIs')}</span></span></a></li>`,
        )}
      </ul>
      <p class="muted small">${t('navigate.note')}</p>
    </details>`;
  }
}
customElements.define('gw-navigate', GwNavigate);
