import { spawn } from "node:child_process";

/** What a command printed and how it ended. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  cwd?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** Standard input. */
  input?: string;
  /** Milliseconds after which it is ended; its code is null then. */
  timeout?: number;
  /** Ends it and rejects. */
  signal?: AbortSignal;
}

/** Runs a command to its end, or to that of the test file. */
export function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env = {}, input = "", timeout, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd ? { cwd } : {}),
      ...(timeout ? { timeout } : {}),
      ...(signal ? { signal } : {}),
      env: { ...process.env, ...env },
    });
    const result: CommandResult = { code: null, stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      result.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      result.stderr += chunk;
    });
    const left: AsyncDisposable = {
      async [Symbol.asyncDispose]() {
        child.kill();
        // Its own children may hold the other ends, and Jest waits for them.
        for (const stream of child.stdio) stream?.destroy();
      },
    };
    globalThis.startedPrograms?.add(left);
    child.on("error", reject);
    child.on("close", (code) => {
      globalThis.startedPrograms?.delete(left);
      resolve({ ...result, code });
    });
    child.stdin.on("error", () => undefined); // a command that does not read it
    child.stdin.end(input);
  });
}

/** Runs a command to its end; resolves with its standard output, rejects with the end of all that it printed when it fails. */
export async function succeed(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  const output = `${stdout}${stderr}`.trim().slice(-6_000);
  throw new Error(`${command} ${args.join(" ")} left ${code}:\n${output}`);
}
