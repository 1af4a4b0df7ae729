import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../shell/api.ts";
import { baseUrl } from "../shell/base-url.ts";
import type { NumberedLine } from "./log-lines.tsx";

const firstLines = 200;
const maxLines = 1_000;
const showEveryMs = 250;
const retryAfterMs = 2_000;

/** The live log of a function. */
export interface FollowedLog {
  /** The latest 1,000 lines, oldest first. */
  lines: readonly NumberedLine[];
  /** Whether the log is being followed. */
  isFollowing: boolean;
  /** The problem when it is not followed; otherwise empty. */
  problem: string;
  /** Clears the lines. */
  clear(): void;
}

/** Follows `/system/logs` of a function while the page is visible. */
export function useLog(name: string): FollowedLog {
  const [lines, setLines] = useState<readonly NumberedLine[]>([]);
  const [state, setState] = useState({ isFollowing: false, problem: "" });
  const next = useRef(0);
  useEffect(() => {
    const stopped = new AbortController();
    const { signal } = stopped;
    /** Received lines that are not rendered yet. */
    let arrived: NumberedLine[] = [];
    let latest: number | undefined;
    let visible: AbortController | undefined;

    const timer = setInterval(() => {
      if (arrived.length === 0) return;
      const added = arrived;
      arrived = [];
      setLines((shown) => [...shown, ...added].slice(-maxLines));
    }, showEveryMs);

    function take(text: string): void {
      const { timestamp, instance, text: line } = JSON.parse(text);
      const time = Date.parse(timestamp);
      latest = time;
      arrived.push({ time, instance, text: line, number: next.current });
      next.current += 1;
    }

    async function follow(): Promise<void> {
      visible?.abort();
      const current = new AbortController();
      visible = current;
      while (!current.signal.aborted && !signal.aborted) {
        const problem = await readLog(
          logUrl(name, latest),
          AbortSignal.any([signal, current.signal]),
          take,
          () => setState({ isFollowing: true, problem: "" }),
        ).catch((error: unknown) =>
          error instanceof ApiError ? error.message : "The gateway does not answer.",
        );
        if (current.signal.aborted || signal.aborted) return;
        setState({ isFollowing: false, problem: problem ?? "" });
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    }

    // A browser opens six connections per host, so a background page closes its log connection.
    const look = () => {
      if (document.hidden) {
        visible?.abort();
        setState({ isFollowing: false, problem: "" });
      } else void follow();
    };
    document.addEventListener("visibilitychange", look);
    look();
    return () => {
      stopped.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [name]);
  return { lines, ...state, clear: () => setLines([]) };
}

/** Requests the last lines at first, later the lines after the latest one. */
function logUrl(name: string, latest: number | undefined): URL {
  const url = new URL("../system/logs", baseUrl);
  url.searchParams.set("name", name);
  url.searchParams.set("follow", "true");
  if (latest === undefined) url.searchParams.set("tail", String(firstLines));
  else url.searchParams.set("since", new Date(latest + 1).toISOString());
  return url;
}

/** Reads lines until the answer ends. @throws ApiError, TypeError, and the signal's reason */
async function readLog(
  url: URL,
  signal: AbortSignal,
  take: (line: string) => void,
  opened: () => void,
): Promise<undefined> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) throw await refusal(response);
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return undefined;
    const parts = (rest + value).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part !== "") take(part);
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const { status } = response;
  const problem = await response.json().catch(() => undefined);
  const detail = String(problem?.detail ?? `The gateway answered with status ${status}.`);
  return new ApiError({ status, code: String(problem?.code ?? "unknown"), detail });
}
