// Polyfill for Node.js 20: some dependencies of Lodestar use Promise.withResolvers.
Object.defineProperty(Promise, "withResolvers", {
  value() {
    /** @type {Record<string, unknown>} */
    const result = {};
    /** @param {unknown} resolve @param {unknown} reject */
    const keep = (resolve, reject) => Object.assign(result, { resolve, reject });
    return Object.assign(result, { promise: new this(keep) });
  },
});
