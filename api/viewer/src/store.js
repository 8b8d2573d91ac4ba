// One small observable: what the page knows. Views and the map subscribe; only actions.js writes.

/**
 * @typedef {import('./api.js').LayerInfo} LayerInfo
 * @typedef {import('./api.js').City} City
 * @typedef {'close'|'indeterminate'|'restricted'|'duty'|'exempt'|'clear'|'unassessed'} Flag
 *
 * @typedef {{kind:'home'}} HomeView
 * @typedef {{kind:'well', code:string, verdict?:import('./api.js').WellVerdict, error?:Problem}} WellView
 * @typedef {{kind:'zone', layer:string, id:string, feature?:any, error?:Problem, others?:{layer:string,id:string,name:string}[]}} ZoneView
 * @typedef {{kind:'near', at:[number,number]|null, source?:'device'|'map'|'typed'|'well', accuracy_m?:number,
 *   within_m:number, closeOnly:boolean, wells?:import('./api.js').NearWell[], truncated?:boolean, loading?:boolean, error?:Problem}} NearView
 * @typedef {{kind:'precheck', at:[number,number]|null, source?:'device'|'map'|'typed'|'well', accuracy_m?:number,
 *   answers:import('./application.js').Answers, editing:boolean, result?:import('./api.js').Precheck,
 *   limit?:string, loading?:boolean, error?:Problem}} PrecheckView  editing: the form is open; limit: the boundary looked at
 * @typedef {{kind:'desk'}} DeskView  drawing; what is drawn is `desk`
 * @typedef {{kind:'drafts', drafts?:import('./api.js').DraftRow[], error?:Problem}} DraftsView
 * @typedef {{kind:'versions', layer:string, id:string, name:string, versions?:import('./api.js').VersionRow[], error?:Problem,
 *   shape?:import('./edit/rings.js').Area, pair?:[number, number], diff?:import('./api.js').VersionDiff, diffError?:Problem, busy?:boolean, stepError?:Problem,
 *   effect?:{version:number, impact:import('./edit/impact.js').Impact}}} VersionsView  effect: what a version would do
 * @typedef {{kind:'measure', shape:'line'|'area', points:[number,number][], snap:boolean}} MeasureView
 * @typedef {import('./intake/acts.js').IntakeView} IntakeView
 * @typedef {HomeView|WellView|ZoneView|NearView|PrecheckView|MeasureView|DeskView|DraftsView|VersionsView|IntakeView} View
 * @typedef {{zh:string, en:string, status?:number, wait_s?:number, current?:any, problems?:{code?:string, zh:string, en:string}[]}} Problem  wait_s: until it may be tried again; current: how a thing is that was changed by another; problems: its faults, one by one
 *
 * @typedef {{role:string, area:string}} Grant  a role in an area (division code prefix; "": everywhere)
 * @typedef {object} Me
 * @property {string|null} account  null: a visitor
 * @property {Grant[]} roles
 * @property {string[]} may  rights held anywhere at all (gis_app/rights.py)
 * @property {Record<string, string[]>} areas  right → where it is held; [""]: everywhere
 * @property {{areas:string[], counts:boolean}} sight  where wells are shown, and whether counts of all others are
 * @property {boolean} oidc  may one sign in at the office's own provider?
 * @property {boolean} must_change_password
 * @property {string|null} csrf
 *
 * @typedef {{kind:'password'}|{kind:'account'}|{kind:'accounts'}|{kind:'print'}} PlainDialog
 * @typedef {PlainDialog|{kind:'sign-in', why?:'ended'|'needed', under?:PlainDialog}} Dialog  under: what was open, and stays as it was filled in
 *
 * @typedef {object} State
 * @property {'zh-CN'|'en'} lang
 * @property {City|null} city
 * @property {Problem|null} cityError
 * @property {Record<string, boolean>} visible     layer id → drawn
 * @property {Record<string, number>} opacity      layer id → 0…1
 * @property {Flag[]} flags                        findings shown; empty means all
 * @property {View[]} stack                        last is on screen, the others are the way back
 * @property {'wait'|'ready'|'none'} map           none: no WebGL2
 * @property {{lng:number, lat:number, zoom:number, metresPerPixel:number}|null} camera
 * @property {[number,number]|null} cursor
 * @property {boolean} picking                     the next map click is a place, not a question
 * @property {{at:[number,number], x:number, y:number}|null} menu  what can be asked of a place, at a pixel
 * @property {{fields:import('./application.js').AskField[]}|null} application  what a pre-check may ask
 * @property {Problem|null} applicationError
 * @property {{text:string, kind:'info'|'error'|'quiet', retry?:()=>void}|null} message
 * @property {'peek'|'half'|'full'} sheet          phone: how far the panel is pulled up
 * @property {'dec'|'dms'|'gk'} readout
 * @property {boolean} globe                       the earth is drawn round
 * @property {string|null} on                       the day that is shown; null: today
 * @property {Me|null} me                          null: not known yet
 * @property {Dialog|null} dialog                  what stands over everything else
 * @property {string} base                        id of the base map; '' is blank
 * @property {{left:string, right:string}|null} swipe  rasters on both sides of a bar ('': none)
 * @property {{at:[number,number], told:import('./raster/values.js').Told[]}|null} values  what rasters hold at a place
 * @property {[number,number]|null} sought         a place that was searched for by its coordinates
 * @property {import('./edit/desk.js').Desk|null} desk   what is being drawn
 */

/** @type {State} */
const initial = {
  lang: 'zh-CN',
  city: null,
  cityError: null,
  visible: {},
  opacity: {},
  flags: [],
  stack: [{ kind: 'home' }],
  map: 'wait',
  camera: null,
  cursor: null,
  picking: false,
  menu: null,
  application: null,
  applicationError: null,
  message: null,
  sheet: 'peek',
  readout: 'dec',
  globe: false,
  on: null,
  base: '',
  me: null,
  dialog: null,
  swipe: null,
  values: null,
  sought: null,
  desk: null,
};

let state = initial;
/** @type {Set<(state: State, before: State) => void>} */
const listeners = new Set();

export const store = {
  get state() {
    return state;
  },
  /** @param {Partial<State>} patch */
  set(patch) {
    const before = state;
    state = { ...state, ...patch };
    for (const listener of [...listeners]) listener(state, before);
  },
  /** @param {(state: State, before: State) => void} listener @returns {() => void} */
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** What is on screen in the panel. @param {State} s */
export const viewOf = (s) => s.stack[s.stack.length - 1];

/** The layers, topmost first, as the legend lists them. @param {State} s @returns {LayerInfo[]} */
export const legendOf = (s) => [...(s.city?.layers ?? [])].sort((a, b) => b.order - a.order);

/** The box around the wells, or around all there is. @param {LayerInfo[]} layers @returns {[number,number,number,number]|null} */
export function extentOf(layers) {
  const wells = layers.filter((l) => l.bounds && l.geometry === 'point');
  const boxes = (wells.length ? wells : layers).flatMap((l) => (l.bounds ? [l.bounds] : []));
  if (!boxes.length) return null;
  return [
    Math.min(...boxes.map((b) => b[0])),
    Math.min(...boxes.map((b) => b[1])),
    Math.max(...boxes.map((b) => b[2])),
    Math.max(...boxes.map((b) => b[3])),
  ];
}
