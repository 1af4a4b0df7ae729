import { configReader } from "@platform/shared/config/config-reader";
import { functionSettings } from "@platform/shared/config/function-settings";
import { integer, oneOf } from "@platform/shared/config/settings";
import { engineNames } from "./engine-names.ts";

/** What sentiment reads. */
export const readConfig = configReader({
  ...functionSettings,
  /** The engine that scores when the call names none. */
  SENTIMENT_ENGINE: oneOf(engineNames, "pattern"),
  /** The most texts that a batch may have. */
  MAX_BATCH_ITEMS: integer({ fallback: 10_000, min: 1, max: 1_000_000 }),
});

export type Config = ReturnType<typeof readConfig>;
