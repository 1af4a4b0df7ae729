import { configReader } from "@platform/shared/config/config-reader";
import { batchSettings, functionSettings } from "@platform/shared/config/function-settings";
import { setting } from "@platform/shared/config/setting";
import { choice } from "@platform/shared/config/settings";
import { engineNames } from "./engine-names.ts";

/** The settings of sentiment. */
export const readConfig = configReader({
  ...functionSettings,
  ...batchSettings,
  SENTIMENT_ENGINE: setting("default engine, for calls without ?engine", choice(engineNames, "pattern")),
});

export type Config = ReturnType<typeof readConfig>;
