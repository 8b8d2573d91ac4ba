// Roles and areas, in words.
import { t } from '../i18n.js';

/** @param {string} role */
export const roleName = (role) => t(/** @type {import('../i18n.js').Key} */ (`role.${role}`));

/** @param {string} area @param {{code:string, name:string}[]} [districts] */
export function areaName(area, districts = []) {
  if (!area) return t('area.all');
  const found = districts.find((d) => d.code === area);
  return found?.name ? `${found.name} ${area}` : t('area.code', { code: area });
}

/** @param {import('../store.js').Grant} grant @param {{code:string, name:string}[]} [districts] */
export const roleWords = ({ role, area }, districts) => t('role.in', { role: roleName(role), area: areaName(area, districts) });
