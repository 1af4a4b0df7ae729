import { PlatformError } from "@platform/shared/errors/platform-error";
import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import { type Request, type Response, Router } from "express";
import { handle } from "../handle-request.ts";
import { analyzeDocument } from "./analyze-document.ts";
import { documentRow } from "./document-row.ts";
import type { DocumentStore } from "./document-store.ts";
import { exportDocuments, exportFormats, findExportFormat } from "./export-documents.ts";
import { orderParameters, readCondition, readOrder, readParameters } from "./search-parameters.ts";
import { type DocumentDetail, type DocumentPage, filterParameters } from "./view.ts";

const defaultSize = 50;
const maxOnPage = 500;

/** Below `/ui/api/documents`: the list, its summary, its export, and a document. */
export function documentsRoutes(store: () => DocumentStore): Router {
  const router = Router();
  type Answer = (request: Request, response: Response, signal: AbortSignal) => Promise<void>;
  const get = (path: string, answer: Answer) =>
    router.get(path, (request, response, next) =>
      handle(response, next, (signal) => answer(request, response, signal)),
    );

  get("/", async (request, response, signal) => {
    const parameters = readParameters(request.url, [
      ...filterParameters,
      ...orderParameters,
      "size",
      "cursor",
    ]);
    const condition = readCondition(parameters);
    const search = { condition, ...readOrder(parameters), size: readSize(parameters.get("size")), signal };
    const { documents, total, next } = await store().search({ ...search, cursor: parameters.get("cursor") });
    response.json({ documents: documents.map(documentRow), total, next } satisfies DocumentPage);
  });

  get("/summary", async (request, response, signal) => {
    const condition = readCondition(readParameters(request.url, filterParameters));
    response.json(await store().summarizeMatches(condition, signal));
  });

  get("/export", async (request, response, signal) => {
    const parameters = readParameters(request.url, [...filterParameters, ...orderParameters, "format"]);
    const format = findExportFormat(parameters.get("format") ?? "");
    if (format === undefined)
      throw new InvalidQueryError({ parameter: "format", allowed: Object.keys(exportFormats).join(" or ") });
    const search = { condition: readCondition(parameters), ...readOrder(parameters), signal };
    await exportDocuments(store(), search, format, response);
  });

  get("/:index/:id", async (request, response, signal) => {
    readParameters(request.url, []);
    const key = { index: request.params.index!, id: request.params.id! };
    const document = await store().read(key, signal);
    if (document === undefined) throw new NoDocumentError(key);
    const row = documentRow({ ...key, document });
    response.json({ ...key, document, row, analysis: analyzeDocument(document) } satisfies DocumentDetail);
  });
  return router;
}

function readSize(text = String(defaultSize)): number {
  const size = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= maxOnPage) return size;
  throw new InvalidQueryError({ parameter: "size", allowed: `a number from 1 to ${maxOnPage}` });
}

/** 404: the document does not exist, or was deleted. */
class NoDocumentError extends PlatformError {
  constructor({ index, id }: { index: string; id: string }) {
    const detail = `The index ${JSON.stringify(index)} has no document ${JSON.stringify(id)}.`;
    super({ status: 404, code: "no_document", detail });
  }
}
