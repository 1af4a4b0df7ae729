import { configReader } from "@platform/shared/config/config-reader";
import { hostList } from "@platform/shared/config/host-list";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting } from "@platform/shared/config/setting";
import { duration } from "@platform/shared/config/settings";

/** The settings of the registrar. */
export const readRegistrarConfig = configReader({
  BOOTNODE_SERVICE: setting("headless service of the boot nodes, or their hosts", hostList({ port: 8080 })),
  BOOTNODE_TIMEOUT: setting("time limit for the answer of a boot node", duration("1s")),
  BOOTNODE_REFRESH: setting(
    "interval at which the registrar resolves names and asks boot nodes",
    duration("2s"),
  ),
  BOOTNODE_KEEP: setting("how long a boot node that stopped answering stays in the list", duration("10m")),
  ...serviceSettings({ port: 9898 }),
});

/** The parsed settings of the registrar. */
export type RegistrarConfig = ReturnType<typeof readRegistrarConfig>;
