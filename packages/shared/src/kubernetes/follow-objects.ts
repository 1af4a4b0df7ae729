import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { Backoff } from "../clients/backoff.ts";
import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";
import type { KubernetesClient, WatchEvent } from "./kubernetes-client.ts";
import { KubernetesError } from "./kubernetes-error.ts";

/** Options of followObjects. */
export interface FollowOptions<T> {
  client: Pick<KubernetesClient, "get" | "watch">;
  /** The path of a collection, such as /apis/apps/v1/namespaces/data/deployments. */
  path: string;
  /** Selects objects by their labels; unset: all. */
  labelSelector?: string;
  /** Parses an object. If it throws, the object is skipped, with a warning in the log. */
  parse(object: unknown): T;
  /** Called with the objects by name, after the first list and after each change. */
  onChange(objects: ReadonlyMap<string, T>): void;
  log: Logger;
}

const backoffMs = { firstMs: 100, longestMs: 5_000 };
/** A watch that lasted this long resets the backoff. */
const lastingMs = 10_000;

const listSchema = v.object({
  metadata: v.object({ resourceVersion: v.string() }),
  items: v.array(v.unknown()),
});
const objectSchema = v.object({
  metadata: v.object({ name: v.optional(v.string(), ""), resourceVersion: v.string() }),
});
const statusSchema = v.object({
  code: v.optional(v.number(), 500),
  reason: v.optional(v.string(), ""),
  message: v.optional(v.string(), "the watch failed"),
});

/**
 * Follows a collection of a namespace: lists it, then watches its changes. After a failure (an expired version, a lost connection,
 * an unreachable API), it lists again with exponential backoff. Until then, the objects stay unchanged. Disposing of it ends the
 * watch.
 */
export function followObjects<T>(options: FollowOptions<T>): AsyncDisposable {
  const { path, log } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  const backoff = new Backoff(backoffMs);

  async function follow(): Promise<void> {
    let objects: FollowedList<T> | undefined;
    while (!signal.aborted) {
      const start = performance.now();
      try {
        objects ??= await FollowedList.of(options, signal);
        await objects.watch(signal);
      } catch (error) {
        objects = undefined;
        if (!signal.aborted) log.warn({ path, error: describeError(error) }, "watch_failed");
      }
      if (performance.now() - start > lastingMs) backoff.reset();
      const pauseMs = backoff.next() * (0.75 + Math.random() / 4);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const ended = follow();
  return {
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await ended;
    },
  };
}

/** The objects of a list, and their latest version. */
class FollowedList<T> {
  readonly #options: FollowOptions<T>;
  readonly #objects = new Map<string, T>();
  #version: string;

  private constructor(options: FollowOptions<T>, version: string) {
    this.#options = options;
    this.#version = version;
  }

  static async of<Item>(options: FollowOptions<Item>, signal: AbortSignal): Promise<FollowedList<Item>> {
    const { client, path, labelSelector } = options;
    const { metadata, items } = v.parse(listSchema, await client.get(path, { labelSelector }, signal));
    const list = new FollowedList(options, metadata.resourceVersion);
    for (const item of items) list.#set(item);
    options.onChange(list.#objects);
    return list;
  }

  /** Follows the changes until the server ends the watch. */
  async watch(signal: AbortSignal): Promise<void> {
    const { client, path, labelSelector } = this.#options;
    const query = { labelSelector, resourceVersion: this.#version };
    for await (const event of client.watch(path, query, signal)) this.#apply(event);
  }

  #apply({ type, object }: WatchEvent): void {
    if (type === "ERROR") {
      const { code: status, reason, message } = v.parse(statusSchema, object);
      throw new KubernetesError({ status, reason, message });
    }
    const { name, resourceVersion } = v.parse(objectSchema, object).metadata;
    this.#version = resourceVersion;
    if (type === "BOOKMARK") return;
    if (type === "DELETED") this.#objects.delete(name);
    else this.#set(object);
    this.#options.onChange(this.#objects);
  }

  #set(object: unknown): void {
    const { parse, path, log } = this.#options;
    const { name } = v.parse(objectSchema, object).metadata;
    try {
      this.#objects.set(name, parse(object));
    } catch (error) {
      this.#objects.delete(name);
      log.warn({ path, object: name, error: describeError(error) }, "object_skipped");
    }
  }
}
