// Who is at the page, and what that changes: signing in and out, and a session that has ended.
import { back, problemOf, refreshCity, tell } from './actions.js';
import { api, onEnded, useCsrf, write } from './api.js';
import { reopen } from './follow.js';
import { t } from './i18n.js';
import { store, viewOf } from './store.js';

/** @typedef {import('./store.js').Me} Me */

/** May the caller do it, anywhere at all? @param {string} right */
export const may = (right) => Boolean(store.state.me?.may.includes(right));

/** May the reader do it without regard to areas? @param {string} right */
export const mayEverywhere = (right) => Boolean(store.state.me?.areas[right]?.includes(''));

/** @param {Me} me */
function become(me) {
  useCsrf(me.csrf);
  store.set({ me, ...(me.must_change_password ? { dialog: { kind: /** @type {const} */ ('password') } } : {}) });
}

/** Asks who the page is used by. */
export async function loadMe() {
  try {
    become(await api.me());
  } catch (error) {
    tell(t('me.failed', { why: problemOf(error)[store.state.lang === 'en' ? 'en' : 'zh'] }), 'error', () => void loadMe());
  }
}

/** All that is on screen belongs to another now: counts, tiles, the card. @param {Me} me */
async function change(me) {
  const before = store.state.me?.account;
  become(me);
  if (me.account === before) return;
  await refreshCity();
  if (viewOf(store.state).kind !== 'home') reopen();
}

/** @param {string} name @param {string} password */
export async function signIn(name, password) {
  const me = await write('POST', 'session', { name, password });
  gone = null;
  if (!me.must_change_password) store.set({ dialog: underneath() });
  await change(me);
  if (!me.must_change_password) settle(true);
}

export async function signOut() {
  await write('DELETE', 'session');
  store.set({ dialog: null });
  while (store.state.stack.length > 1) back();
  await change(await api.me());
  tell(t('me.signedOut'));
}

/** @param {string} old @param {string} wanted */
export async function changePassword(old, wanted) {
  const first = store.state.me?.must_change_password;
  const me = await write('PUT', 'me/password', { old, new: wanted });
  become(me);
  if (!first) return;
  store.set({ dialog: null });
  settle(true);
  await refreshCity();
  tell(t('password.changed'));
}

/** What was open before somebody had to sign in. */
function underneath() {
  const { dialog } = store.state;
  return dialog?.kind === 'sign-in' ? (dialog.under ?? null) : null;
}

/** Closes what stands over the page; a request that waited for a sign-in goes without. */
export function closeDialog() {
  const visitor = gone;
  gone = null;
  store.set({ dialog: visitor ? null : underneath() });
  settle(false);
  if (visitor) void change(visitor);
}

/** Who the page is used by since the session has ended. @type {Me|null} */
let gone = null;

/** Requests that wait for somebody to sign in. @type {((again: boolean) => void)[]} */
let waiting = [];

/** @param {boolean} again */
function settle(again) {
  const told = waiting;
  waiting = [];
  for (const go of told) go(again);
}

/** @param {'ended'|'needed'} why @param {Me} now @returns {Promise<boolean>} */
function askSignIn(why, now) {
  const { dialog } = store.state;
  gone = why === 'ended' ? now : null;
  if (dialog?.kind !== 'sign-in') store.set({ dialog: { kind: 'sign-in', why, under: dialog ?? undefined } });
  return new Promise((go) => waiting.push(go));
}

/** A request was refused: has the session ended, or moved on in another tab? */
onEnded(async ({ status }, writing) => {
  const known = store.state.me?.account ?? null;
  const now = await api.me();
  if (known && now.account === null) return askSignIn('ended', now);
  if (status === 401) return writing ? askSignIn('needed', now) : false;
  const renewed = now.account === known && now.csrf !== store.state.me?.csrf;
  if (renewed) become(now);
  return renewed;
});

/** Back at the page: somebody may have signed in or out in another tab, or the session ended meanwhile. */
export async function look() {
  const before = store.state.me;
  if (document.visibilityState !== 'visible' || !before || store.state.dialog) return;
  const now = await api.me().catch(() => before);
  if (now.account === before.account) return now.csrf === before.csrf ? undefined : become(now);
  if (before.account && !now.account) void askSignIn('ended', now);
  else await change(now);
}
