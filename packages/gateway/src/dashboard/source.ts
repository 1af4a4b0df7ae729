import type { DashboardEvents, DependencyView } from "./view.ts";

/** Something that the dashboard reads again and again, and that may be away. */
export interface Source {
  about: Pick<DependencyView, "name" | "setting" | "kind" | "place">;
  /**
   * What it tells now: the events, and what is worth to know of it in a few words.
   * @throws PlatformError whose message names the setting and the host.
   */
  read(): Promise<Reading>;
  close(): Promise<void>;
}

/** What a source tells. */
interface Reading {
  events: Partial<DashboardEvents>;
  note: string;
}
