import { Empty } from "../parts/states.tsx";
import { type Route, viewUrl } from "../shell/router.ts";
import { FunctionList } from "./function-list.tsx";
import { FunctionPage } from "./function-page.tsx";

/** The view `/ui/functions`: the list, and a page of each function. */
export function FunctionsView({ route: { path, query } }: { route: Route }) {
  const [name, ...rest] = path;
  if (name === undefined) return <FunctionList />;
  if (rest.length > 0)
    return (
      <Empty title="There is no such page.">
        <a href={viewUrl(["functions"])}>All functions</a>
      </Empty>
    );
  return <FunctionPage key={name} name={name} query={query} />;
}
