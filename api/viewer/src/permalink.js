// What the address says after `#`: `11.50/37.90000/113.60000&l=well,prohibited_zone:60&f=close&sel=well:CODE`.
// `l` lists the layers drawn (with opacity in per cent when not whole); without it, all are. `d=2024-06-30`: as of that day.

/**
 * @typedef {object} Link
 * @property {{zoom:number, lat:number, lng:number}} [camera]
 * @property {Record<string, number>} [layers]  layer id → opacity 0…1
 * @property {string[]} [flags]
 * @property {string} [day]  the day that is shown, where not today
 * @property {{kind:'well', code:string}|{kind:'zone', layer:string, id:string}|{kind:'near', lng:number, lat:number, within_m:number}|{kind:'precheck', lng:number, lat:number}} [sel]
 */

const enc = (/** @type {string} */ s) => encodeURIComponent(s);
const dec = (/** @type {string} */ s) => {
  try {
    return decodeURIComponent(s);
  } catch {
    return s;
  }
};

/** @param {Link} link */
export function formatLink(link) {
  const parts = [];
  if (link.camera) {
    const { zoom, lat, lng } = link.camera;
    parts.push(`${zoom.toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
  }
  if (link.layers) {
    const items = Object.entries(link.layers).map(([id, o]) => (o < 1 ? `${enc(id)}:${Math.round(o * 100)}` : enc(id)));
    parts.push(`l=${items.join(',')}`);
  }
  if (link.flags?.length) parts.push(`f=${link.flags.map(enc).join(',')}`);
  if (link.day) parts.push(`d=${link.day}`);
  if (link.sel?.kind === 'well') parts.push(`sel=well:${enc(link.sel.code)}`);
  if (link.sel?.kind === 'zone') parts.push(`sel=zone:${enc(link.sel.layer)}:${enc(link.sel.id)}`);
  if (link.sel?.kind === 'near') {
    parts.push(`sel=near:${link.sel.lng.toFixed(6)}:${link.sel.lat.toFixed(6)}:${Math.round(link.sel.within_m)}`);
  }
  if (link.sel?.kind === 'precheck') parts.push(`sel=precheck:${link.sel.lng.toFixed(6)}:${link.sel.lat.toFixed(6)}`);
  return `#${parts.join('&')}`;
}

/** @param {string} hash @returns {Link} */
export function parseLink(hash) {
  /** @type {Link} */
  const link = {};
  for (const part of hash.replace(/^#/, '').split('&')) {
    const camera = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(part);
    if (camera) {
      const [zoom, lat, lng] = camera.slice(1).map(Number);
      if (zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180) link.camera = { zoom, lat, lng };
    } else if (part.startsWith('l=')) {
      link.layers = {};
      for (const item of part.slice(2).split(',').filter(Boolean)) {
        const [id, percent] = item.split(':');
        const opacity = percent === undefined ? 1 : Number(percent) / 100;
        link.layers[dec(id)] = Number.isFinite(opacity) ? Math.min(1, Math.max(0, opacity)) : 1;
      }
    } else if (part.startsWith('f=')) {
      link.flags = part.slice(2).split(',').filter(Boolean).map(dec);
    } else if (/^d=\d{4}-\d\d-\d\d$/.test(part) && isDay(part.slice(2))) {
      link.day = part.slice(2);
    } else if (part.startsWith('sel=')) {
      link.sel = selection(part.slice(4).split(':').map(dec));
    }
  }
  return link;
}

/** A day of the calendar: no 30 February. @param {string} iso */
export function isDay(iso) {
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
}

/** @param {string[]} parts @returns {Link['sel']} */
function selection([kind, a, b, c]) {
  if (kind === 'well' && a) return { kind, code: a };
  if (kind === 'zone' && a && b) return { kind, layer: a, id: b };
  const [lng, lat, within_m] = [a, b, c].map(Number);
  if (!a || !b || !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return undefined;
  if (kind === 'near' && within_m > 0) return { kind, lng, lat, within_m };
  return kind === 'precheck' ? { kind, lng, lat } : undefined;
}
