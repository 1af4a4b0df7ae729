import { configReader } from "@platform/shared/config/config-reader";
import { batchSettings, functionSettings } from "@platform/shared/config/function-settings";
import { oneOf } from "@platform/shared/config/settings";
import { engineNames } from "./engine-names.ts";

/** What sentiment reads. */
export const readConfig = configReader({
  ...functionSettings,
  ...batchSettings,
  /** The engine that scores when the call names none. */
  SENTIMENT_ENGINE: oneOf(engineNames, "pattern"),
});

export type Config = ReturnType<typeof readConfig>;
