import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { duration } from "@platform/shared/config/settings";
import { hostList } from "./host-list.ts";

/** What the registrar reads. */
export const readRegistrarConfig = configReader({
  ...serviceSettings({ port: 9898 }),
  /** The headless service of the boot nodes, or several hosts with commas. */
  BOOTNODE_SERVICE: hostList({ port: 8080 }),
  /** How long a boot node may take to answer. */
  BOOTNODE_TIMEOUT: duration("1s"),
  /** How often the boot nodes are looked up and asked. */
  BOOTNODE_REFRESH: duration("2s"),
  /** How long a boot node that does not answer any more is still given out. */
  BOOTNODE_KEEP: duration("10m"),
});

/** What readRegistrarConfig gives. */
export type RegistrarConfig = ReturnType<typeof readRegistrarConfig>;

/** What `--help` prints. */
export const usage = `Usage: BOOTNODE_SERVICE=HOST node main.cjs

The registrar of Ethereum boot nodes: asks them for their enode URLs and answers with the list at /.

Settings, from the environment:
  BOOTNODE_SERVICE   the name that resolves to the boot nodes; or hosts with commas, each with or without :port
  BOOTNODE_TIMEOUT   how long a boot node may take to answer (default 1s)
  BOOTNODE_REFRESH   how often they are asked (default 2s)
  BOOTNODE_KEEP      how long one that does not answer any more is still given out (default 10m)
  PORT, HOST         where to listen (default 9898, every address)
  LOG_LEVEL          trace, debug, info, warn, error or silent (default info)
`;
