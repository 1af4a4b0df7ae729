/** The number of colours in producers.css. */
const colours = 8;

/** Assigns a lasting colour to each account that produces blocks. */
export class ProducerColours {
  readonly #classes = new Map<string, string>();

  /** Assigns colours to new accounts in the order of their addresses, so that all pages choose the same. */
  learn(addresses: Iterable<string>): void {
    const unknown = [...new Set([...addresses].map((address) => address.toLowerCase()))]
      .filter((address) => !this.#classes.has(address))
      .sort();
    for (const address of unknown) this.#classes.set(address, `producer-${this.#classes.size % colours}`);
  }

  /** The class of an account, for `swatch` and `fill: var(--producer)`. */
  colourClass(address: string): string {
    this.learn([address]);
    return this.#classes.get(address.toLowerCase())!;
  }
}
