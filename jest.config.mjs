// One configuration for the whole repo: `npm test` runs the projects unit, conformance and gateway,
// `npm run e2e` the project e2e, `npm run soak` also the project soak (see scripts/test.mjs, e2e.mjs and soak.mjs).

const support = "<rootDir>/test/support/jest";

const transform = {
  "@(platformatic|seriousme)/.+\\.js$": ["@swc/jest", { jsc: { target: "es2022" } }],
  "^.+\\.(ts|mjs)$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
};

/** @param {string} displayName @param {string[]} roots @param {object} [options] */
const project = (displayName, roots, options = { testEnvironment: `${support}/program-environment.ts` }) => ({
  displayName,
  roots: roots.map((root) => `<rootDir>/${root}`),
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  setupFilesAfterEnv: [`${support}/end-measurements.ts`],
  transform,
  transformIgnorePatterns: ["/node_modules/(?!.*@(platformatic|seriousme)/)"], // ES modules alone,
  ...options,
});

export default {
  // A hook may start five processes on a machine that has other work.
  testTimeout: 30_000,
  projects: [
    project("unit", ["packages", "functions", "scripts", "bench"], {
      setupFilesAfterEnv: [`${support}/quiet-handlers.ts`, `${support}/end-measurements.ts`],
    }),
    project("conformance", ["test/conformance"]),
    project("gateway", ["test/gateway"]),
    project("e2e", ["test/e2e"]),
    project("soak", ["test/soak"]),
  ],
};
