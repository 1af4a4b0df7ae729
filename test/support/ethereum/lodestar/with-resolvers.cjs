// @ts-nocheck: Promise.withResolvers, which Lodestar's libraries use and Node.js 20 lacks
Promise.withResolvers ??= function withResolvers() {
  let resolve;
  let reject;
  const promise = new this((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
