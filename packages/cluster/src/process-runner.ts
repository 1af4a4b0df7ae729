import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Runner, RunOptions } from "./runner.ts";

const missingProgram = 127;

/**
 * Creates a runner of real programs. The signal stops the programs of `run` and `show`.
 * @param folder the working directory
 */
export function createProcessRunner(folder: string, signal: AbortSignal): Runner {
  const settings = ({ env = {} }: RunOptions) => ({ cwd: folder, env: { ...process.env, ...env }, signal });
  return {
    run(command, args, options = {}) {
      const child = spawn(command, args, { ...settings(options), stdio: "pipe" });
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        stdout += chunk;
      });
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        stderr += chunk;
      });
      child.stdin.on("error", () => undefined); // the program may not read its input
      child.stdin.end(options.input ?? "");
      return exitCode(child, signal).then((code) => ({ code, stdout, stderr }));
    },
    show(command, args, options = {}) {
      const child = spawn(command, args, { ...settings(options), stdio: ["ignore", "inherit", "inherit"] });
      return exitCode(child, signal);
    },
    start(command, args) {
      const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      return {
        onLine(listener) {
          for (const stream of [child.stdout, child.stderr])
            createInterface({ input: stream }).on("line", listener);
        },
        ended: exitCode(child),
        stop: () => void child.kill(),
      };
    },
  };
}

function exitCode(child: ChildProcess, signal?: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason);
      else if (error.code === "ENOENT" || error.code === "EACCES") resolve(missingProgram);
      else reject(error);
    });
    child.on("close", (code) => {
      if (signal?.aborted) reject(signal.reason);
      else resolve(code ?? 1);
    });
  });
}
