/** The result of a command. */
export interface CommandResult {
  /** The exit code; 127 when the program does not exist. */
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

/** A running command that the caller stops. */
export interface RunningCommand {
  /** Called with each line of standard output and error. */
  onLine(listener: (line: string) => void): void;
  ended: Promise<number>;
  stop(): void;
}

/** Runs other programs. */
export interface Runner {
  /** Runs a command and captures its output. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<CommandResult>;
  /** Runs a command and shows its output. @returns the exit code */
  show(command: string, args: readonly string[], options?: RunOptions): Promise<number>;
  start(command: string, args: readonly string[]): RunningCommand;
}
