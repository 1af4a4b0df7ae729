import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * Tracks everything that a benchmark has started, and stops it in reverse order at the end or when the signal aborts.
 *
 * @param {AbortSignal} signal
 */
export function trackStarted(signal) {
  /** @type {(() => unknown)[]} the latest first */
  const ends = [];
  let ending = Promise.resolve();
  /** Stops everything started so far. A second call waits for the first, then stops what was started in between. */
  const end = () => {
    ending = ending.then(async () => {
      for (let next = ends.shift(); next !== undefined; next = ends.shift()) await next();
    });
    return ending;
  };
  // The benchmark awaits its own call of end() and receives the errors.
  signal.addEventListener("abort", () => void end().catch(() => undefined));
  return {
    /** @template {AsyncDisposable} Started @param {Promise<Started> | Started} starting @returns {Promise<Started>} */
    async use(starting) {
      const started = await starting;
      ends.unshift(() => started[Symbol.asyncDispose]());
      signal.throwIfAborted();
      return started;
    },
    /** Registers work for the end. */
    defer: (/** @type {() => unknown} */ work) => void ends.unshift(work),
    /** Starts a program of bench/ (see startLineProgram). */
    lineProgram(/** @type {string} */ program, /** @type {readonly string[]} */ args = []) {
      const started = startLineProgram(program, args, signal);
      ends.unshift(started.end);
      return started;
    },
    end,
  };
}

/**
 * Starts a program of bench/ in a separate process, which answers each line of JSON with another. An abort kills it
 * immediately, so that it does not report the loss of the measured servers.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {AbortSignal} signal
 */
function startLineProgram(program, args, signal) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  child.stdin.on("error", () => undefined); // the program has exited; ask() reports that
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  signal.addEventListener("abort", () => void child.kill("SIGKILL"));
  return {
    /** @param {unknown} task @returns {Promise<Record<string, number>>} */
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} exited; see its output`);
      return JSON.parse(value);
    },
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
