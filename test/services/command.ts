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
}

/** Runs a command to its end. */
export function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, env = {}, input = "", timeout } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd ? { cwd } : {}),
      ...(timeout ? { timeout } : {}),
      env: { ...process.env, ...env },
    });
    const result: CommandResult = { code: null, stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      result.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      result.stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...result, code }));
    child.stdin.on("error", () => undefined); // a command that does not read it
    child.stdin.end(input);
  });
}
