import { useErrorBoundary } from "preact/hooks";
import { Empty } from "../parts/states.tsx";
import { type Route, viewUrl } from "./router.ts";
import { views } from "./views.ts";

/** The view of the current URL. An error replaces a failed view; the navigation stays. */
export function CurrentView({ route }: { route: Route }) {
  const [error, retry] = useErrorBoundary((failure) => console.error(failure));
  const view = views.find(({ name }) => name === route.view);
  if (error !== undefined) {
    return (
      <>
        <h1>{view?.title ?? "Error"}</h1>
        <div class="failed" role="alert">
          <p>This view failed: {String((error as Error).message ?? error)}</p>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </div>
      </>
    );
  }
  if (view === undefined) return <NotFound name={route.view} />;
  return <view.Page key={view.name} route={route} />;
}

function NotFound({ name }: { name: string }) {
  return (
    <>
      <h1>Not found</h1>
      <Empty title={`The console has no view “${name}”.`}>
        <p>Its views:</p>
        <ul class="row">
          {views.map((view) => (
            <li key={view.name}>
              <a class="button" href={viewUrl(view.name === "" ? [] : [view.name])}>
                {view.title}
              </a>
            </li>
          ))}
        </ul>
      </Empty>
    </>
  );
}
