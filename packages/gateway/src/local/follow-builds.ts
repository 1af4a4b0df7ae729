import type { LocalFunction, LocalFunctions } from "./local-functions.ts";
import type { StackFunction } from "./stack.ts";

/** What the gateway tells `npm run dev`: which functions it serves. */
export interface ServedMessage {
  type: "served";
  /** The stack file, absolute. */
  stack: string;
  functions: { name: string; handler: string }[];
}

/** What `npm run dev` tells the gateway: how the code of the functions in a folder is now. */
export interface BuildMessage {
  type: "build";
  /** The folder with handler.js, absolute. */
  handler: string;
  /** Whether there is a new handler.js. */
  changed: boolean;
  /** The first line of a build or type error; empty without one. */
  problem: string;
}

/** What builds are followed for. */
export interface FollowBuildsOptions {
  definitions: readonly StackFunction[];
  functions: LocalFunctions;
  stack: string;
  /** Takes a line for the user. */
  say(line: string): void;
}

/** Whether `npm run dev` has started this process: it has a channel for messages then. */
export function isDeveloping(): boolean {
  return process.send !== undefined;
}

/** Tells `npm run dev` which functions there are, and serves each new build of them. */
export function followBuilds({ definitions, functions, stack, say }: FollowBuildsOptions): void {
  process.on("message", (message: BuildMessage) => {
    for (const target of functions.catalog.values()) {
      if (target.definition.handler === message.handler) void follow(target, message);
    }
  });
  const served = definitions.map(({ name, handler }) => ({ name, handler }));
  const message: ServedMessage = { type: "served", stack, functions: served };
  process.send?.(message);

  async function follow(target: LocalFunction, { changed, problem }: BuildMessage): Promise<void> {
    const { name } = target.definition;
    const reloadedAt = target.build?.reloadedAt ?? null;
    target.build = { reloadedAt, problem };
    // A function that did not build before may be repaired to the very bundle that is in its folder.
    const isRepaired = target.refusal !== undefined && problem === "";
    if (!changed && !isRepaired) return;
    const start = performance.now();
    try {
      const reloaded = await functions.reload(target);
      // The type check may have said something meanwhile.
      reloaded.build = { reloadedAt: Date.now(), problem: reloaded.build?.problem ?? problem };
      say(`${name}: reloaded in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      const { message } = error as Error;
      target.build = { reloadedAt, problem: message };
      say(`${name}: ${message}; the previous build goes on serving`);
    }
  }
}
