// What the zone is called and on what ground it stands; then it is saved as a draft.
import { html, nothing } from 'lit';
import { api } from '../../api.js';
import { problemOf } from '../../actions.js';
import { set } from '../../edit/acts.js';
import { changed, shapesOf } from '../../edit/desk.js';
import { formOf, valueOf, wrongs } from '../../edit/form.js';
import { districtsOf } from '../../edit/reshape.js';
import { save } from '../../edit/save.js';
import { validate } from '../../edit/validate.js';
import { num, say, t } from '../../i18n.js';
import { mayEverywhere } from '../../me.js';
import { store } from '../../store.js';
import { View } from '../base.js';
import { capital, failure, skeleton, unitText } from '../parts.js';
import { bare } from '../../application.js';

/** @typedef {import('../../edit/form.js').FormField} FormField */

/** @type {Map<string, FormField[]>} */
const known = new Map();

/** What is asked of a zone: who may draw in some areas only has to say in which. @param {string} layer */
const fieldsOf = (layer) => known.get(layer)?.map((f) => (f.name === 'area_code' && !mayEverywhere('draft') ? { ...f, required: true } : f));

export class GwDeskForm extends View {
  static properties = { failed: { state: true }, tried: { state: true } };

  constructor() {
    super();
    /** @type {import('../../store.js').Problem|null} */
    this.failed = null;
    this.tried = false;
    /** Where the zone lies. @type {{code:string, name:string}[]} */
    this.districts = [];
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
    const { desk: d } = store.state;
    if (!d) return;
    this.districts = districtsOf(d);
    const isNew = d.zones[d.subject].id === null;
    if (isNew && !d.form.area_code && this.districts.length === 1) this.put('area_code', this.districts[0].code);
  }

  async load() {
    const layer = store.state.desk?.layer;
    if (!layer || known.has(layer)) return;
    this.failed = null;
    try {
      known.set(layer, formOf(await api.schema(layer)));
    } catch (error) {
      this.failed = problemOf(error);
    }
    this.requestUpdate();
  }

  render() {
    const { desk: d } = store.state;
    if (!d) return nothing;
    if (this.failed) return failure(t('desk.formFailed'), this.failed, () => void this.load());
    const fields = fieldsOf(d.layer);
    if (!fields) return skeleton(6, t('desk.formLoading'));
    const wrong = new Map(this.tried ? wrongs(fields, d.form).map((w) => [w.name, w]) : []);
    const faults = validate(shapesOf(d)[d.subject] ?? []);
    const others = changed(d).slice(1);
    return html`<form class="ask-form" novalidate aria-busy=${d.saving ? 'true' : 'false'} @submit=${this.send}>
      <div class="desk-scroll">${faults.length ? html`<ul class="desk-faults" role="alert">${faults.map((f) => html`<li data-fault=${f.code}>${t(`fault.${f.code}`)}</li>`)}</ul>` : nothing}
      <div class="asks">${fields.map((f) => this.field(f, d.form[f.name], wrong.get(f.name)))}</div>
      <div class="ask desk-reason"><label for="form-_reason">${t('desk.reason')}</label>
        <input id="form-_reason" autocomplete="off" maxlength="500" .value=${d.form._reason ?? ''} @input=${(/** @type {Event} */ e) => this.put('_reason', /** @type {HTMLInputElement} */ (e.target).value)} /></div>
      ${others.length ? html`<p class="ask-note">${t('desk.savesAlso', { n: others.length })} ${others.map((k) => d.zones[k].name).join('、')}</p>` : nothing}
      ${d.error ? html`<div class="ask-note state-error" role="alert" data-save-error>${d.saved.length ? t('desk.savedBefore', { names: d.saved.map((r) => r.name).join('、') }) : ''} ${t('desk.saveFailed')} ${say(d.error)}</div>` : nothing}
      </div>
      <div class="ask-send">
        <button type="button" class="button" data-key="desk-back" @click=${() => set((now) => ({ ...now, stage: 'shape', error: null }))}>${t('desk.toShape')}</button>
        <button type="submit" class="button button-main" data-key="desk-save" ?disabled=${d.saving || faults.length > 0}>${t(d.saving ? 'desk.saving' : 'desk.save')}</button>
      </div>
    </form>`;
  }

  /** @param {FormField} field @param {any} value @param {import('../../edit/form.js').Wrong|undefined} wrong */
  field(field, value, wrong) {
    const id = `form-${field.name}`;
    const take = (/** @type {Event} */ e) => this.put(field.name, valueOf(field, /** @type {HTMLInputElement} */ (e.target).value));
    const said = wrong ? t(`wrong.${wrong.code}`, { least: num(field.minimum ?? 0), most: num(field.maximum ?? 0) }) : '';
    return html`<div class="ask">
      <label for=${id}>${capital(bare(say(field)))}${field.required ? html`<span class="needed"> *</span>` : nothing}${field.unit ? html`<span class="unit">${unitText(field.unit)}</span>` : nothing}</label>
      ${field.kind === 'choice' || field.kind === 'boolean'
        ? html`<select id=${id} @change=${take}>${this.choices(field).map(([key, words]) => html`<option value=${key} ?selected=${String(value ?? '') === key}>${words}</option>`)}</select>`
        : html`<input id=${id} type=${field.kind === 'date' ? 'date' : 'text'} inputmode=${field.kind === 'number' ? 'decimal' : nothing} autocomplete="off" aria-required=${String(field.required)} list=${field.name === 'area_code' ? 'form-districts' : nothing}
            aria-invalid=${said ? 'true' : 'false'} aria-describedby=${said ? `${id}-bad` : nothing} .value=${String(value ?? '')} @change=${take} />`}
      ${said ? html`<p class="field-error" id="${id}-bad">${said}</p>` : nothing}
      ${field.name === 'area_code' ? this.where() : nothing}
    </div>`;
  }

  /** The codes to choose from: nobody knows them by heart. */
  where() {
    const { districts } = this;
    if (!districts.length) return nothing;
    return html`<datalist id="form-districts">${districts.map(({ code, name }) => html`<option value=${code}>${name}</option>`)}</datalist>
      <p class="field-hint" data-districts>${t('desk.liesIn', { where: districts.map(({ code, name }) => `${name} ${code}`).join(store.state.lang === 'en' ? ', ' : '、') })}</p>`;
  }

  /** @param {FormField} field @returns {[string, string][]} */
  choices(field) {
    const blank = /** @type {[string, string]} */ (['', t('well.blank')]);
    if (field.kind === 'boolean') return [blank, ['true', t('value.yes')], ['false', t('value.no')]];
    return [blank, ...Object.entries(field.choices ?? {}).map(([key, words]) => /** @type {[string, string]} */ ([key, capital(say(words))]))];
  }

  /** @param {string} name @param {any} value */
  put(name, value) {
    set((now) => ({ ...now, form: { ...now.form, [name]: value }, error: null }));
  }

  /** @param {SubmitEvent} event */
  send(event) {
    event.preventDefault();
    this.tried = true;
    const { desk: d } = store.state;
    const wrong = d ? wrongs(fieldsOf(d.layer) ?? [], d.form)[0] : undefined;
    if (wrong) return void /** @type {HTMLElement|null} */ (this.querySelector(`#form-${wrong.name}`))?.focus();
    void save();
  }
}
customElements.define('gw-desk-form', GwDeskForm);
