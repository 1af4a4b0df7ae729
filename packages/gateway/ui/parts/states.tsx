import type { ComponentChildren } from "preact";
import type { ApiError } from "../shell/api.ts";
import type { Query } from "../shell/use-query.ts";

/** An empty state: the missing content, and instructions for the user. */
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

/** A failed request with a retry button. */
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

/** The loading state. */
export function Loading({ label = "Loading …" }: { label?: string }) {
  return (
    <p class="loading quiet" role="status">
      {label}
    </p>
  );
}

/** Shows the state of a query: loading, a failure, or its data. A failure keeps the last data below it. */
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
