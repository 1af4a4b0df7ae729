/** How a command ended. */
export interface CommandResult {
  /** 127 when there is no such program. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Standard input. */
  input?: string;
  /** Variables in addition to those of this process. */
  env?: Readonly<Record<string, string>>;
}

/** A command that runs until it is stopped. */
export interface RunningCommand {
  /** Called with each line of standard output and error. */
  onLine(listener: (line: string) => void): void;
  ended: Promise<number>;
  stop(): void;
}

/** The port to other programs. */
export interface Runner {
  /** Runs a command to its end, and collects its output. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<CommandResult>;
  /** Runs a command to its end, and shows its output; resolves with the exit code. */
  show(command: string, args: readonly string[], options?: RunOptions): Promise<number>;
  start(command: string, args: readonly string[]): RunningCommand;
}
