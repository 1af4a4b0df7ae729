import type { FunctionChild, Patience } from "./function-child.ts";

/** Processes of a function that get no new calls, and end after those in flight. */
export class Retirements {
  readonly #children = new Map<FunctionChild, Promise<void>>();

  /** Resolves when the process has ended. */
  add(child: FunctionChild, within: Patience): Promise<void> {
    const retirement = child.retire(within).finally(() => this.#children.delete(child));
    this.#children.set(child, retirement);
    return retirement;
  }

  find(port: number): FunctionChild | undefined {
    return [...this.#children.keys()].find((child) => child.port === port);
  }

  /** Ends them now, whatever they do: SIGTERM, then SIGKILL after so many milliseconds. */
  async stop(patience: number): Promise<void> {
    const retiring = [...this.#children];
    await Promise.all(retiring.flatMap(([child, retirement]) => [child.stop(patience), retirement]));
  }
}
