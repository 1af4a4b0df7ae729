import { configReader } from "@platform/shared/config/config-reader";
import { batchSettings, functionSettings } from "@platform/shared/config/function-settings";

/** What tweet-enrich reads. */
export const readConfig = configReader({ ...functionSettings, ...batchSettings });

export type Config = ReturnType<typeof readConfig>;
