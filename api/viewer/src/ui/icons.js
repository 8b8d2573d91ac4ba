// Icons, marks and swatches as inline SVG. Presentation attributes only: the CSP forbids style="…".
import { html, svg } from 'lit';
import { FLAG_COLOR } from '../flags.js';
import { MARKS, outlineOf, PATTERNS } from '../map/symbols.js';

const SHAPES = {
  search: 'M11 4.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.700 15.700L20 20',
  near: 'M12 3.500a6 6 0 0 0-6 6c0 4 6 11 6 11s6-7 6-11a6 6 0 0 0-6-6M12 7.500a2 2 0 1 0 0 4a2 2 0 1 0 0-4',
  drill: 'M12 3V11M8.500 6.500H15.500M12 11L9.500 14H14.500L12 11M9.500 17H14.500M10.500 20H13.500',
  print: 'M7 9V4H17V9M7 17H4.500V9H19.500V17H17M7 14H17V20H7Z',
  locate: 'M12 5.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M12 2.500V6M12 18V21.500M2.500 12H6M18 12H21.500M12 10.500a1.500 1.500 0 1 0 0 3a1.500 1.500 0 1 0 0-3',
  globe: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M4 12H20M12 4c-5 4-5 12 0 16M12 4c5 4 5 12 0 16',
  plus: 'M12 5V19M5 12H19',
  minus: 'M5 12H19',
  extent: 'M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15',
  back: 'M19 12H5.500M11 6L5 12L11 18',
  close: 'M6 6L18 18M18 6L6 18',
  copy: 'M9 9H19.500V19.500H9ZM5.500 15H4.500V4.500H15V5.500',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  chevron: 'M6 9L12 15L18 9',
  pick: 'M12 3V8M12 16V21M3 12H8M16 12H21',
  alert: 'M12 4L21 19.500H3ZM12 10V14.500M12 16.800V17.200',
  ruler: 'M3.500 15.500L15.500 3.500L20.500 8.500L8.500 20.500ZM7 12L9.500 14.500M10 9L12.500 11.500M13 6L15.500 8.500',
  clock: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8V12L15 14',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4.500 20.500c.6-4 3.700-6 7.500-6s6.900 2 7.500 6',
  lock: 'M6 11H18V20H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0V11',
  leave: 'M10 4.500H5V19.500H10M14.500 8L19 12L14.500 16M19 12H9.500',
  people: 'M9 5a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0-7M2.500 19.500c.5-3.400 3-5 6.500-5s6 1.600 6.500 5M15.500 5.300a3.300 3.300 0 0 1 0 6.400M17.500 14.800c2.200.5 3.600 2.100 4 4.700',
  draw: 'M5 19L6 15L15.500 5.500L18.500 8.500L9 18L5 19M13.500 7.500L16.500 10.500',
  edit: 'M6 6L18 9L15 18L5 15ZM6 4.500a1.500 1.500 0 1 0 0 3a1.500 1.500 0 1 0 0-3M18 7.500a1.500 1.500 0 1 0 0 3a1.500 1.500 0 1 0 0-3',
  hole: 'M4 5H20V19H4ZM9 9.500H15V14.500H9Z',
  split: 'M4 5H20V19H4ZM14.500 2.500L9.500 21.500',
  merge: 'M4 6H11V18H4M20 6H13V18H20M8 12H16M14 10L16 12L14 14',
  clip: 'M4 4H14V14H4ZM10 10H20V20H10ZM10 14L14 10',
  strip: 'M4 17C9 17 9 7 14 7H20M4 21C12 21 12 11 20 11M4 13C6 13 6 3 14 3H20',
  simplify: 'M3.500 14L7 8L9.500 12.500L13 6L15.500 10L20.500 5M3.500 19.500L12 14.500L20.500 17',
  undo: 'M9 6L4.500 10.500L9 15M5 10.500H14a5 4.500 0 0 1 0 9H11',
  redo: 'M15 6L19.500 10.500L15 15M19 10.500H10a5 4.500 0 0 0 0 9H13',
  drafts: 'M6 3.500H14L18 7.500V20.500H6ZM9 11H15M9 14.500H15M9 17.500H12.500',
  versions: 'M12 7V12L15.500 14M4.500 12a7.500 7.500 0 1 0 2.500-5.600M4.500 4.500V8H8',
  bring: 'M12 3.500V14M8 10.500L12 14.500L16 10.500M4.500 15V20H19.500V15',
  navigate: 'M20 4L4 11L11 13L13 20Z',
  blank: 'M4 5.500H20V18.500H4ZM4 15L9 11L13 14L16 12L20 15',
};

/** @param {keyof typeof SHAPES} name */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d=${SHAPES[name]} /></svg>`;

/** A finding's mark, the same as on the map. @param {import('../store.js').Flag|null|undefined} flag */
export function mark(flag, size = 20) {
  const parts = MARKS[flag ?? 'unassessed'] ?? MARKS.unassessed;
  const ink = FLAG_COLOR[flag ?? 'unassessed'];
  const paint = (/** @type {string|undefined} */ p) => (p === 'ink' ? ink : p === 'paper' ? '#ffffff' : 'none');
  return html`<svg class="mark" viewBox="2 2 20 20" width=${size} height=${size} aria-hidden="true">
    ${parts.map((p) => svg`<path d=${p.d} fill=${paint(p.fill)} stroke=${paint(p.stroke)} stroke-width=${p.width ?? 0} />`)}
  </svg>`;
}

let serial = 0;
/** @type {Map<string, string>} */
const patternIds = new Map();

/** Pattern definition and its reference. @param {string} pattern @param {string} color */
export function patternDefs(pattern, color) {
  const tile = PATTERNS[pattern];
  if (!tile) return { defs: svg``, fill: 'none' };
  const key = `${pattern}${color}`;
  const base = patternIds.get(key) ?? `p${(serial += 1)}`;
  patternIds.set(key, base);
  const id = `${base}-${(serial += 1)}`;
  return {
    fill: `url(#${id})`,
    defs: svg`<defs><pattern id=${id} width=${tile.size} height=${tile.size} patternUnits="userSpaceOnUse">
      ${(tile.strokes ?? []).map((s) => svg`<path d=${s.d} stroke=${color} stroke-width=${s.width} fill="none" />`)}
      ${(tile.dots ?? []).map((d) => svg`<path d=${d.d} fill=${color} />`)}
    </pattern></defs>`,
  };
}

/** A zone layer's fill, pattern and edge. @param {{style:{color:string, pattern:string, opacity:number}, has_data?:boolean}} layer */
export function swatch(layer) {
  if (layer.has_data === false) {
    const { defs, fill } = patternDefs('missing', '#A9B4BF');
    return html`<svg class="swatch" viewBox="0 0 28 20" width="28" height="20" aria-hidden="true">${defs}
      <rect x="0.500" y="0.500" width="27" height="19" rx="2" fill=${fill} stroke="#A9B4BF" /></svg>`;
  }
  const { color, pattern, opacity } = layer.style;
  const { defs, fill } = patternDefs(pattern, color);
  const edge = outlineOf(pattern);
  return html`<svg class="swatch" viewBox="0 0 28 20" width="28" height="20" aria-hidden="true">${defs}
    <rect x="1" y="1" width="26" height="18" rx="2" fill=${color} fill-opacity=${Math.min(0.3, opacity * 0.8)} />
    <rect x="1" y="1" width="26" height="18" rx="2" fill=${fill} fill-opacity="0.7" />
    ${edge.band === 'wide' ? svg`<rect x="4" y="4" width="20" height="12" rx="1" fill="none" stroke=${color} stroke-opacity="0.18" stroke-width="4" />` : ''}
    <rect x="1.250" y="1.250" width="25.500" height="17.500" rx="2" fill="none" stroke=${color} stroke-width=${edge.width} stroke-dasharray=${edge.dash ? '4 2.500' : 'none'} />
  </svg>`;
}

/** An arrow that points along a bearing. @param {number} degrees */
export const arrow = (degrees) =>
  html`<svg class="arrow" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><g transform="rotate(${degrees} 10 10)"><path d="M10 2.500L15 16.500L10 13.200L5 16.500Z" fill="currentColor" /></g></svg>`;
