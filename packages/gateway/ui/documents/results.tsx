import { useMemo } from "preact/hooks";
import type { DocumentPage, DocumentRow } from "../../src/console/documents/view.ts";
import { maxExported } from "../../src/console/documents/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Field } from "../parts/field.tsx";
import { countedText, countText, polarityText } from "../parts/format.ts";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { apiUrl } from "../shell/api.ts";
import { viewUrl } from "../shell/router.ts";
import type { Query } from "../shell/use-query.ts";
import { apiPath, type FilterChanges, hasFilters, listUrl, toSearch } from "./document-query.ts";
import { scoreClass } from "./score-class.ts";
import { useFrozenWhileSelected } from "./use-frozen-while-selected.ts";

interface ResultsOptions {
  query: URLSearchParams;
  page: Query<DocumentPage>;
  change: (changes: FilterChanges) => void;
  isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
}

const orders: readonly (readonly [value: string, label: string])[] = [
  ["scored desc", "Newest scored first"],
  ["scored asc", "Oldest scored first"],
  ["created desc", "Newest written first"],
  ["created asc", "Oldest written first"],
  ["polarity desc", "Most positive first"],
  ["polarity asc", "Most negative first"],
  ["subjectivity desc", "Most subjective first"],
  ["subjectivity asc", "Least subjective first"],
];

/** The list of matching documents. */
export function Results({ query, page, change, isPaused, setPaused }: ResultsOptions) {
  const { list, data } = useFrozenWhileSelected(page.data);
  const isFirst = (query.get("cursor") ?? "") === "";
  const [sort = "scored", order = "desc"] = [query.get("sort") ?? undefined, query.get("order") ?? undefined];
  const isKnown = data !== undefined;
  // Screen readers announce the count of each search, not of each update.
  const announced = useMemo(
    () => (data === undefined ? "" : `${countedText(data.total, "document")} found`),
    [String(query), isKnown],
  );
  return (
    <section class="panel documents-results" aria-labelledby="documents-count">
      <div class="head">
        <h2 id="documents-count">{data === undefined ? "Documents" : countedText(data.total, "document")}</h2>
        <div class="row">
          {isFirst && (
            <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
              {isPaused ? "Resume" : "Pause"}
            </button>
          )}
          <Field label="Order">
            <select
              value={`${sort} ${order}`}
              onChange={({ currentTarget }) => {
                const [chosenSort, chosenOrder] = currentTarget.value.split(" ");
                change({ sort: chosenSort, order: chosenOrder });
              }}
            >
              {orders.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        </div>
      </div>
      <p class="unseen" role="status">
        {announced}
      </p>
      <Loaded query={{ ...page, data }}>
        {(shown) =>
          shown.documents.length === 0 ? (
            <NoDocuments query={query} isFirst={isFirst} />
          ) : (
            <div ref={list}>
              <DataTable
                caption="Documents"
                columns={createColumns(query)}
                rows={shown.documents}
                rowKey={({ index, id }) => `${index}/${id}`}
              />
              <Footer query={query} page={shown} isFirst={isFirst} />
            </div>
          )
        }
      </Loaded>
    </section>
  );
}

function createColumns(query: URLSearchParams): Column<DocumentRow>[] {
  return [
    {
      head: "Scored",
      cell: ({ index, id, scored }) => (
        <a href={viewUrl(["documents", index, id])}>
          {scored === null ? "Open" : <RelativeTime time={scored} />}
          <span class="unseen">, document {id}</span>
        </a>
      ),
    },
    {
      head: "Author",
      cell: ({ author, user }) =>
        author === null ? (
          "–"
        ) : (
          <a href={listUrl(query, { author })} title={user ?? undefined}>
            {author}
          </a>
        ),
    },
    { head: "Text", cell: ({ text }) => <span class="documents-text">{text}</span> },
    {
      head: "Polarity",
      isNumber: true,
      cell: ({ polarity }) =>
        polarity === null ? "–" : <span class={scoreClass(polarity)}>{polarityText(polarity)}</span>,
    },
    {
      head: "Subjectivity",
      isNumber: true,
      cell: ({ subjectivity }) => (subjectivity === null ? "–" : subjectivity.toFixed(2)),
    },
  ];
}

function Footer({ query, page, isFirst }: { query: URLSearchParams; page: DocumentPage; isFirst: boolean }) {
  const next = page.next === null ? undefined : page.next;
  const search = toSearch(query);
  const exportUrl = (format: string) => apiUrl(apiPath("documents/export", search, { format })).href;
  return (
    <div class="head documents-foot">
      <nav class="row" aria-label="Pages">
        {!isFirst && (
          <a class="button" href={listUrl(query)}>
            First page
          </a>
        )}
        {next !== undefined && (
          <a class="button" href={viewUrl(["documents"], { ...Object.fromEntries(search), cursor: next })}>
            Next page
          </a>
        )}
      </nav>
      <p class="row">
        <span class="quiet">
          {page.total > maxExported ? `Export the first ${countText(maxExported)}:` : "Export:"}
        </span>
        <a class="button" href={exportUrl("csv")} download>
          CSV
        </a>
        <a class="button" href={exportUrl("ndjson")} download>
          NDJSON
        </a>
      </p>
    </div>
  );
}

function NoDocuments({ query, isFirst }: { query: URLSearchParams; isFirst: boolean }) {
  if (!isFirst || hasFilters(query)) {
    return (
      <Empty title={isFirst ? "No document matches." : "There is no further document."}>
        <a href={viewUrl(["documents"])}>Show all documents</a>
      </Empty>
    );
  }
  return (
    <Empty title="There are no documents yet.">
      <p>
        Send a post to the function tweet-enrich, which scores and stores it:{" "}
        <a href={viewUrl(["functions", "tweet-enrich"])}>invoke it</a>.
      </p>
    </Empty>
  );
}
