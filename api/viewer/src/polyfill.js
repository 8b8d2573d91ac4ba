// esbuild lowers syntax to chrome86; these are the library calls MapLibre and we make beyond it.
if (!Object.hasOwn) {
  Object.defineProperty(Object, 'hasOwn', {
    value: (/** @type {object} */ o, /** @type {PropertyKey} */ k) => Object.prototype.hasOwnProperty.call(o, k),
  });
}
if (!Array.prototype.at) {
  Object.defineProperty(Array.prototype, 'at', {
    /** @this {any[]} @param {number} n */
    value(n) {
      return this[n < 0 ? this.length + n : n];
    },
  });
}
