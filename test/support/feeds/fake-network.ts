/** A post of a fake network. */
export interface FakePost {
  did: string;
  rkey: string;
  text: string;
  operation: "create" | "update" | "delete";
  /** When the post was written, in microseconds since 1970. */
  timeUs: number;
}

/** A network whose posts several fake servers publish. */
export class FakeNetwork {
  readonly posts: FakePost[] = [];
  readonly #listeners = new Set<() => void>();
  #lastUs = 0;

  /** Writes posts with these texts, and returns them. */
  post(...texts: readonly string[]): FakePost[] {
    const first = this.posts.length;
    const added = texts.map((text, index) => ({
      did: `did:plc:author${index % 7}`,
      rkey: `post${first + index}`,
      text,
      operation: "create" as const,
      timeUs: this.#now(),
    }));
    return this.#add(added);
  }

  /** Deletes a post. */
  delete({ did, rkey }: FakePost): void {
    this.#add([{ did, rkey, text: "", operation: "delete", timeUs: this.#now() }]);
  }

  /** Calls a function after each change, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Each post has a distinct time. */
  #now(): number {
    this.#lastUs = Math.max(this.#lastUs + 1, Date.now() * 1_000);
    return this.#lastUs;
  }

  #add(posts: FakePost[]): FakePost[] {
    this.posts.push(...posts);
    for (const listener of this.#listeners) listener();
    return posts;
  }
}

/** The at:// URI of a post. */
export function toPostUri({ did, rkey }: Pick<FakePost, "did" | "rkey">): string {
  return `at://${did}/app.bsky.feed.post/${rkey}`;
}
