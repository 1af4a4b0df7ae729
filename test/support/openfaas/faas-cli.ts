import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandOptions, type CommandResult, run } from "../process/command.ts";

/** Whether faas-cli is on the PATH. */
export function hasFaasCli(): boolean {
  try {
    execFileSync("faas-cli", ["version", "--short-version", "--warn-update=false"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** faas-cli for one gateway, with a login file of its own, which is removed when it is disposed of. */
export interface FaasCli extends Disposable {
  /** The folder of its login file (OPENFAAS_CONFIG). */
  config: string;
  /** Runs it. Resolves for every exit code. */
  run(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Runs it. Returns its output; rejects with the output if it fails. */
  succeed(args: readonly string[], options?: CommandOptions): Promise<string>;
  /** Returns the names in the table of a command such as `list` or `secret list`, sorted. */
  names(...args: string[]): Promise<string[]>;
}

/** Creates faas-cli for the gateway of a URL. */
export function createFaasCli(url: string): FaasCli {
  const config = mkdtempSync(join(tmpdir(), "faas-cli-"));
  const runCli: FaasCli["run"] = (args, options = {}) =>
    run("faas-cli", args, {
      cwd: config,
      ...options,
      env: { ...options.env, OPENFAAS_URL: url, OPENFAAS_CONFIG: config },
    });
  const succeed: FaasCli["succeed"] = async (args, options) => {
    const { code, stdout, stderr } = await runCli(args, options);
    if (code === 0) return `${stdout}${stderr}`;
    throw new Error(`faas-cli ${args.join(" ")} exited with ${code}:\n${stdout}${stderr}`);
  };
  return {
    config,
    run: runCli,
    succeed,
    async names(...args) {
      const lines = (await succeed(args)).trim().split("\n");
      const head = lines.findIndex((line) => /^(Function|NAME)\b/.test(line));
      const rows = head < 0 ? [] : lines.slice(head + 1);
      return rows.map((line) => line.trim().split(/\s+/)[0] ?? "").sort();
    },
    [Symbol.dispose]: () => rmSync(config, { recursive: true }),
  };
}
