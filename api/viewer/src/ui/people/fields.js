// Fields of the forms about accounts, what they say of a failure, and a secret that is shown once.
import { html, nothing } from 'lit';
import { copy } from '../../actions.js';
import { say, t } from '../../i18n.js';
import { icon } from '../icons.js';

/**
 * @param {{id:string, label:string, type?:string, complete?:string, hint?:string, bad?:string, max?:number, value?:string, first?:boolean, required?:boolean}} f
 */
export const field = (f) => html`<div class="field">
  <label for=${f.id}>${f.label}</label>
  <input
    id=${f.id}
    name=${f.id}
    type=${f.type ?? 'text'}
    autocomplete=${f.complete ?? 'off'}
    autocapitalize="none"
    spellcheck="false"
    maxlength=${f.max ?? 200}
    .value=${f.value ?? ''}
    ?autofocus=${f.first}
    ?required=${f.required ?? true}
    aria-invalid=${f.bad ? 'true' : 'false'}
    aria-describedby=${f.bad ? `${f.id}-bad` : f.hint ? `${f.id}-hint` : nothing}
  />
  ${f.hint ? html`<p class="field-hint" id="${f.id}-hint">${f.hint}</p>` : nothing}
  ${f.bad ? html`<p class="field-error" id="${f.id}-bad">${f.bad}</p>` : nothing}
</div>`;

/** The words of a form's field. @param {Element} form @param {string} id */
export const valueOf = (form, id) => /** @type {HTMLInputElement|HTMLSelectElement} */ (form.querySelector(`#${id}`)).value;

/** @param {import('../../store.js').Problem|null} problem */
export const refusal = (problem) => (problem ? html`<p class="form-error" role="alert">${icon('alert')}<span>${say(problem)}</span></p>` : nothing);

/**
 * A password or token, told only now.
 * @param {{label:string, why:string, secret:string, done:() => void, copied:boolean, onCopied:() => void}} s
 */
export const secretOnce = (s) => html`<div class="secret" data-secret role="group" aria-label=${s.label}>
  <p class="secret-label">${s.label}</p>
  <div class="secret-row">
    <code class="secret-text">${s.secret}</code>
    <button type="button" class="button" data-copy @click=${() => void copy(s.secret, t('secret.copied')).then(s.onCopied)}>${icon('copy')}${t(s.copied ? 'secret.copied' : 'secret.copy')}</button>
  </div>
  <p class="field-hint">${s.why}</p>
  <button type="button" class="link" @click=${s.done}>${t('secret.done')}</button>
</div>`;

/** Which area: a district, all, or a code of one's own. @param {{id:string, label:string, districts:{code:string, name:string}[], value?:string, all:boolean}} f */
export const areaField = (f) => html`<div class="field">
  <label for=${f.id}>${f.label}</label>
  <input id=${f.id} name=${f.id} type="text" inputmode="numeric" autocomplete="off" maxlength="12" list="${f.id}-list" .value=${f.value ?? ''} placeholder=${f.all ? t('area.all') : ''} aria-describedby="${f.id}-hint" />
  <datalist id="${f.id}-list">${areasOf(f.districts).map((d) => html`<option value=${d.code}>${d.name}</option>`)}</datalist>
  <p class="field-hint" id="${f.id}-hint">${t(f.all ? 'area.hintAll' : 'area.hint')}</p>
</div>`;

/** Districts by code, without doubles. @param {{code:string, name:string}[]} districts */
function areasOf(districts) {
  const seen = new Map(districts.filter((d) => d.code).map((d) => [d.code, d]));
  return [...seen.values()].sort((a, b) => a.code.localeCompare(b.code));
}
