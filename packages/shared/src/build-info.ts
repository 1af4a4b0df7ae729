/** The version and commit of a program. */
export interface BuildInfo {
  /** The version in package.json; 0.0.0-dev without a bundle, as in tests. */
  version: string;
  /** The first twelve digits of the commit; "unknown" if the build had none. */
  commit: string;
}

/** The build of this program. scripts/bundle.mjs replaces the two variables with constants. */
export const buildInfo: BuildInfo = {
  version: process.env.BUILD_VERSION || "0.0.0-dev",
  commit: process.env.BUILD_COMMIT || "unknown",
};
