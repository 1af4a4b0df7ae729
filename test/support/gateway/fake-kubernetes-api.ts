import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { startListener } from "../http/listener.ts";
import { waitFor } from "../wait-for.ts";

/** The fields of a Kubernetes object that the fake knows. */
interface KubernetesObject {
  metadata: { name: string; resourceVersion?: string };
  spec?: Readonly<Record<string, unknown>>;
}

interface Change {
  collection: string;
  version: number;
  line: string;
}

/** A fake Kubernetes API server: lists, watches and merge patches of the test's collections. */
export class FakeKubernetesApi implements AsyncDisposable {
  /** The received patches: the object's path, and the body. */
  readonly patches: { path: string; body: unknown }[] = [];
  /** Answers to other requests by their paths, such as logs of pods. */
  readonly texts = new Map<string, string>();
  /** Number of list requests. */
  lists = 0;
  /** Number of connections that it broke while it was down. */
  refusals = 0;
  /** Whether it refuses patches, as for a role without that verb. */
  isReadOnly = false;
  /** Whether it breaks every connection. */
  isAway = false;
  readonly #collections = new Map<string, Map<string, KubernetesObject>>();
  readonly #watches = new Map<ServerResponse, string>();
  #changes: Change[] = [];
  #version = 1;
  #oldest = 0;
  #url = "";
  #listener: AsyncDisposable | undefined;

  static async start(): Promise<FakeKubernetesApi> {
    const api = new FakeKubernetesApi();
    const listener = await startListener((request, response) => void api.#answer(request, response));
    api.#listener = listener;
    api.#url = listener.url;
    return api;
  }

  get url(): string {
    return this.#url;
  }

  /** Creates or changes an object of a collection. */
  set(collection: string, object: KubernetesObject): void {
    const type = this.#objects(collection).has(object.metadata.name) ? "MODIFIED" : "ADDED";
    this.#change(collection, type, object);
  }

  delete(collection: string, name: string): void {
    const object = this.#objects(collection).get(name);
    if (object !== undefined) this.#change(collection, "DELETED", object);
  }

  /** Ends all watches, as the server does after some minutes. */
  endWatches(): void {
    for (const response of this.#watches.keys()) response.end();
    this.#watches.clear();
  }

  /** Sends an error on the watches of a collection, as soon as there is one. */
  async sendError(collection: string, status: object): Promise<void> {
    await waitFor("a watch", () => [...this.#watches.values()].includes(collection));
    const line = `${JSON.stringify({ type: "ERROR", object: { kind: "Status", ...status } })}\n`;
    for (const [response, watched] of this.#watches) if (watched === collection) response.write(line);
  }

  /** Breaks all watches. With `forget`, watches from an earlier version get 410. */
  breakWatches({ forget = false } = {}): void {
    if (forget) {
      this.#changes = [];
      this.#oldest = this.#version;
    }
    for (const response of this.#watches.keys()) response.destroy();
  }

  /** Goes down and breaks all connections. */
  leave(): void {
    this.isAway = true;
    this.breakWatches();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#listener?.[Symbol.asyncDispose]();
  }

  #objects(collection: string): Map<string, KubernetesObject> {
    const objects = this.#collections.get(collection) ?? new Map();
    this.#collections.set(collection, objects);
    return objects;
  }

  #change(collection: string, type: "ADDED" | "MODIFIED" | "DELETED", object: KubernetesObject): void {
    this.#version += 1;
    const changed = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
    if (type === "DELETED") this.#objects(collection).delete(object.metadata.name);
    else this.#objects(collection).set(object.metadata.name, changed);
    const line = `${JSON.stringify({ type, object: changed })}\n`;
    this.#changes.push({ collection, version: this.#version, line });
    for (const [response, watched] of this.#watches) if (watched === collection) response.write(line);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isAway) {
      this.refusals += 1;
      response.destroy();
      return;
    }
    const { pathname: path, searchParams: query } = new URL(request.url ?? "", this.#url);
    if (request.method === "PATCH") this.#patch(path, await json(request), response);
    else if (this.texts.has(path)) response.end(this.texts.get(path));
    else if (query.get("watch") === "true") this.#watch(path, Number(query.get("resourceVersion")), response);
    else {
      this.lists += 1;
      const items = [...this.#objects(path).values()];
      send(response, 200, { metadata: { resourceVersion: String(this.#version) }, items });
    }
  }

  #watch(collection: string, from: number, response: ServerResponse): void {
    if (from < this.#oldest) {
      send(response, 410, { reason: "Expired", message: "too old", code: 410 });
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
    for (const change of this.#changes) {
      if (change.collection === collection && change.version > from) response.write(change.line);
    }
    this.#watches.set(response, collection);
    response.once("close", () => this.#watches.delete(response));
  }

  #patch(path: string, body: unknown, response: ServerResponse): void {
    const [, collection = "", name = ""] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const object = this.#objects(collection).get(name);
    if (this.isReadOnly || object === undefined) {
      send(response, this.isReadOnly ? 403 : 404, { message: "refused" });
      return;
    }
    this.patches.push({ path, body });
    const { spec } = body as { spec: object };
    const patched = { ...object, spec: { ...object.spec, ...spec } };
    this.set(collection, patched);
    send(response, 200, patched);
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
