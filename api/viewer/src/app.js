// Starts the page: the panel first, then the city, then the map. A missing map never leaves a blank page.
import { loadCity, permalink, tell } from './actions.js';
import { pending } from './api.js';
import { takeDrops } from './bring.js';
import { showDay } from './day.js';
import { follow } from './follow.js';
import { say, t, useLang, wantedLang } from './i18n.js';
import { loadMe, look } from './me.js';
import { parseLink } from './permalink.js';
import { loadRasters } from './rasters.js';
import { store } from './store.js';
import './ui/gw-app.js';

/** @type {{map: import('maplibre-gl').Map, settled: () => boolean}|null} */
let started = null;
let ready = false;

window.__gw = {
  get idle() {
    return ready && pending === 0 && (store.state.map === 'none' || Boolean(started?.settled()));
  },
  get map() {
    return started?.map ?? null;
  },
  fineness: 2,
};

const link = parseLink(location.hash);
useLang(wantedLang());
takeDrops();

store.subscribe((now, before) => {
  if (now.city !== before.city || now.lang !== before.lang) {
    document.title = now.city ? say(now.city, 'title') : document.title;
  }
  if (now.city && !before.city) void begin();
});

// The address says what is on screen, with a map or without.
const ADDRESSED = /** @type {const} */ (['stack', 'camera', 'visible', 'opacity', 'flags', 'on']);
store.subscribe((now, before) => {
  if (ready && ADDRESSED.some((key) => now[key] !== before[key])) history.replaceState(history.state, '', permalink());
});

// The map's code is fetched while the city is: neither waits for the other.
const engine = import('./map/map.js').catch(() => null);
const known = loadMe();
void loadCity(link);

async function begin() {
  const [maps] = await Promise.all([engine, known]); // what is drawn depends on who asks
  await customElements.whenDefined('gw-app');
  const place = document.getElementById('map');
  try {
    if (!maps || !place) throw new Error(t('map.loading'));
    started = maps.startMap(place, link);
  } catch {
    store.set({ map: 'none' });
  }
  follow(link);
  void loadRasters();
  ready = true;
}

// A link pasted into the same page: follow it as if freshly opened.
window.addEventListener('hashchange', () => {
  const next = parseLink(location.hash);
  if (next.camera && started) started.map.jumpTo({ center: [next.camera.lng, next.camera.lat], zoom: next.camera.zoom });
  if (store.state.city) void showDay(next.day ?? null);
  if (store.state.city) follow(next);
});

document.addEventListener('visibilitychange', () => void look());
window.addEventListener('offline', () => tell(store.state.lang === 'en' ? 'No network' : '网络已断开', 'error'));
