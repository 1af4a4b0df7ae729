import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, getJson } from "./api.ts";
import { useConnection } from "./live-events.ts";

/** A query to the gateway's API. While it reloads, `data` is the previous answer. */
export interface Query<T> {
  data: T | undefined;
  /** The error of the last request; undefined after a success. */
  error: ApiError | undefined;
  isLoading: boolean;
  /** Sends the request again. */
  reload(): void;
}

/**
 * Reads a path below `/ui/api/` whenever the path changes, and every `intervalMs` milliseconds while the page is visible. Unanswered
 * requests are retried when the gateway is back.
 * @param path undefined: reads nothing
 */
export function useQuery<T>(
  path: string | undefined,
  { intervalMs }: { intervalMs?: number } = {},
): Query<T> {
  const [state, setState] = useState<Omit<Query<T>, "reload">>({
    data: undefined,
    error: undefined,
    isLoading: true,
  });
  const [round, setRound] = useState(0);
  const lastPath = useRef(path);
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const isSame = lastPath.current === path;
    lastPath.current = path;
    setState((last) => ({ ...last, data: isSame ? last.data : undefined, isLoading: true }));
    getJson<T>(path, abort.signal).then(
      (data) => setState({ data, error: undefined, isLoading: false }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        setState((last) => ({ ...last, error, isLoading: false }));
      },
    );
    return () => abort.abort();
  }, [path, round]);
  useEffect(() => {
    if (intervalMs === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) setRound((last) => last + 1);
    }, intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  const isLive = useConnection() === "live";
  useEffect(() => {
    if (isLive && state.error?.status === 0) setRound((last) => last + 1);
  }, [isLive]);
  return { ...state, reload: () => setRound((last) => last + 1) };
}
