import type { LocalFunction, LocalFunctions } from "./local-functions.ts";
import type { StackFunction } from "./stack.ts";

/** The message to `npm run dev` with the served functions. */
export interface ServedMessage {
  type: "served";
  /** The stack file, absolute. */
  stack: string;
  functions: { name: string; handler: string }[];
}

/** The message from `npm run dev` with the state of a folder's code. */
export interface BuildMessage {
  type: "build";
  /** The folder with handler.js, absolute. */
  handler: string;
  /** Whether handler.js has changed. */
  changed: boolean;
  /** The first line of a build or type error; empty without one. */
  problem: string;
}

/** Options of followBuilds. */
export interface FollowBuildsOptions {
  definitions: readonly StackFunction[];
  functions: LocalFunctions;
  stack: string;
  /** Prints a line for the user. */
  say(line: string): void;
}

/** Whether `npm run dev` started this process, which then has an IPC channel. */
export function isDeveloping(): boolean {
  return process.send !== undefined;
}

/** Sends the served functions to `npm run dev`, and reloads each new build. */
export function followBuilds({ definitions, functions, stack, say }: FollowBuildsOptions): void {
  process.on("message", (message: BuildMessage) => {
    for (const target of functions.catalog.values()) {
      if (target.definition.handler === message.handler) void follow(target, message);
    }
  });
  const served = definitions.map(({ name, handler }) => ({ name, handler }));
  const servedMessage: ServedMessage = { type: "served", stack, functions: served };
  process.send?.(servedMessage);

  async function follow(target: LocalFunction, { changed, problem }: BuildMessage): Promise<void> {
    const { name } = target.definition;
    const reloadedAt = target.build?.reloadedAt ?? null;
    target.build = { reloadedAt, problem };
    // A repaired function may have the same bundle as before the build error.
    const isRepaired = target.refusal !== undefined && problem === "";
    if (!changed && !isRepaired) return;
    const start = performance.now();
    try {
      const reloaded = await functions.reload(target);
      // The type check may have reported an error in the meantime.
      reloaded.build = { reloadedAt: Date.now(), problem: reloaded.build?.problem ?? problem };
      say(`${name}: reloaded in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      const { message } = error as Error;
      target.build = { reloadedAt, problem: message };
      say(`${name}: ${message}; the previous build goes on serving`);
    }
  }
}
