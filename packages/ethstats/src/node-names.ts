import type { Hello } from "./payloads.ts";

/**
 * The names under which nodes are in the list. Besu and Nethermind have an id beside the name, so two nodes that were
 * given one name can be told apart: the second is `NAME (last 6 characters of its id)`.
 */
export class NodeNames {
  readonly #names = new Map<string, string>();
  readonly #ids = new Map<string, string>();

  /** The name of the node that introduces itself. A node that is offline leaves its name to one with another id. */
  assign({ id, info }: Hello, isOnline: (name: string) => boolean): string {
    if (id === null) return info.name;
    const distinct = `${info.name} (${id.slice(-6)})`;
    const earlier = this.#names.get(id);
    if (earlier === info.name || earlier === distinct) return earlier;
    const owner = this.#ids.get(info.name);
    const taken = owner !== undefined && owner !== id && isOnline(info.name);
    const name = taken ? distinct : info.name;
    this.forget(name);
    this.#names.set(id, name);
    this.#ids.set(name, id);
    return name;
  }

  /** The node is no longer in the list. */
  forget(name: string): void {
    const id = this.#ids.get(name);
    this.#ids.delete(name);
    if (id !== undefined && this.#names.get(id) === name) this.#names.delete(id);
  }
}
