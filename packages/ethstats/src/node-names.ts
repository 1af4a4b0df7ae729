import type { Hello } from "./payloads.ts";

/**
 * Assigns the names of nodes in the list. Besu and Nethermind have an id besides the name, which distinguishes two nodes with
 * the same name: the second is `NAME (last 6 characters of its id)`.
 */
export class NodeNames {
  readonly #names = new Map<string, string>();
  readonly #ids = new Map<string, string>();

  /** Returns the name for a hello. The name of an offline node may be assigned to a node with another id. */
  assign({ id, info }: Hello, isOnline: (name: string) => boolean): string {
    if (id === null) return info.name;
    const distinct = `${info.name} (${id.slice(-6)})`;
    const earlier = this.#names.get(id);
    if (earlier === info.name || earlier === distinct) return earlier;
    const owner = this.#ids.get(info.name);
    const isTaken = owner !== undefined && owner !== id && isOnline(info.name);
    const name = isTaken ? distinct : info.name;
    this.forget(name);
    this.#names.set(id, name);
    this.#ids.set(name, id);
    return name;
  }

  /** Releases the name of a node that is no longer in the list. */
  forget(name: string): void {
    const id = this.#ids.get(name);
    this.#ids.delete(name);
    if (id !== undefined && this.#names.get(id) === name) this.#names.delete(id);
  }
}
