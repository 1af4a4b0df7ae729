/** The state of a stream. */
export type Connection = "connecting" | "live" | "lost";

/** Options of followEvents. */
interface EventStreamOptions {
  /** Handlers of the data of events, by name. */
  events: Readonly<Record<string, (data: string) => void>>;
  onState: (state: Connection) => void;
  /**
   * Closes the connection while the page is hidden, and reopens it when the page is shown. A browser opens only six
   * connections per host, shared by all tabs.
   */
  isPausedWhileHidden?: boolean;
}

const retryAfterMs = 5_000;

/** Reads an event stream of the gateway, and reconnects whenever the connection is lost. Returns a function that stops it. */
export function followEvents(
  url: URL,
  { events, onState, isPausedWhileHidden = false }: EventStreamOptions,
): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    const opened = new EventSource(url);
    source = opened;
    for (const [name, take] of Object.entries(events)) {
      opened.addEventListener(name, ({ data }) => take(data));
    }
    opened.addEventListener("open", () => onState("live"));
    opened.addEventListener("error", () => {
      onState("lost");
      // The browser reconnects by itself, except after a response with an error status.
      if (opened.readyState === EventSource.CLOSED) retry = setTimeout(open, retryAfterMs);
    });
  }

  function close(): void {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  }

  function look(): void {
    if (document.hidden) close();
    else if (source === undefined) open();
  }

  if (isPausedWhileHidden) {
    document.addEventListener("visibilitychange", look);
    look();
  } else open();
  return () => {
    document.removeEventListener("visibilitychange", look);
    close();
  };
}
