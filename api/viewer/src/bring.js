// The way to the imports: their code is fetched when a file is dropped or somebody asks for them.
import { tell } from './actions.js';
import { t } from './i18n.js';
import { store } from './store.js';

/** @type {Promise<typeof import('./intake/main.js')>|undefined} */
let code;

/** @param {File[]} [files] */
export async function openIntake(files) {
  code ??= import('./intake/main.js');
  try {
    await (await code).openIntake(files);
  } catch (error) {
    code = undefined;
    tell(t('desk.notLoaded'), 'error', () => void openIntake(files));
    throw error;
  }
}

const carriesFiles = (/** @type {DragEvent} */ event) => Boolean(event.dataTransfer?.types.includes('Files'));

/** A file dropped anywhere on the page is one to import: the browser would leave the page for it. */
export function takeDrops() {
  const { body } = document;
  const rest = () => delete body.dataset.drop;
  window.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (store.state.city) body.dataset.drop = t('intake.drop');
  });
  window.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) rest();
  });
  window.addEventListener('drop', (event) => {
    rest();
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length && store.state.city) void openIntake(files);
  });
}
