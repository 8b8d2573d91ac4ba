// The marks of findings and the patterns of zones, drawn once as paths and used twice:
// by the map (canvas images) and by the legend (SVG), so that the two cannot disagree.
import { FLAG_COLOR } from '../flags.js';

/** @typedef {import('../store.js').Flag} Flag */

/** @param {number} r */
const disc = (r, cx = 12, cy = 12) => `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/**
 * Paths on a 24 × 24 field. `ink` is the finding's colour, `paper` white: a white edge keeps
 * a mark readable on any zone.
 * @type {Record<Flag, {d:string, fill?:'ink'|'paper', stroke?:'ink'|'paper', width?:number, dash?:number[]}[]>}
 */
export const MARKS = {
  close: [
    { d: disc(9.5), fill: 'paper' },
    { d: disc(8), fill: 'ink' },
  ],
  indeterminate: [
    { d: disc(9.5), fill: 'paper' },
    { d: disc(7.1), stroke: 'ink', width: 2 },
    { d: disc(2.8), fill: 'ink' },
  ],
  restricted: [
    { d: disc(9), fill: 'paper' },
    { d: disc(6.8), stroke: 'ink', width: 1.6 },
    { d: 'M12 5.2a6.8 6.8 0 0 0 0 13.600Z', fill: 'ink' },
  ],
  duty: [
    { d: 'M4.500 4.500H19.500V19.500H4.500Z', fill: 'paper' },
    { d: 'M6 6H18V18H6Z', fill: 'ink' },
    { d: 'M8 12H16', stroke: 'paper', width: 2 },
  ],
  exempt: [
    { d: disc(8), fill: 'paper' },
    { d: disc(5.8), stroke: 'ink', width: 1.9 },
  ],
  clear: [
    { d: disc(5.2), fill: 'paper' },
    { d: disc(4), fill: 'ink' },
  ],
  unassessed: [
    { d: 'M12 4.500L19.500 12L12 19.500L4.500 12Z', fill: 'paper' },
    { d: 'M12 6.800L17.200 12L12 17.200L6.800 12Z', stroke: 'ink', width: 1.700 },
  ],
};

/**
 * A pattern on a square tile that repeats seamlessly. Widths in CSS pixels.
 * @typedef {{size:number, strokes?:{d:string, width:number}[], dots?:{d:string}[]}} PatternTile
 * @type {Record<string, PatternTile>}
 */
export const PATTERNS = {
  hatch: { size: 8, strokes: [{ d: 'M-2 2L2 -2M0 8L8 0M6 10L10 6', width: 1.1 }] },
  wide_hatch: { size: 16, strokes: [{ d: 'M-4 4L4 -4M0 16L16 0M12 20L20 12', width: 1.6 }] },
  cross_hatch: {
    size: 12,
    strokes: [{ d: 'M-3 3L3 -3M0 12L12 0M9 15L15 9M-3 9L3 15M0 0L12 12M9 -3L15 3', width: 0.9 }],
  },
  dots: { size: 10, dots: [{ d: disc(1.2, 2.5, 2.5) }, { d: disc(1.2, 7.5, 7.5) }] },
  cross_dots: {
    size: 14,
    strokes: [{ d: 'M1.500 3.500H5.500M3.500 1.500V5.500', width: 1.1 }],
    dots: [{ d: disc(1.3, 10.5, 10.5) }],
  },
  wave: { size: 16, strokes: [{ d: 'M-4 6Q0 2 4 6T12 6T20 6M-4 14Q0 10 4 14T12 14T20 14', width: 1.1 }] },
  // no data: a grey that belongs to no layer
  missing: { size: 6, strokes: [{ d: 'M-1.500 1.500L1.500 -1.500M0 6L6 0M4.500 7.500L7.500 4.500', width: 0.8 }] },
};

/**
 * How a zone's edge is drawn. `band` is a pale stripe along the inside, as topographic maps draw
 * domains: it says which side is inside. @param {string} pattern
 * @returns {{width:number, dash?:number[], band?:'wide'|'narrow'}}
 */
export function outlineOf(pattern) {
  if (pattern === 'thick') return { width: 2.4, band: 'wide' };
  if (pattern === 'dashed') return { width: 1.6, dash: [4, 2.5], band: 'narrow' };
  if (pattern === 'hairline') return { width: 0.8 };
  if (pattern === 'solid') return { width: 1.4, band: 'narrow' };
  return { width: 1.2, band: 'narrow' };
}

/** @param {number} width @param {number} height */
function canvas(width, height) {
  const element = document.createElement('canvas');
  element.width = width;
  element.height = height;
  const context = element.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  return context;
}

/** A finding's mark as pixels for the map. @param {Flag} flag @param {number} ratio */
export function markImage(flag, ratio) {
  const side = 24 * ratio;
  const c = canvas(side, side);
  c.scale(ratio, ratio);
  const colour = { ink: FLAG_COLOR[flag], paper: '#ffffff' };
  for (const part of MARKS[flag]) {
    const path = new Path2D(part.d);
    if (part.fill) {
      c.fillStyle = colour[part.fill];
      c.fill(path);
    }
    if (part.stroke) {
      c.strokeStyle = colour[part.stroke];
      c.lineWidth = part.width ?? 1;
      c.stroke(path);
    }
  }
  return c.getImageData(0, 0, side, side);
}

/** A zone's fill pattern as pixels for the map; null when the pattern lives in the outline. @param {string} pattern @param {string} color @param {number} ratio */
export function patternImage(pattern, color, ratio) {
  const tile = PATTERNS[pattern];
  if (!tile) return null;
  const side = tile.size * ratio;
  const c = canvas(side, side);
  c.scale(ratio, ratio);
  c.strokeStyle = color;
  c.fillStyle = color;
  for (const stroke of tile.strokes ?? []) {
    c.lineWidth = stroke.width;
    c.stroke(new Path2D(stroke.d));
  }
  for (const dot of tile.dots ?? []) c.fill(new Path2D(dot.d));
  return c.getImageData(0, 0, side, side);
}
