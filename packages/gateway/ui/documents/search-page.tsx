import { useEffect, useState } from "preact/hooks";
import type { DocumentPage, DocumentSummary } from "../../src/console/documents/view.ts";
import { Empty } from "../parts/states.tsx";
import { navigate } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { apiPath, type FilterChanges, listUrl, toFilters, toSearch } from "./document-query.ts";
import { Filters } from "./filters.tsx";
import { Results } from "./results.tsx";
import { SearchBox } from "./search-box.tsx";
import { useLastDefined } from "./use-last-defined.ts";

const refreshMs = 5_000;

/** Searches documents. All filters are in the query string. */
export function SearchPage({ query }: { query: URLSearchParams }) {
  const [isPaused, setPaused] = useState(false);
  const cursor = query.get("cursor") ?? "";
  const search = toSearch(query);
  // Older pages do not change.
  const timing = isPaused || cursor !== "" ? {} : { intervalMs: refreshMs };
  const page = useQuery<DocumentPage>(apiPath("documents", search, cursor === "" ? {} : { cursor }), timing);
  const summary = useQuery<DocumentSummary>(apiPath("documents/summary", toFilters(query)), timing);
  const lastSummary = useLastDefined(summary.data);
  useEffect(() => setPaused(false), [String(search)]);

  // Two changes may happen before the next render.
  const change = (changes: FilterChanges) => navigate(listUrl(new URLSearchParams(location.search), changes));
  const isRefused = page.error?.code === "invalid_search";
  if (page.error?.code === "not_configured") return <NotConfigured />;
  return (
    <>
      <h1>Documents</h1>
      <SearchBox query={query} change={change} problem={isRefused ? page.error?.message : undefined} />
      <div class="documents">
        <Filters query={query} change={change} summary={lastSummary} />
        <Results
          query={query}
          page={isRefused ? { ...page, error: undefined } : page}
          change={change}
          isPaused={isPaused}
          setPaused={setPaused}
        />
      </div>
    </>
  );
}

function NotConfigured() {
  return (
    <>
      <h1>Documents</h1>
      <Empty title="No store of documents is configured.">
        <p>
          This view searches the scored posts in Elasticsearch. Set <code>ELASTICSEARCH_URL</code>, and the
          gateway shows its indexes <code>sentiment-*</code>.
        </p>
      </Empty>
    </>
  );
}
