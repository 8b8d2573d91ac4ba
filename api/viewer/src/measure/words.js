// Measured numbers in words: never more digits than a map can tell.

/** @typedef {(n: number, options?: Intl.NumberFormatOptions) => string} Num */
/** @typedef {(key: any, fill?: Record<string, string|number>) => string} Say */

/** @param {number} m @param {Num} num @param {Say} t */
export function metresExact(m, num, t) {
  const [value, unit, digits] = m < 1000 ? [m, 'unit.m', 1] : [m / 1000, 'unit.km', 3];
  return `${num(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${t(unit)}`;
}

/** @param {number} deg @param {Num} num */
export const degrees = (deg, num) => `${num(deg, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}°`;

/** @param {number} m2 @param {Num} num */
export const squareMetres = (m2, num) => (m2 < 1e4 ? `${num(m2, { maximumFractionDigits: 1 })} m²` : `${num(m2 / 1e6, { maximumFractionDigits: 4 })} km²`);
