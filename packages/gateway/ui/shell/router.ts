import { useEffect, useState } from "preact/hooks";
import { baseUrl } from "./base-url.ts";

/** The current route: the path below `/ui/`, and the query string. */
export interface Route {
  /** The first segment, such as "topics"; empty for the overview. */
  view: string;
  /** Further segments, decoded. */
  path: readonly string[];
  query: URLSearchParams;
}

const listeners = new Set<() => void>();
addEventListener("popstate", notify);

function notify(): void {
  for (const listener of listeners) listener();
}

/** Returns the current route, and re-renders the component when it changes. */
export function useRoute(): Route {
  const [, render] = useState(0);
  useEffect(() => {
    const listener = () => render((count) => count + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return readRoute();
}

function readRoute(): Route {
  const [view = "", ...path] = location.pathname
    .slice(baseUrl.pathname.length)
    .split("/")
    .filter((segment) => segment !== "")
    .map(decodeSegment);
  return { view, path, query: new URLSearchParams(location.search) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Returns the URL of a view: `viewUrl(["topics", "twitter"], { from: "oldest" })`. Parameters that are undefined or empty are left out. */
export function viewUrl(
  path: readonly (string | number)[],
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const url = new URL(path.map((segment) => encodeURIComponent(segment)).join("/"), baseUrl);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") url.searchParams.set(name, String(value));
  }
  return `${url.pathname}${url.search}`;
}

/** Navigates without loading the page. `replace` replaces the current entry of the browser's history. */
export function navigate(url: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  notify();
}

/** Changes parameters of the query string and keeps the others. An undefined or empty value removes a parameter. */
export function setQuery(
  changes: Readonly<Record<string, string | number | undefined>>,
  { replace = true } = {},
): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  navigate(text === "" ? location.pathname : `${location.pathname}?${text}`, { replace });
}

/** Handles clicks on links of the console; other links, downloads and modified clicks keep the browser's default behaviour. */
export function followLink(event: MouseEvent): void {
  const link = (event.target as Element).closest("a");
  if (link === null || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(baseUrl.pathname) || link.pathname.startsWith(`${baseUrl.pathname}api/`))
    return;
  event.preventDefault();
  if (link.hash !== "" && link.pathname === location.pathname) {
    document.querySelector<HTMLElement>(link.hash)?.focus();
    return;
  }
  navigate(`${link.pathname}${link.search}`);
  scrollTo(0, 0);
}
