import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../install.mjs";

/** Checks the types of one function beside everything else; a new check ends the one before it. */
export class TypeCheck {
  #project;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;

  /** @param {string} folder the function's, with its tsconfig.json */
  constructor(folder) {
    this.#project = join(folder, "tsconfig.json");
  }

  /** Ends a check that runs: it may have read files that have changed since. */
  cancel() {
    this.#child?.kill();
    this.#child = undefined;
  }

  /**
   * The compiler's messages; empty when the types are right, undefined when it was cancelled.
   *
   * @returns {Promise<string | undefined>}
   */
  async run() {
    this.cancel();
    if (!existsSync(this.#project)) return "";
    const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
    const child = spawn(
      join(root, "node_modules", ".bin", "tsc"),
      ["-p", this.#project, "--noEmit", "--pretty", String(colour)],
      { cwd: root, stdio: ["ignore", "pipe", "inherit"], shell: process.platform === "win32" },
    );
    this.#child = child;
    // The restart of the function goes first.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
    if (child !== this.#child || code === null) return undefined;
    return code === 0 ? "" : output.trim();
  }
}
