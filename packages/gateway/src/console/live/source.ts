import type { FunctionFlow } from "../overview/view.ts";
import type { DependencyView, LiveEvents } from "./view.ts";

/** A service that the console polls while a page is open. The service may be unavailable. */
export interface Source {
  about: Pick<DependencyView, "name" | "setting" | "kind" | "place">;
  /**
   * Reads the current state: events for the page, and a note of a few words.
   * @param functions the gateway's functions; Kafka's source reads their topics
   * @throws PlatformError whose message names the setting and the host
   */
  read(functions?: readonly FunctionFlow[]): Promise<Reading>;
  close(): Promise<void>;
}

/** The result of a read. */
interface Reading {
  events: Partial<LiveEvents>;
  note: string;
}
