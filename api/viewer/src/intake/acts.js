// Everything that is done with an import. The panel calls these.
import { push, problemOf, refreshCity, tell, theCamera } from '../actions.js';
import { formOf } from '../edit/form.js';
import { say, t } from '../i18n.js';
import { theMap } from '../map/engine.js';
import { store } from '../store.js';
import { askedOf, forLayer, NOTHING } from './asked.js';
import { packed, Unpackable } from './pack.js';
import { imports } from './service.js';

/**
 * @typedef {import('./asked.js').Asked} Asked
 * @typedef {import('./service.js').Batch} Batch
 * @typedef {import('../edit/form.js').FormField} FormField
 *
 * @typedef {object} IntakeView
 * @property {'intake'} kind
 * @property {File} [file]
 * @property {Asked} asked
 * @property {boolean} dirty            something was said since the preview
 * @property {'read'|Step} [busy]
 * @property {Batch} [batch]
 * @property {import('./service.js').Shapes} [shapes]
 * @property {import('./service.js').Fault[]} [faults]
 * @property {FormField[]} [fields]     of the batch's layer
 * @property {{id:string, title:string}[]} [collections]
 * @property {Batch[]} [recent]
 * @property {boolean} skip             refused rows are left out
 * @property {string} reason
 * @property {import('../store.js').Problem} [error]
 */

const MOST_FAULTS = 50;

/** The import in the panel, wherever it stands in it. @returns {IntakeView|undefined} */
export const intake = () => /** @type {IntakeView|undefined} */ (store.state.stack.find((view) => view.kind === 'intake'));

/** @param {Partial<IntakeView>} patch */
export function amendIntake(patch) {
  store.set({ stack: store.state.stack.map((view) => (view.kind === 'intake' ? { ...view, ...patch } : view)) });
}

/** @param {Partial<Asked>} patch */
export function ask(patch) {
  const view = intake();
  if (view) amendIntake({ asked: { ...view.asked, ...patch }, dirty: true });
}

/** Opens the panel; with files, reads them. @param {File[]} [files] */
export async function openIntake(files) {
  const begun = intake();
  if (begun) store.set({ stack: [...store.state.stack.filter((view) => view !== begun), begun] }); // what lies over it stays, below
  else push({ kind: 'intake', asked: NOTHING, dirty: false, skip: false, reason: '' });
  await Promise.all([list(), know(), files?.length ? take(files) : undefined]);
}

/** What could be imported into. */
async function know() {
  if (intake()?.collections) return;
  try {
    const { collections } = await imports.collections();
    amendIntake({ collections: collections.filter(({ id }) => id !== 'findings') });
  } catch (error) {
    tell(say(problemOf(error)), 'error', () => void know());
  }
}

/** The newest batches. */
export async function list() {
  try {
    amendIntake({ recent: (await imports.recent()).imports });
  } catch {
    amendIntake({ recent: [] }); // who may not import has none, and is told so when he tries
  }
}

/** Other files: whatever was said of the last one is not said of these. @param {File[]} files */
export async function take(files) {
  try {
    const file = await packed(files);
    amendIntake({ file, asked: NOTHING, dirty: false, batch: undefined, shapes: undefined, faults: undefined, fields: undefined, skip: false, reason: '', error: undefined });
    await read();
  } catch (error) {
    if (!(error instanceof Unpackable)) throw error;
    const key = error.code === 'several' ? 'intake.several' : 'intake.parts';
    tell(t(key, { what: error.what }), 'error');
  }
}

/** Has the service read the file, as it was said; the last preview of it is given up. */
export async function read() {
  const view = intake();
  if (!view?.file || view.busy) return;
  const { file, asked } = view;
  const last = view.batch;
  amendIntake({ busy: 'read', error: undefined });
  try {
    const batch = await imports.preview(file, asked);
    await show(batch, asked.layer ? asked : { ...asked, layer: '' });
    if (last?.state === 'preview') await imports.discard(last.batch_id).catch(() => undefined);
    tell(t('intake.readDone', { n: batch.report.rows }), 'quiet');
  } catch (error) {
    fail(error);
  }
}

/** Goes on with a batch that was left. @param {number} id */
export async function resume(id) {
  amendIntake({ busy: 'read', error: undefined, file: undefined });
  try {
    const batch = await imports.one(id);
    await show(batch, askedOf(batch.options));
  } catch (error) {
    fail(error);
  }
}

/** @param {Batch} batch @param {Asked} asked */
async function show(batch, asked) {
  const preview = batch.state === 'preview';
  const [shapes, faults, schema] = await Promise.all([
    preview ? imports.shapes(batch.batch_id) : undefined,
    imports.faults(batch.batch_id, MOST_FAULTS),
    imports.schema(batch.layer),
  ]);
  const fields = formOf({ ...schema, required: [] });
  amendIntake({ busy: undefined, batch, asked, dirty: false, shapes, faults: faults.problems, fields, skip: false });
  if (shapes?.bbox) theCamera()?.fit(shapes.bbox);
}

/** @param {unknown} error */
function fail(error) {
  const problem = problemOf(error);
  amendIntake({ busy: undefined, error: problem });
  tell(say(problem), 'quiet');
}

/** Another layer: the file is read again at once, since all else hangs on it. @param {string} layer */
export function chooseLayer(layer) {
  const view = intake();
  if (!view) return;
  amendIntake({ asked: forLayer(view.asked, layer), dirty: true });
  void read();
}

/** The rows that stand in the way of an undo, where that is why it was refused. @param {IntakeView} view */
export const staying = (view) => view.error?.problems?.filter(({ code }) => code === 'changed_since' || code === 'spoken_of') ?? [];

/** @typedef {'commit'|'undo'|'undoRest'|'discard'} Step  undoRest: but for what others have changed since */

/** @param {Step} step */
export async function decide(step) {
  const view = intake();
  if (!view?.batch || view.busy) return;
  const { batch_id: id } = view.batch;
  amendIntake({ busy: step, error: undefined });
  try {
    const batch = await STEPS[step](id, view);
    amendIntake({ busy: undefined, batch, dirty: false, shapes: step === 'commit' ? view.shapes : undefined });
    await list();
    if (step !== 'discard') await redraw(batch.layer);
  } catch (error) {
    fail(error);
  }
}

/** @type {Record<Step, (id: number, view: IntakeView) => Promise<Batch>>} */
const STEPS = {
  commit: (id, { skip, reason }) => imports.commit(id, { skip_refused: skip, reason: reason.trim() || undefined }),
  undo: (id) => imports.undo(id, false),
  undoRest: (id) => imports.undo(id, true),
  discard: (id) => imports.discard(id),
};

/** Back to the start of the panel, for another file. */
export const another = () => amendIntake({ file: undefined, batch: undefined, shapes: undefined, faults: undefined, error: undefined, asked: NOTHING, dirty: false });

/** The map as it is after rows came or went. @param {string} layer */
async function redraw(layer) {
  const map = theMap();
  if (map?.getSource(layer)) map.refreshTiles(layer);
  await refreshCity();
}
