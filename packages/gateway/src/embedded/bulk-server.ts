import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import express from "express";
import type { EmbeddedStore, NewDocument } from "./embedded-store.ts";

/** A page elsewhere cannot send this type without asking first. */
const bulkType = "application/vnd.elasticsearch+x-ndjson";
/** Elasticsearch's own limit. */
const largestBody = "100mb";

/**
 * Elasticsearch's `POST /_bulk` with `create`, before the embedded store and on loopback only: tweet-enrich writes to
 * it as it does to Elasticsearch. It has nothing else of Elasticsearch.
 */
export function startBulkServer(store: EmbeddedStore): Promise<StartedHttpServer> {
  const app = express();
  app.disable("x-powered-by");
  // Its clients talk to nobody else.
  app.use((_request, response, next) => {
    response.set("x-elastic-product", "Elasticsearch");
    next();
  });
  app.post("/_bulk", express.text({ type: bulkType, limit: largestBody }), (request, response) => {
    const documents = typeof request.body === "string" ? documentsOf(request.body) : undefined;
    if (documents === undefined) {
      const reason = "the embedded store takes NDJSON with the action create only";
      return response
        .status(400)
        .json({ error: { type: "illegal_argument_exception", reason }, status: 400 });
    }
    const added = store.add(documents);
    const items = documents.map(({ index, id }, place) => ({
      create: {
        _index: index,
        _id: id,
        ...(added[place]
          ? { result: "created", status: 201 }
          : { status: 409, error: { type: "version_conflict_engine_exception", reason: "it is there" } }),
      },
    }));
    return response.json({ took: 0, errors: added.includes(false), items });
  });
  app.use(problemHandler("embedded store", console.error));
  return startHttpServer({ app, host: "127.0.0.1", port: 0 });
}

/** The documents of a bulk request's pairs of lines; undefined when it is anything else. */
function documentsOf(body: string): NewDocument[] | undefined {
  const lines = body.split("\n").filter((line) => line !== "");
  if (lines.length % 2 === 1) return undefined;
  try {
    return Array.from({ length: lines.length / 2 }, (_, place) => {
      const { _index: index, _id: id } = JSON.parse(lines[2 * place]!).create;
      if (typeof index !== "string" || typeof id !== "string") throw new TypeError("no index, no id");
      return { index, id, document: JSON.parse(lines[2 * place + 1]!) };
    });
  } catch {
    return undefined;
  }
}
