// The copy of unsaved work on this machine: it survives a closed tab and a service that is down.
import { begin } from './history.js';
import { desk, sheetOf } from './desk.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {{draft:string, at:string, layer:string, subject:string, name:string, zones:Desk['zones'],
 *   sheet:import('./desk.js').Sheet, form:Record<string, any>, tool:import('./desk.js').Tool}} Kept
 */

const PREFIX = 'gw-desk:';

/** What a desk is restored from: the zones it has changed, not those that merely lie around. @param {Desk} d @param {string} at @returns {Kept} */
export function keptOf(d, at) {
  const sheet = sheetOf(d);
  const needed = new Set([d.subject, ...Object.keys(sheet.shapes), ...sheet.gone]);
  const zones = Object.fromEntries(Object.entries(d.zones).filter(([key]) => needed.has(key)));
  const name = String(d.form.name ?? d.zones[d.subject]?.name ?? '');
  return { draft: d.draft, at, layer: d.layer, subject: d.subject, name, zones, sheet, form: d.form, tool: d.tool };
}

/** @param {Kept} kept @returns {Desk} */
export function restored(kept) {
  const zone = kept.zones[kept.subject];
  const fresh = desk({ ...kept, zone });
  return { ...fresh, zones: kept.zones, history: begin('desk.step.restored', kept.sheet), kept: '' };
}

/** Keeps a desk; false where the browser has no room or forbids it. @param {Desk} d */
export function keep(d) {
  try {
    localStorage.setItem(PREFIX + d.draft, JSON.stringify(keptOf(d, new Date().toISOString())));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} draft */
export function forget(draft) {
  try {
    localStorage.removeItem(PREFIX + draft);
  } catch {
    // storage may be forbidden: then nothing was kept
  }
}

/** Everything kept on this machine, newest first. @returns {Kept[]} */
export function keptDesks() {
  /** @type {Kept[]} */
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      const kept = read(localStorage.getItem(key) ?? '');
      if (kept) found.push(kept);
    }
  } catch {
    // storage may be forbidden
  }
  return found.sort((a, b) => b.at.localeCompare(a.at));
}

/** @param {string} text @returns {Kept|null} */
function read(text) {
  try {
    const kept = JSON.parse(text);
    return kept?.draft && kept.sheet?.shapes && kept.zones?.[kept.subject] ? kept : null;
  } catch {
    return null; // written by another version of the page
  }
}
