import { Agent } from "node:https";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import axios, { type AxiosResponse } from "axios";
import { hostOf, peerError } from "../clients/peer-error.ts";
import { withinTime } from "../clients/within-time.ts";
import { KubernetesError } from "./kubernetes-error.ts";
import { readServiceAccount } from "./service-account.ts";

/** Where the Kubernetes API is, and the service account that calls it. */
export interface KubernetesClientOptions {
  /** URL of the API server. */
  url: string;
  /** A folder with the files token and ca.crt, as Kubernetes mounts it. */
  account: string;
  /** The setting that has the URL, for error messages. */
  setting?: string;
}

/** Query parameters; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** A change that a watch reports. */
export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  /** The object after the change; for ERROR a Status. */
  object: unknown;
}

interface Call {
  query?: Query;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal | undefined;
}

const timeoutMs = 10_000;
const maxBytes = 64_000_000;
/** How long the server keeps a watch open. */
const longestWatchSeconds = 290;
/** The server sends a bookmark a minute on a watch without changes. */
const watchTimeoutMs = 90_000;
/** The owner of the fields that `apply` sets. */
const fieldManager = "gateway";

/**
 * A client of the Kubernetes API: JSON over REST, with the token and the authority of a pod's service account. Paths begin
 * with /api or /apis.
 *
 * All methods throw KubernetesError when the API refuses, and an error of a peer (502, 503, 504) when it is out of reach.
 *
 * @example
 * const deployments = "/apis/apps/v1/namespaces/data/deployments";
 * const { items } = await client.get(deployments, { labelSelector: "faas_function" });
 */
export class KubernetesClient {
  readonly #options: KubernetesClientOptions;
  #agent = new Agent({ keepAlive: true });
  #ca = "";

  constructor(options: KubernetesClientOptions) {
    this.#options = options;
  }

  /** The object or list at a path; the signal ends the call. */
  get(path: string, query: Query = {}, signal?: AbortSignal): Promise<unknown> {
    return this.#json("GET", path, { query, signal });
  }

  /** Creates an object in the collection at a path; a KubernetesError of status 409 when its name is taken. */
  create(path: string, body: object, query: Query = {}): Promise<unknown> {
    return this.#json("POST", path, { query, body });
  }

  /** Server-side apply: the object at the path has these fields then, and none that an earlier apply had set. */
  apply(path: string, body: object): Promise<unknown> {
    const query = { fieldManager, force: true };
    return this.#json("PATCH", path, { query, body, contentType: "application/apply-patch+yaml" });
  }

  /** Changes fields of an object (JSON merge patch: null removes one). */
  patch(path: string, body: object): Promise<unknown> {
    return this.#json("PATCH", path, {
      query: { fieldManager },
      body,
      contentType: "application/merge-patch+json",
    });
  }

  /** Replaces an object; its resourceVersion, if it has one, must be that of the stored object, else 409. */
  replace(path: string, body: object): Promise<unknown> {
    return this.#json("PUT", path, { query: { fieldManager }, body });
  }

  /** Deletes an object; its dependents follow. */
  delete(path: string): Promise<unknown> {
    return this.#json("DELETE", path, { query: { propagationPolicy: "Background" } });
  }

  /**
   * Follows the changes of a collection after a resourceVersion, until the server ends the watch, which it does every few
   * minutes, or the signal fires. A watch on which nothing comes for long ends as well, because its connection may be dead.
   */
  async *watch(path: string, query: Query, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    const end = new AbortController();
    const abort = () => end.abort(signal.reason);
    const expire = () => end.abort(new DOMException(`nothing within ${watchTimeoutMs} ms`, "TimeoutError"));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    const timer = setTimeout(expire, watchTimeoutMs);
    const limits = { watch: true, allowWatchBookmarks: true, timeoutSeconds: longestWatchSeconds };
    try {
      const stream = await this.stream(path, { ...query, ...limits }, end.signal);
      for await (const line of linesOf(stream)) {
        timer.refresh();
        if (line !== "") yield JSON.parse(line) as WatchEvent;
      }
    } catch (error) {
      if (!end.signal.aborted || signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  }

  /** An answer as it comes, such as a pod's log; the signal ends it. */
  async stream(path: string, query: Query, signal: AbortSignal): Promise<Readable> {
    const { data } = await this.#call("GET", path, { query, signal });
    return data;
  }

  /** Closes its connections. */
  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  async #json(method: string, path: string, call: Call): Promise<unknown> {
    return withinTime(timeoutMs, call.signal ?? new AbortController().signal, async (signal) => {
      const { data } = await this.#call(method, path, { ...call, signal });
      try {
        return JSON.parse(await text(data));
      } catch (cause) {
        throw this.#peerError(cause);
      }
    });
  }

  async #call(method: string, path: string, call: Call): Promise<AxiosResponse<Readable>> {
    const { url, account } = this.#options;
    const { token, ca } = await readServiceAccount(account);
    const { query = {}, body, contentType = "application/json", signal } = call;
    const response = await axios
      .request<Readable>({
        method,
        url: `${url}${path}`,
        params: query,
        ...(body === undefined ? {} : { data: JSON.stringify(body) }),
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": contentType }),
        },
        httpsAgent: this.#agentOf(ca),
        ...(signal === undefined ? {} : { signal }),
        responseType: "stream",
        maxContentLength: maxBytes,
        maxRedirects: 0,
        proxy: false,
        validateStatus: () => true,
      })
      .catch((cause: unknown) => {
        throw this.#peerError(cause);
      });
    if (response.status < 300) return response;
    throw KubernetesError.of(response.status, await text(response.data).catch(() => ""), `${method} ${path}`);
  }

  /** Connections are used again while the authority stays the same. */
  #agentOf(ca: string): Agent {
    if (ca !== this.#ca) {
      this.#agent.destroy();
      this.#agent = new Agent({ keepAlive: true, ca });
      this.#ca = ca;
    }
    return this.#agent;
  }

  #peerError(cause: unknown): Error {
    const { setting = "KUBERNETES_URL", url } = this.#options;
    return peerError({ setting, host: hostOf(url) }, cause);
  }
}

/** The lines of a stream; rejects when it breaks. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  let failure: unknown;
  stream.once("error", (error) => {
    failure = error;
    lines.close();
  });
  try {
    for await (const line of lines) yield line;
    if (failure !== undefined) throw failure;
  } finally {
    stream.destroy();
  }
}
