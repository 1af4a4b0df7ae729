import { configReader } from "@platform/shared/config/config-reader";
import { hostList } from "@platform/shared/config/host-list";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting } from "@platform/shared/config/setting";
import { positiveDuration } from "@platform/shared/config/settings";

/** The settings of the program that connects the beacon nodes. */
export const readPeersConfig = configReader({
  BEACON_SERVICES: setting("headless services of the beacon nodes, or their hosts", hostList({ port: 9596 })),
  BEACON_TIMEOUT: setting("time limit for an answer of a beacon node", positiveDuration("5s")),
  BEACON_REFRESH: setting("pause between two searches for nodes to connect", positiveDuration("2s")),
  ...serviceSettings({ port: 8080 }),
});

/** The parsed settings of the program that connects the beacon nodes. */
export type PeersConfig = ReturnType<typeof readPeersConfig>;
