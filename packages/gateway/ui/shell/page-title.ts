import { useEffect, useRef } from "preact/hooks";
import type { Route } from "./router.ts";
import { views } from "./views.ts";

const product = "Serverless data platform";
/** Longer segments, such as hashes, are cut. */
const longestSegment = 24;

/** Returns the title of the document: the entity first, then the view. */
function titleText({ view, path }: Pick<Route, "view" | "path">): string {
  const title = views.find(({ name }) => name === view)?.title ?? "Not found";
  const segments = [...path]
    .reverse()
    .map((segment) => (segment.length > longestSegment ? `${segment.slice(0, longestSegment)}…` : segment));
  return [...segments, title, product].join(" · ");
}

/**
 * Sets the document's title. After a navigation, it moves the focus to the heading of the new view for keyboard and screen reader
 * users.
 */
export function usePageTitle(route: Route): void {
  const path = [route.view, ...route.path].join("/");
  const lastPath = useRef(path);
  useEffect(() => {
    document.title = titleText(route);
    if (lastPath.current === path) return;
    lastPath.current = path;
    const heading =
      document.querySelector<HTMLElement>("main h1") ?? document.querySelector<HTMLElement>("main");
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [path]);
}
