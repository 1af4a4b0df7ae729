import type { BuildView } from "../dashboard/view.ts";
import type { FunctionCatalog } from "../http/function-catalog.ts";
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
  functions: readonly StackFunction[];
  targets: FunctionCatalog;
  stack: string;
  /** Serves a function by what is built now; rejects when that does not start. */
  reload(name: string): Promise<void>;
  /** Takes a line for the user. */
  say(line: string): void;
}

/** Whether `npm run dev` has started this process: it has a channel for messages then. */
export function isDeveloping(): boolean {
  return process.send !== undefined;
}

/** Tells `npm run dev` which functions there are, and serves each new build of them. */
export function followBuilds({ functions, targets, stack, reload, say }: FollowBuildsOptions): void {
  process.on("message", (message: BuildMessage) => {
    for (const definition of functions) {
      if (definition.handler === message.handler) void follow(definition, message);
    }
  });
  const served = functions.map(({ name, handler }) => ({ name, handler }));
  const message: ServedMessage = { type: "served", stack, functions: served };
  process.send?.(message);

  async function follow(definition: StackFunction, { changed, problem }: BuildMessage): Promise<void> {
    const { name, namespace } = definition;
    const target = targets.get(name, namespace);
    const reloadedAt = target?.build?.reloadedAt ?? null;
    show(definition, { reloadedAt, problem });
    // A function that did not build before may be repaired to the very bundle that is in its folder.
    const isRepaired = target?.refusal !== undefined && problem === "";
    if (!changed && !isRepaired) return;
    const start = performance.now();
    try {
      await reload(name);
      // The type check may have said something meanwhile.
      show(definition, {
        reloadedAt: Date.now(),
        problem: targets.get(name, namespace)?.build?.problem ?? problem,
      });
      say(`${name}: reloaded in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      const { message } = error as Error;
      show(definition, { reloadedAt, problem: message });
      say(`${name}: ${message}; the previous build goes on serving`);
    }
  }

  function show({ name, namespace }: StackFunction, build: BuildView): void {
    const target = targets.get(name, namespace);
    if (target !== undefined) target.build = build;
  }
}
