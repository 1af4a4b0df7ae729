import { spawn } from "node:child_process";

/** A child process. Disposal ends it. */
export interface SupervisedProgram extends AsyncDisposable {
  /** Resolves with its exit code or error, and the last part of its standard error. */
  ended: Promise<string>;
}

/** Runs `$PROGRAM`, and kills it when standard input closes because the parent process is gone. */
const script = `
exec 3<&0 </dev/null
"$PROGRAM" "$@" 3<&- &
program=$!
{ read -r _ <&3; kill -9 "$program"; } 2>/dev/null &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
`;

/**
 * Starts a program that ends with this process, even after SIGKILL. A shell supervises it, because a shell needs little
 * memory and survives `killall node`.
 */
export function startSupervisedProgram(program: string, args: readonly string[]): SupervisedProgram {
  const isWindows = process.platform === "win32";
  const [command, ...first] = isWindows ? [program] : ["/bin/sh", "-c", script, "sh"];
  const child = spawn(command as string, [...first, ...args], {
    env: { ...process.env, PROGRAM: program },
    stdio: ["pipe", "ignore", "pipe"],
    detached: true, // a separate process group: Ctrl-C reaches only this process, which then ends the program
  });
  let errorOutput = "";
  child.stderr?.on("data", (chunk) => {
    errorOutput = `${errorOutput}${chunk}`.slice(-2000);
  });
  child.stdin?.on("error", () => undefined); // the program may have ended already
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`${signal ?? `exit code ${code}`} ${errorOutput}`.trim()));
  });
  return {
    ended,
    async [Symbol.asyncDispose]() {
      child.stdin?.end();
      if (isWindows) child.kill();
      await ended;
    },
  };
}
