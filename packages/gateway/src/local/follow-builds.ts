import { FunctionProcess } from "./function-process.ts";
import type { StartedGateway } from "./gateway.ts";
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
  gateway: Pick<StartedGateway, "functions" | "startFunction">;
  functions: readonly StackFunction[];
  stack: string;
  /** Takes a line for the user. */
  say(line: string): void;
}

/** Whether `npm run dev` has started this process: it has a channel for messages then. */
export function isDeveloping(): boolean {
  return process.send !== undefined;
}

/** Tells `npm run dev` which functions there are, and serves each new build of them. */
export function followBuilds({ gateway, functions, stack, say }: FollowBuildsOptions): void {
  process.on("message", ({ handler, changed, problem }: BuildMessage) => {
    for (const definition of functions) {
      if (definition.handler !== handler) continue;
      const target = gateway.functions.get(definition.name);
      if (target instanceof FunctionProcess) void follow(target, changed, problem);
      else if (changed || problem === "") start(definition);
    }
  });
  const served = functions.map(({ name, handler }) => ({ name, handler }));
  const message: ServedMessage = { type: "served", stack, functions: served };
  process.send?.(message);

  /** The first good build of a function that did not build when the gateway started. */
  function start(definition: StackFunction): void {
    gateway.startFunction(definition).build = { reloadedAt: Date.now(), problem: "" };
    say(`${definition.name}: built and started`);
  }

  async function follow(target: FunctionProcess, changed: boolean, problem: string): Promise<void> {
    const reloadedAt = target.build?.reloadedAt ?? null;
    target.build = { reloadedAt, problem };
    if (!changed) return;
    const { name } = target.definition;
    const start = performance.now();
    try {
      await target.replace();
      target.build = { ...target.build, reloadedAt: Date.now() };
      say(`${name}: reloaded in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      target.build = { reloadedAt, problem: (error as Error).message };
      say(`${name}: ${(error as Error).message}; the previous build goes on serving`);
    }
  }
}
