import type { ComponentChildren } from "preact";
import { Empty, Loaded } from "../parts/states.tsx";
import type { Query } from "../shell/use-query.ts";

/** Shows the state of a query for a block, a transaction or an address: loading, not found, a failure, or its data. */
export function LoadedEntity<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ComponentChildren;
}) {
  const { error } = query;
  if (error !== undefined && error.status >= 400 && error.status < 500) {
    return (
      <Empty title={error.message}>
        <p>Search for a block's number, a hash or an address above.</p>
      </Empty>
    );
  }
  return <Loaded query={query}>{children}</Loaded>;
}
