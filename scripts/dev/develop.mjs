import { resolve, sep } from "node:path";
import { root } from "../install.mjs";
import { FunctionBuilder } from "./function-builder.mjs";
import { findPackages, SourceWatch, shortPath } from "./source-watch.mjs";
import { TypeCheck } from "./type-check.mjs";

/** @import { BuildMessage, ServedMessage } from "../../packages/gateway/src/local/follow-builds.ts" */

/** Debounce time for saves, in milliseconds, because editors save several files at once. */
const settleMs = 20;

/**
 * Rebuilds the functions of a gateway when one of their files is saved.
 *
 * @param {ServedMessage} served
 * @param {string | undefined} inspected the function to build for a debugger
 * @param {(message: BuildMessage) => void} tell sends a message to the gateway
 */
export async function develop({ stack, functions }, inspected, tell) {
  const handlers = [...new Set(functions.map(({ handler }) => handler))];
  const readable = functions.find(({ name }) => name === inspected)?.handler;
  const builders = (
    await Promise.all(handlers.map((handler) => FunctionBuilder.of(handler, handler === readable)))
  ).filter((builder) => builder !== undefined);
  /** @type {Set<string>} */
  const saved = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const watch = await SourceWatch.start((file) => {
    saved.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...saved];
      saved.clear();
      if (files.includes(stack))
        console.log(`${shortPath(stack)} has changed: start npm run dev again to use it`);
      for (const development of developments) development.follow(files);
    }, settleMs);
  });
  watch.addFile(stack);
  const developments = builders.map((builder) => new Development(builder, watch, tell));
  await Promise.all(developments.map((development) => development.start()));
  const names = builders.map(({ name }) => name).join(", ");
  console.log(`Watching the source of ${names || "no function"}`);
}

/** One function under development: its builds and type checks, and their reports to the gateway. */
class Development {
  #builder;
  #watch;
  #tell;
  #types;
  #buildProblem = "";
  #typeProblem = "";
  /** The packages in the bundle. @type {Set<string>} */
  #packages;
  /** @type {Promise<void>} */
  #building = Promise.resolve();

  /**
   * @param {FunctionBuilder} builder
   * @param {SourceWatch} watch
   * @param {(message: BuildMessage) => void} tell
   */
  constructor(builder, watch, tell) {
    this.#builder = builder;
    this.#watch = watch;
    this.#tell = tell;
    this.#types = new TypeCheck(builder.folder);
    this.#packages = new Set([builder.folder]);
  }

  /** Runs the first build, which determines the packages to watch. */
  start() {
    return this.#build();
  }

  /** Rebuilds when one of the saved files belongs to the bundle. @param {readonly string[]} files */
  follow(files) {
    if (files.some((file) => this.#builder.affects(file))) {
      this.#types.cancel();
      this.#building = this.#building.then(() => this.#build());
    }
    // Files with only types are not in the bundle.
    const isSource = (/** @type {string} */ file) =>
      file.endsWith(".ts") && [...this.#packages].some((folder) => file.startsWith(`${folder}${sep}`));
    if (files.some(isSource)) void this.#building.then(() => this.#checkTypes());
  }

  async #build() {
    const { changed, errors } = await this.#builder.build();
    const esbuild = await import("esbuild");
    for (const text of await esbuild.formatMessages([...errors], {
      kind: "error",
      color: process.stdout.isTTY,
    })) {
      console.error(text.trimEnd());
    }
    if (errors.length > 0)
      console.error(`${this.#builder.name}: the build failed; the last good build goes on serving`);
    const [first] = errors;
    this.#buildProblem = first === undefined ? "" : `build error: ${first.text}`;
    const broken = errors.flatMap(({ location }) =>
      location === null ? [] : [resolve(root, location.file)],
    );
    for (const folder of findPackages([...this.#builder.inputs, ...broken])) this.#packages.add(folder);
    this.#watch.addFolders(this.#packages);
    this.#report(changed);
  }

  async #checkTypes() {
    // The compiler would repeat the build errors.
    if (this.#builder.failed) return;
    const output = await this.#types.run();
    if (output === undefined) return;
    const previous = this.#typeProblem;
    this.#typeProblem = output === "" ? "" : `type error: ${plain(output.split("\n", 1)[0] ?? "")}`;
    if (output !== "") console.error(`${output}\n${this.#builder.name}: type errors; the new build serves`);
    else if (previous !== "") console.log(`${this.#builder.name}: type errors fixed`);
    if (previous !== this.#typeProblem) this.#report(false);
  }

  /** @param {boolean} changed */
  #report(changed) {
    const problem = this.#buildProblem || this.#typeProblem;
    this.#tell({ type: "build", handler: this.#builder.handler, changed, problem });
  }
}

/** Removes colours. @param {string} text */
function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
  return text.replace(/\u001b\[[\d;]*m/g, "");
}
