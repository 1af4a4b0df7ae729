import { useEffect, useState } from "preact/hooks";
import type { SearchResult } from "../../src/console/ethereum/view.ts";
import { Field } from "../parts/field.tsx";
import { navigate, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";

/** Finds a block, a transaction or an address, and navigates to its page. `query` is the search in the URL. */
export function ChainSearch({ query }: { query: string }) {
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  const {
    data: result,
    error,
    isLoading,
  } = useQuery<SearchResult>(
    query === "" ? undefined : `ethereum/search?${new URLSearchParams({ q: query })}`,
  );
  useEffect(() => {
    if (result !== undefined) navigate(viewUrl(["ethereum", result.kind, result.id]), { replace: true });
  }, [result]);
  return (
    <search class="eth-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          navigate(viewUrl(["ethereum"], { q: text.trim() }));
        }}
      >
        <div class="row">
          <Field label="Block number, hash or address">
            <input
              type="search"
              name="q"
              value={text}
              autocomplete="off"
              spellcheck={false}
              placeholder="1234 or 0x…"
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </Field>
          <button type="submit">Search</button>
        </div>
      </form>
      {query !== "" && error === undefined && isLoading && (
        <p class="quiet" role="status">
          Searching …
        </p>
      )}
      {error !== undefined && (
        <p class="warn" role="alert">
          {error.message}
        </p>
      )}
    </search>
  );
}
