// The way to the drawing desk: its code is fetched when somebody draws.
import { tell } from './actions.js';
import { t } from './i18n.js';

/** @type {Promise<typeof import('./edit/main.js')>|undefined} */
let code;

/** @param {(desk: typeof import('./edit/main.js')) => unknown} then */
async function withDesk(then) {
  code ??= import('./edit/main.js');
  try {
    await then(await code);
  } catch (error) {
    code = undefined;
    tell(t('desk.notLoaded'), 'error', () => void withDesk(then));
    throw error;
  }
}

export const openDesk = () => withDesk((desk) => desk.openDesk());
export const openDrafts = () => withDesk((desk) => desk.openDrafts());
/** @param {string} layer @param {string} id */
export const editZone = (layer, id) => withDesk((desk) => desk.editZone(layer, id));
/** @param {string} layer @param {string} id @param {string} name */
export const openVersions = (layer, id, name) => withDesk((desk) => desk.openVersions(layer, id, name));
