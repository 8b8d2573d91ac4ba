// 拐点坐标表: corners as offices write and paste them. Decimal degrees, degrees-minutes-seconds,
// CGCS2000 Gauss–Krüger in 3- and 6-degree zones, with the zone number before the easting or without.
import { fromPlane, toPlane } from '../coords.js';
import { corners, same, settled } from './rings.js';

/**
 * @typedef {import('./rings.js').LngLat} LngLat
 * @typedef {'dec'|'dms'|'gk3'|'gk6'} System
 * @typedef {{system:System, prefix:boolean, meridian:number}} Notation  meridian: of the zone, for plain eastings
 * @typedef {{line:number, text:string}} Unread
 * @typedef {{rings:LngLat[][], system:System|null, prefix:boolean, meridian:number|null, unread:Unread[]}} Pasted
 */

const FALSE_EASTING = 500000;
/** 3-degree zones of China are 25…45, 6-degree zones 13…23: the number tells which. */
const FIRST_3_DEGREE = 24;

/** @param {number} lng @param {'gk3'|'gk6'} system */
export const meridianOf = (lng, system) => (system === 'gk3' ? Math.round(lng / 3) * 3 : Math.floor(lng / 6) * 6 + 3);

/** The number of the zone round a meridian. @param {number} meridian @param {'gk3'|'gk6'} system */
export const zoneOf = (meridian, system) => (system === 'gk3' ? Math.round(meridian / 3) : Math.round((meridian + 3) / 6));

/** @param {number} zone */
const meridianOfZone = (zone) => (zone >= FIRST_3_DEGREE ? zone * 3 : zone * 6 - 3);

/** The two cells of a corner: longitude and latitude, or X (north) and Y (east). @param {LngLat} at @param {Notation} how @returns {[string, string]} */
export function cellsOf(at, { system, prefix, meridian }) {
  if (system === 'dec') return [at[0].toFixed(8), at[1].toFixed(8)];
  if (system === 'dms') return [dmsText(at[0]), dmsText(at[1])];
  const [east, north] = toPlane(at, meridian);
  const zone = prefix ? zoneOf(meridian, system) * 1e6 : 0;
  return [north.toFixed(3), (zone + FALSE_EASTING + east).toFixed(3)];
}

/** 113°34′12.0000″ (3 mm) @param {number} degrees */
function dmsText(degrees) {
  const units = Math.round(Math.abs(degrees) * 36000000);
  const seconds = (units % 600000) / 10000;
  const minutes = Math.floor(units / 600000) % 60;
  return `${degrees < 0 ? '-' : ''}${Math.floor(units / 36000000)}°${String(minutes).padStart(2, '0')}′${seconds.toFixed(4).padStart(7, '0')}″`;
}

/** The corner two cells name, in whatever notation they are; null where they name none. @param {string} first @param {string} second @param {number|null} meridian @returns {LngLat|null} */
export function cornerOf(first, second, meridian) {
  const [a, b] = [valueOf(first), valueOf(second)];
  return a && b ? (placeOf(a, b, meridian)?.at ?? null) : null;
}

/** @typedef {{n:number, axis:'lng'|'lat'|null, dms:boolean}} Value */

const DMS = /^([东西南北经纬NSEW]*)\s*(-?\d{1,3})\s*[°度º\s]\s*(\d{1,2}(?:\.\d+)?)\s*(?:[′'’分\s]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:[″"”秒]|''|′′)?\s*)?)?([东西南北NSEW]?)$/iu;
const NUMBER = /^([东西南北经纬NSEWXY]*)\s*[=:]?\s*(-?\d+(?:\.\d+)?)\s*[°度m米]?\s*([东西南北NSEW]?)$/iu;

/** @param {string} cell @returns {Value|null} */
function valueOf(cell) {
  const text = cell.normalize('NFKC').trim();
  const plain = NUMBER.exec(text);
  if (plain) return { n: Number(plain[2]) * sign(plain[1] + plain[3]), axis: axisOf(plain[1] + plain[3]), dms: false };
  const found = DMS.exec(text);
  if (!found) return null;
  const [, before, d, m, s = '0', after] = found;
  if (Number(m) >= 60 || Number(s) >= 60) return null;
  const n = (Math.abs(Number(d)) + Number(m) / 60 + Number(s) / 3600) * (d.startsWith('-') ? -1 : 1);
  return { n: n * sign(before + after), axis: axisOf(before + after), dms: true };
}

/** @param {string} letters */
const sign = (letters) => (/[西南WS]/i.test(letters) ? -1 : 1);

/** @param {string} letters @returns {'lng'|'lat'|null} */
const axisOf = (letters) => (/[东西经EW]/i.test(letters) ? 'lng' : /[南北纬NS]/i.test(letters) ? 'lat' : null);

/** @param {Value} a @param {Value} b @param {number|null} meridian @returns {{at:LngLat, system:System, prefix:boolean, meridian:number|null}|null} */
function placeOf(a, b, meridian) {
  if (Math.abs(a.n) <= 180 && Math.abs(b.n) <= 180) {
    if (a.axis && a.axis === b.axis) return null;
    // longitude first, unless letters say otherwise or only the second can be one (in China it is the larger)
    const turned = a.axis === 'lat' || b.axis === 'lng' || (!a.axis && !b.axis && (Math.abs(b.n) > 90 || (a.n < 60 && b.n > 70)));
    const at = settled(turned ? [b.n, a.n] : [a.n, b.n]);
    return Math.abs(at[1]) <= 90 ? { at, system: a.dms || b.dms ? 'dms' : 'dec', prefix: false, meridian: null } : null;
  }
  const north = [a.n, b.n].find((n) => n >= 1e6 && n < 7e6);
  const east = [a.n, b.n].find((n) => (n >= 1e5 && n < 9e5) || (n >= 13e6 && n < 46e6));
  if (north === undefined || east === undefined) return null;
  const zone = Math.floor(east / 1e6);
  const middle = zone ? meridianOfZone(zone) : meridian;
  if (middle === null) return null;
  const at = settled(fromPlane([east - zone * 1e6 - FALSE_EASTING, north], middle));
  return { at, system: zone && zone < FIRST_3_DEGREE ? 'gk6' : 'gk3', prefix: zone > 0, meridian: middle };
}

/**
 * Corners pasted from a sheet or a document, one a line: the last two columns are the place, a
 * column of small whole numbers before them the ring (圈号). Headings and blank lines are passed
 * over; a line that names no place is told. `meridian` is for eastings without a zone number.
 * @param {string} text @param {number|null} meridian @returns {Pasted}
 */
export function parseTable(text, meridian) {
  /** @type {Map<string, LngLat[]>} */
  const rings = new Map();
  /** @type {Pasted} */
  const told = { rings: [], system: null, prefix: false, meridian: null, unread: [] };
  text.normalize('NFKC').split(/\r\n|\r|\n/).forEach((line, i) => {
    if (!/\d/.test(line) || /^\s*\[/.test(line)) return;
    const { place, ring } = lineOf(line, meridian);
    if (!place) return void told.unread.push({ line: i + 1, text: line.trim().slice(0, 60) });
    told.system ??= place.system;
    told.prefix ||= place.prefix;
    told.meridian ??= place.meridian;
    rings.set(ring, [...(rings.get(ring) ?? []), place.at]);
  });
  told.rings = [...rings.values()].map(once).filter((points) => points.length);
  return told;
}

/** No corner twice in a row; the last is not the first again. @param {LngLat[]} points */
const once = (points) => corners(points.filter((p, i) => !i || !same(p, points[i - 1])));

/** @param {string} line @param {number|null} meridian */
function lineOf(line, meridian) {
  const cells = line.split(/[\t,;、|]+/).map((c) => c.trim()).filter(Boolean);
  for (const parts of [cells, line.trim().split(/[\s,;、|]+/)]) {
    if (parts.length < 2) continue;
    const [a, b] = parts.slice(-2).map(valueOf);
    const place = a && b ? placeOf(a, b, meridian) : null;
    const before = parts.length >= 4 ? parts[parts.length - 3] : '';
    if (place) return { place, ring: /^\d{1,2}$/.test(before) ? before : '' };
  }
  return { place: null, ring: '' };
}
