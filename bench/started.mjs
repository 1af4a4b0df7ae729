import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * What a benchmark has started; it is ended the other way round.
 *
 * @param {AbortSignal} signal
 */
export function startedOf(signal) {
  /** @type {(() => unknown)[]} the latest first */
  const ends = [];
  return {
    /** @template {AsyncDisposable} Started @param {Promise<Started> | Started} starting @returns {Promise<Started>} */
    async keep(starting) {
      const started = await starting;
      ends.unshift(() => started[Symbol.asyncDispose]());
      signal.throwIfAborted();
      return started;
    },
    /** Has something done at the end. */
    atEnd: (/** @type {() => unknown} */ end) => void ends.unshift(end),
    async end() {
      for (const end of ends) await end();
    },
  };
}

/**
 * A program of bench/ in a process of its own, which answers each line of JSON with another.
 *
 * @param {string} program
 * @param {readonly string[]} [args]
 */
export function startLineProgram(program, args = []) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {unknown} task @returns {Promise<Record<string, number>>} */
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} ended; what it printed says why`);
      return JSON.parse(value);
    },
    end: () => void child.stdin.end(),
  };
}
