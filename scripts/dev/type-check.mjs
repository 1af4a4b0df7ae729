import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../install.mjs";

/** Checks the types of one function in the background; a new check cancels the previous one. */
export class TypeCheck {
  #project;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;

  /** @param {string} folder the folder of the function, with its tsconfig.json */
  constructor(folder) {
    this.#project = join(folder, "tsconfig.json");
  }

  /** Cancels a running check, because files that it has read may have changed. */
  cancel() {
    this.#child?.kill();
    this.#child = undefined;
  }

  /**
   * Returns the compiler's messages; empty without errors, undefined after a cancellation.
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
    // The restart of the function has priority.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
    if (child !== this.#child || code === null) return undefined;
    return code === 0 ? "" : output.trim();
  }
}
