import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import express, { type Response } from "express";
import { type BulkAction, parseBulkBody } from "./bulk-body.ts";
import type { AddResult, EmbeddedStore } from "./embedded-store.ts";

/** Content types that a foreign page cannot send without a preflight. */
const bulkType = "application/vnd.elasticsearch+x-ndjson";
const jsonType = "application/vnd.elasticsearch+json";
/** The limit of Elasticsearch. */
const largestBody = "100mb";

/**
 * Serves the part of Elasticsearch's API that tweet-enrich uses, for the embedded store and on loopback only: bulk requests,
 * and the search for documents by id before a deletion.
 */
export function startBulkServer(store: EmbeddedStore): Promise<StartedHttpServer> {
  const app = express();
  app.disable("x-powered-by");
  // Clients use this server only.
  app.use((_request, response, next) => {
    response.set("x-elastic-product", "Elasticsearch");
    next();
  });
  app.post("/_bulk", express.text({ type: bulkType, limit: largestBody }), (request, response) => {
    const actions = typeof request.body === "string" ? parseActions(request.body) : undefined;
    if (actions === undefined)
      return refuse(
        response,
        "takes NDJSON with the actions create, index with an external version, and delete",
      );
    const items = runActions(store, actions).map((item) => ({ [item.action.name]: toItem(item) }));
    return response.json({ took: 0, errors: items.some(hasError), items });
  });
  app.get("/sentiment-\\*/_refresh", (_request, response) => response.json({ _shards: { failed: 0 } }));
  app.post(
    "/sentiment-\\*/_search",
    express.json({ type: jsonType, limit: largestBody }),
    (request, response) => {
      const ids: unknown = request.body?.query?.ids?.values;
      if (!Array.isArray(ids)) return refuse(response, "searches by ids only");
      const hits = store.find(ids).map(({ index, id }) => ({ _index: index, _id: id }));
      return response.json({ took: 0, timed_out: false, hits: { hits } });
    },
  );
  app.use(problemHandler("embedded store", console.error));
  return startHttpServer({ app, host: "127.0.0.1", port: 0 });
}

function refuse(response: Response, ability: string) {
  const reason = `the embedded store ${ability}`;
  return response.status(400).json({ error: { type: "illegal_argument_exception", reason }, status: 400 });
}

function parseActions(body: string): BulkAction[] | undefined {
  try {
    return parseBulkBody(body);
  } catch {
    return undefined;
  }
}

type Result = AddResult | "deleted" | "not_found";

/** Runs the actions: first all additions, then all deletions. */
function runActions(store: EmbeddedStore, actions: readonly BulkAction[]) {
  const added = store
    .add(actions.flatMap((action) => (action.name === "delete" ? [] : [action.document])))
    .values();
  return actions.map((action): { action: BulkAction; result: Result } => ({
    action,
    result:
      action.name === "delete"
        ? store.delete(action.document)
          ? "deleted"
          : "not_found"
        : (added.next().value as AddResult),
  }));
}

const statuses = { created: 201, updated: 200, deleted: 200, not_found: 404 };

function toItem({ action, result }: { action: BulkAction; result: Result }) {
  const { index: _index, id: _id } = action.document;
  if (typeof result === "string") return { _index, _id, result, status: statuses[result] };
  const reason = `[${_id}]: version conflict, current version [${result.currentVersion}]`;
  return { _index, _id, status: 409, error: { type: "version_conflict_engine_exception", reason } };
}

function hasError(item: Record<string, object>): boolean {
  return Object.values(item).some((result) => "error" in result);
}
