/** What a program was built from. */
export interface BuildInfo {
  /** The version in package.json; 0.0.0-dev where the code is not bundled, as in tests. */
  version: string;
  /** The first twelve digits of the commit; "unknown" where the build had none. */
  commit: string;
}

/** The build of this program: scripts/bundle.mjs puts constants in the place of the two variables. */
export const buildInfo: BuildInfo = {
  version: process.env.BUILD_VERSION || "0.0.0-dev",
  commit: process.env.BUILD_COMMIT || "unknown",
};
