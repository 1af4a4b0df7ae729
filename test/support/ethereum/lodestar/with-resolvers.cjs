// Node.js 20 lacks what some of Lodestar's dependencies use.
Object.defineProperty(Promise, "withResolvers", {
  value() {
    /** @type {Record<string, unknown>} */
    const result = {};
    /** @param {unknown} resolve @param {unknown} reject */
    const keep = (resolve, reject) => Object.assign(result, { resolve, reject });
    return Object.assign(result, { promise: new this(keep) });
  },
});
