import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repo. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const minNodeVersion = 20;
const stamp = join(root, "node_modules", ".installed-from");
const lockfilePath = join(root, "pnpm-lock.yaml");

/**
 * Installs the dependencies with the pnpm version of package.json, unless nothing has changed since the last installation.
 * Updates the lockfile when a package.json of the workspace has changed; in CI, the lockfile is frozen. Exits the process
 * with a message when the installation fails.
 */
export function install() {
  if (Number(process.versions.node.split(".")[0]) < minNodeVersion) {
    fail(`Node.js ${minNodeVersion} or later is required; this is ${process.version}.`);
  }
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint()) return;
  requireWritable(stamp);
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  console.log(`Installing the dependencies with ${packageManager} (the first time takes about 20 seconds) …`);
  const lockfile = readFileSync(lockfilePath, "utf8");
  const frozen = process.env.CI ? ["--frozen-lockfile"] : [];
  run("npx", ["--yes", packageManager, "install", ...frozen, "--reporter=append-only"], {
    failure: "Installing the dependencies failed; see the lines above. Is the npm registry reachable?",
  });
  if (readFileSync(lockfilePath, "utf8") !== lockfile) console.log("Updated pnpm-lock.yaml; commit it.");
  writeFileSync(stamp, fingerprint());
}

/**
 * Exits the process with a message when a file cannot be written, as in a read-only checkout.
 * @param {string} file
 */
export function requireWritable(file) {
  let nearest = file;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const reason = "the checkout is read-only or belongs to another user";
    fail(`${nearest} cannot be written; ${reason} (${code})`);
  }
}

/**
 * Runs a command in the repo's folder; exits the process when the command fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ failure: string, env?: NodeJS.ProcessEnv }} options
 */
export function run(command, args, { failure, env = process.env }) {
  const status = runToEnd(command, args, env);
  if (status !== 0) fail(failure, status);
}

/**
 * Runs a command in the repo's folder and returns its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runToEnd(command, args, env = process.env) {
  const shell = process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", env, shell });
  if (error) fail(`${command} cannot be run: ${error.message}`);
  return status ?? 1;
}

/** @param {string} sentence @param {number} [status] @returns {never} */
export function fail(sentence, status = 1) {
  console.error(sentence);
  process.exit(status);
}

/** A digest of the inputs of an installation: the lockfile and every package.json of the workspace. */
function fingerprint() {
  const hash = createHash("sha256");
  const manifests = workspaceFolders().map((folder) => join(folder, "package.json"));
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.update(`${process.platform} ${process.arch}`).digest("hex");
}

/** Lists the package folders of pnpm-workspace.yaml. */
function workspaceFolders() {
  const patterns = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8").matchAll(
    /^ {2}- ([\w/-]+)(\/\*)?$/gm,
  );
  return [...patterns]
    .flatMap(([, folder = "", all]) => (all === undefined ? [folder] : listFolders(folder)))
    .filter((folder) => existsSync(join(root, folder, "package.json")));
}

/** @param {string} folder */
function listFolders(folder) {
  return readdirSync(join(root, folder))
    .sort()
    .map((name) => join(folder, name));
}
// The hook "postinstall": `npm install` installs nothing (see .npmrc), so this script does. pnpm has installed everything.
if (
  process.argv[1] === fileURLToPath(import.meta.url) &&
  !process.env.npm_config_user_agent?.startsWith("pnpm")
)
  install();
