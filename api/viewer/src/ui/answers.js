// What was asked, in one line.
import { bare } from '../application.js';
import { num, say, t } from '../i18n.js';
import { capital, unitText } from './parts.js';

/** @param {import('../application.js').AskField[]} fields @param {import('../application.js').Answers} answers */
export function answersText(fields, answers) {
  const said = fields.flatMap((f) => {
    const value = answers[f.name];
    if (value === undefined) return [];
    if (f.kind === 'choice') return [say(f.choices?.[String(value)]) || String(value)];
    if (f.kind === 'boolean') return [`${bare(say(f))}：${t(value ? 'value.yes' : 'value.no')}`];
    if (typeof value === 'number') return [`${num(value)}${f.unit ? ` ${unitText(f.unit)}` : ''}`];
    return [String(value)];
  });
  return capital(said.join(' · '));
}
