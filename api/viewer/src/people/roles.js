/** As gis_app/rights.py has them (a test holds the two together). */
export const ROLES = /** @type {const} */ (['viewer', 'inspector', 'planner', 'approver', 'analyst', 'administrator']);
