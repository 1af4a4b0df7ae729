import type { Response } from "express";
import type { DocumentStore } from "./document-store.ts";
import { exportDocuments, findExportFormat } from "./export-documents.ts";

it("reads no further page after the caller hangs up, even from a store that ignores the signal", async () => {
  const hangUp = new AbortController();
  const search = jest.fn(async () => {
    hangUp.abort();
    return { documents: [], total: 0, next: "more" };
  });
  const response = { headersSent: true, destroyed: true, write: () => false } as unknown as Response;
  const store = { search } as unknown as DocumentStore;
  const query = { condition: undefined, sort: "scored", isDescending: true, signal: hangUp.signal } as const;
  const exporting = exportDocuments(store, query, findExportFormat("csv")!, response);
  await expect(exporting).rejects.toMatchObject({ name: "AbortError" });
  expect(search).toHaveBeenCalledTimes(1);
});
