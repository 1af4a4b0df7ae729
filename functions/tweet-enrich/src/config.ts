import { configReader } from "@platform/shared/config/config-reader";
import { functionSettings } from "@platform/shared/config/function-settings";
import { integer } from "@platform/shared/config/settings";

/** What tweet-enrich reads. */
export const readConfig = configReader({
  ...functionSettings,
  /** The most tweets that a batch may have. */
  MAX_BATCH_ITEMS: integer({ fallback: 10_000, min: 1, max: 1_000_000 }),
});

export type Config = ReturnType<typeof readConfig>;
