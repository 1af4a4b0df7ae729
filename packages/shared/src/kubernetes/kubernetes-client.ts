import { Agent } from "node:https";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import axios, { type AxiosResponse } from "axios";
import { peerError, toHost } from "../clients/peer-error.ts";
import { withTimeLimit } from "../clients/with-time-limit.ts";
import { KubernetesError } from "./kubernetes-error.ts";
import { readServiceAccount } from "./service-account.ts";

/** The address of the Kubernetes API, and the service account for its calls. */
export interface KubernetesClientOptions {
  /** URL of the API server. */
  url: string;
  /** The folder with the files token and ca.crt, which Kubernetes mounts. */
  account: string;
  /** The setting with the URL, for error messages. */
  setting?: string;
}

/** Query parameters. Undefined ones are omitted. */
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
/** The time for which the server keeps a watch open. */
const watchSeconds = 290;
/** The server sends a bookmark every minute, even without changes. */
const watchTimeoutMs = 90_000;
/** The owner of the fields that `apply` sets. */
const fieldManager = "gateway";

/**
 * A client of the Kubernetes API: JSON over REST, with the token and the certificate authority of a pod's service account. Paths
 * begin with /api or /apis.
 *
 * All methods throw KubernetesError when the API refuses, and an error of a peer (502, 503, 504) when it is unreachable.
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

  /** Returns the object or list at a path. The signal aborts the call. */
  get(path: string, query: Query = {}, signal?: AbortSignal): Promise<unknown> {
    return this.#json("GET", path, { query, signal });
  }

  /**
   * Creates an object in the collection at a path.
   * @throws KubernetesError of status 409 when the name is taken
   */
  create(path: string, body: object, query: Query = {}): Promise<unknown> {
    return this.#json("POST", path, { query, body });
  }

  /** Applies fields to the object at a path (server-side apply), and removes fields that only an earlier apply had set. */
  apply(path: string, body: object): Promise<unknown> {
    const query = { fieldManager, force: true };
    return this.#json("PATCH", path, { query, body, contentType: "application/apply-patch+yaml" });
  }

  /** Changes fields of an object (JSON merge patch; null removes a field). */
  patch(path: string, body: object): Promise<unknown> {
    return this.#json("PATCH", path, {
      query: { fieldManager },
      body,
      contentType: "application/merge-patch+json",
    });
  }

  /** Replaces an object. If it has a resourceVersion, that must be the stored object's, else 409. */
  replace(path: string, body: object): Promise<unknown> {
    return this.#json("PUT", path, { query: { fieldManager }, body });
  }

  /** Deletes an object, and its dependents in the background. */
  delete(path: string): Promise<unknown> {
    return this.#json("DELETE", path, { query: { propagationPolicy: "Background" } });
  }

  /**
   * Yields the changes of a collection after a resourceVersion, until the signal fires or the server ends the watch, which it does
   * every few minutes. A silent watch ends too, because its connection may be dead.
   */
  async *watch(path: string, query: Query, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    const end = new AbortController();
    const abort = () => end.abort(signal.reason);
    const expire = () => end.abort(new DOMException(`nothing within ${watchTimeoutMs} ms`, "TimeoutError"));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    const timer = setTimeout(expire, watchTimeoutMs);
    const limits = { watch: true, allowWatchBookmarks: true, timeoutSeconds: watchSeconds };
    try {
      const stream = await this.stream(path, { ...query, ...limits }, end.signal);
      for await (const line of readLines(stream)) {
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

  /** Streams a response, such as a pod's log, until the signal fires. */
  async stream(path: string, query: Query, signal: AbortSignal): Promise<Readable> {
    const { data } = await this.#call("GET", path, { query, signal });
    return data;
  }

  /** Closes the connections. */
  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  async #json(method: string, path: string, call: Call): Promise<unknown> {
    return withTimeLimit(timeoutMs, call.signal ?? new AbortController().signal, async (signal) => {
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
        httpsAgent: this.ensureAgent(ca),
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

  /** Keeps connections alive until the certificate authority changes. */
  ensureAgent(ca: string): Agent {
    if (ca !== this.#ca) {
      this.#agent.destroy();
      this.#agent = new Agent({ keepAlive: true, ca });
      this.#ca = ca;
    }
    return this.#agent;
  }

  #peerError(cause: unknown): Error {
    const { setting = "KUBERNETES_URL", url } = this.#options;
    return peerError({ setting, host: toHost(url) }, cause);
  }
}

/** Yields the lines of a stream. Throws the stream's error. */
async function* readLines(stream: Readable): AsyncGenerator<string> {
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
