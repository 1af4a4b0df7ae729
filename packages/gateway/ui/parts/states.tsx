import type { ComponentChildren } from "preact";
import type { ApiError } from "../shell/api.ts";
import type { Query } from "../shell/use-query.ts";

/** A place without content: what is missing, and what the user can do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}

/** A failed request, with a way to send it again. */
export function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  return (
    <div class="failed" role="alert">
      <p>{error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

/** The first load of a place. */
export function Loading({ label = "Loading …" }: { label?: string }) {
  return (
    <p class="loading quiet" role="status">
      {label}
    </p>
  );
}

/** Shows a query: loading, its failure, or its data; the last data stays below a failure. */
export function Loaded<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ComponentChildren;
}) {
  const { data, error, isLoading, reload } = query;
  return (
    <>
      {error !== undefined && <Failed error={error} retry={reload} />}
      {data !== undefined ? children(data) : error === undefined && isLoading && <Loading />}
    </>
  );
}
