import type { CommandResult, Runner, RunOptions } from "../runner.ts";

type Answer = Partial<CommandResult> | undefined;

/** A fake runner: it records the command lines, and returns the answers of a test. */
export function createFakeRunner(answer: (line: string, options: RunOptions) => Answer = () => undefined) {
  const lines: string[] = [];
  const run = async (command: string, args: readonly string[], options: RunOptions = {}) => {
    const line = [command, ...args].join(" ");
    lines.push(line);
    return { code: 0, stdout: "", stderr: "", ...answer(line, options) };
  };
  const runner: Runner = {
    run,
    show: async (command, args, options) => (await run(command, args, options)).code,
    start() {
      throw new Error("the fake runner starts no programs");
    },
  };
  return { runner, lines };
}
