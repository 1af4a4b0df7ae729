import { spawn } from "node:child_process";

/** The output and the exit code of a command. */
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
  /** Milliseconds after which it is killed; its code is then null. */
  timeout?: number;
  /** Kills it and rejects. */
  signal?: AbortSignal;
}

/** Runs a command until it exits, at most until the end of the test file. */
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
    const registration: AsyncDisposable = {
      async [Symbol.asyncDispose]() {
        child.kill();
        // Its own children may keep the pipes open, and Jest would wait for them.
        for (const stream of child.stdio) stream?.destroy();
      },
    };
    globalThis.startedPrograms?.add(registration);
    child.on("error", reject);
    child.on("close", (code) => {
      globalThis.startedPrograms?.delete(registration);
      resolve({ ...result, code });
    });
    child.stdin.on("error", () => undefined); // the command may not read it
    child.stdin.end(input);
  });
}

/** Runs a command until it exits. Resolves with its standard output. If it fails, rejects with the end of its output. */
export async function succeed(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  const output = `${stdout}${stderr}`.trim().slice(-6_000);
  throw new Error(`${command} ${args.join(" ")} exited with ${code}:\n${output}`);
}
