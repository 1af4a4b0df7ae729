import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { integer } from "@platform/shared/config/settings";
import * as v from "valibot";
import { isMachineAddress } from "./enode.ts";

/** What the server beside a boot node reads. */
export const readBootnodeServerConfig = configReader({
  ...serviceSettings({ port: 8080 }),
  /** The file with the boot node's id, as `bootnode -writeaddress` prints it. */
  BOOTNODE_ID_FILE: v.optional(v.string(), "/etc/bootnode/id"),
  /** The address at which the network reaches the boot node. */
  POD_IP: v.pipe(v.string("is not set"), v.check(isMachineAddress, "must be the IP address of a machine")),
  /** The boot node's UDP port. */
  BOOTNODE_PORT: integer({ fallback: 30_301, min: 1, max: 65_535 }),
});

/** What readBootnodeServerConfig gives. */
export type BootnodeServerConfig = ReturnType<typeof readBootnodeServerConfig>;

/** What `--help` prints. */
export const usage = `Usage: POD_IP=ADDRESS node bootnode-server.cjs

The server beside an Ethereum boot node: answers with its enode URL at /, where the registrar asks for it.

Settings, from the environment:
  POD_IP             the address at which the network reaches the boot node
  BOOTNODE_ID_FILE   the file with its id, from bootnode -writeaddress (default /etc/bootnode/id)
  BOOTNODE_PORT      its UDP port (default 30301)
  PORT, HOST         where to listen (default 8080, every address)
  LOG_LEVEL          trace, debug, info, warn, error or silent (default info)
`;
