import { useEffect, useState } from "preact/hooks";
import type { LiveEvents } from "../../src/console/live/view.ts";
import { baseUrl } from "./base-url.ts";
import { type Connection, followEvents } from "./event-stream.ts";

type EventName = keyof LiveEvents;
const names: readonly EventName[] = [
  "about",
  "functions",
  "sentiment",
  "chain",
  "health",
  "pipeline",
  "topics",
];

const latest: Partial<LiveEvents> = {};
let connection: Connection = "connecting";
const listeners = new Set<() => void>();

/** Reads the gateway's events while the page is visible, and reconnects whenever the connection is lost. Called once. */
export function connectLiveEvents(): void {
  const take = (name: EventName) => (data: string) => {
    Object.assign(latest, { [name]: JSON.parse(data) });
    notify();
  };
  followEvents(new URL("api/events", baseUrl), {
    events: Object.fromEntries(names.map((name) => [name, take(name)])),
    onState: setConnection,
    isPausedWhileHidden: true,
  });
}

function setConnection(state: Connection): void {
  connection = state;
  // After a reconnect, the gateway resends all states.
  if (state === "lost" && latest.health !== undefined) {
    latest.health = latest.health.map((view) => ({
      ...view,
      state: view.state === "off" ? "off" : "unknown",
    }));
  }
  notify();
}

function notify(): void {
  for (const listener of listeners) listener();
}

/**
 * Returns the latest event with a name; undefined until it arrives. Without a connection it returns the last known event, with
 * "unknown" as every state of `health` except for services that are not configured.
 */
export function useLive<Name extends EventName>(name: Name): LiveEvents[Name] | undefined {
  return useStore(() => latest[name]);
}

export function useConnection(): Connection {
  return useStore(() => connection);
}

/** Re-renders the component when the value changes. */
function useStore<T>(read: () => T): T {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const listener = () => setValue(() => read());
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return value;
}
